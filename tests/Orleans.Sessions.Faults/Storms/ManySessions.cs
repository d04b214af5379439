using System.Diagnostics;
using Orleans.Sessions.Faults.Checking;

namespace Orleans.Sessions.Faults.Storms;

/// <summary>A million stored sessions, of which 200,000 are used: more than there is memory for.</summary>
internal sealed class ManySessions : Storm
{
    private const int Sessions = 1_000_000;
    private const int Users = 2000;
    private const int Used = 200_000;

    /// <summary>These are used before anybody is measured.</summary>
    private const int UsedBefore = 140_000;

    private const int Rate = 800;
    private const long HeapBytes = 640L << 20;

    /// <summary>The runtime, the code and the connections are beside the heap.</summary>
    private const long MostResidentBytes = HeapBytes + (400L << 20);

    private long _most;

    public override string Name => "many-sessions";

    public override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = HeapBytes.ToString("X") };

    public override async Task PrepareAsync(StormScene scene)
    {
        await StoredSessions.MakeAsync(scene, Users, Sessions, expiry: null);
        scene.Log("stored");
        await scene.EachAsync(UsedBefore, i => UseAsync(scene, i));
    }

    public override async Task RageAsync(StormScene scene)
    {
        List<Task> uses = [];
        for (var clock = Stopwatch.StartNew(); UsedBefore + uses.Count < Used; await scene.WaitAsync(TimeSpan.FromMilliseconds(1)))
        {
            while (uses.Count < Math.Min(clock.Elapsed.TotalSeconds * Rate, Used - UsedBefore))
            {
                var number = UsedBefore + uses.Count;
                uses.Add(Task.Run(() => UseAsync(scene, number), scene.End));
            }

            if (uses.Count % (5 * Rate) == 0)
            {
                _most = Math.Max(_most, await scene.Site.ResidentBytesAsync());
            }
        }

        await Task.WhenAll(uses);
    }

    public override Task InquireAsync(StormScene scene)
    {
        if (_most > MostResidentBytes)
        {
            scene.Wrong(Wrong.NotServing, Name, $"the service has {_most >> 20} MB");
        }

        return scene.EachAsync(2000, i => UseAsync(scene, i * (Sessions / 2000)));
    }

    private static async Task UseAsync(StormScene scene, int number)
    {
        scene.Count(1);
        var request = scene.Calls.Post($"/v2/sessions/{StoredSessions.Id(number)}", "") with { Method = HttpMethod.Get, Json = null };
        var answer = await scene.Clients.Nodes.AskUntilSettledAsync(0, request, TimeSpan.FromSeconds(30));
        if (answer.Text("session.id") != StoredSessions.Id(number))
        {
            scene.Wrong(Wrong.Lost, StoredSessions.Id(number), $"{answer.Status} {answer.Body}");
        }
    }
}
