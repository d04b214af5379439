using System.Net.Sockets;
using System.Text;
using Orleans.Sessions.Faults.Checking;

namespace Orleans.Sessions.Faults.Storms;

/// <summary>
/// Clients that ask for long answers and read a few bytes of them each second. Several requests are sent at once, because the first answer
/// may fit into buffers. The service must close each connection, hold little for it, and serve everybody else meanwhile.
/// </summary>
internal sealed class SlowReaders(string name, bool isEmbedded) : Storm
{
    private const int Readers = 50;
    private const int RequestsOfReader = 12;
    private const int Sessions = 300;
    private const int BytesAtOnce = 100;
    private const string Metadata = "note";

    /// <summary>What the service may hold for a reader: an answer in some forms, and what is not collected yet.</summary>
    private const long BytesOfReader = 8 * 1024 * 1024;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_comeWithin = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan s_lasts = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The buffers of a connection hold some 200 KB, which count as read. The slowest allowed client takes 100 seconds for them. The
    /// service also has patience, and a client that reads a little gets some seconds more.
    /// </summary>
    private static readonly TimeSpan s_closedWithin = TimeSpan.FromSeconds(120);

    private readonly Lock _lock = new();
    private string _user = "";
    private TimeSpan _slowest;
    private int _closed;

    public override string Name => name;

    public override bool IsEmbedded => isEmbedded;

    public override async Task PrepareAsync(StormScene scene)
    {
        _user = (await scene.NewUsersAsync("listed", 1))[0];
        var metadata = new Dictionary<string, byte[]> { [Metadata] = new byte[3000] };
        var body = new { checks = new { user = new { userId = _user } }, metadata };
        await scene.EachAsync(Sessions, _ => scene.ExpectAsync(scene.Calls.Post("/v2/sessions", body)));
    }

    public override async Task RageAsync(StormScene scene)
    {
        var until = scene.Now + s_lasts;
        var before = await scene.Site.ResidentBytesAsync();
        var readers = Task.WhenAll(
            Enumerable
                .Range(0, Readers)
                .Select(async i =>
                {
                    await scene.WaitAsync(s_comeWithin * i / Readers);
                    await ReadSlowlyAsync(scene, until);
                })
        );
        await scene.WaitAsync(s_comeWithin * 2);
        var held = await scene.Site.ResidentBytesAsync() - before;
        if (held > Readers * BytesOfReader)
        {
            scene.Wrong(Wrong.NotServing, Name, $"the service holds {held / 1048576} MB for {Readers} readers");
        }

        await readers;
        scene.Log($"{_closed} connections were closed, the slowest after {_slowest.TotalSeconds:0} s; {held / 1048576} MB were held");
    }

    private async Task ReadSlowlyAsync(StormScene scene, TimeSpan until)
    {
        var body = $$$"""{"query":{"limit":1000},"queries":[{"userIdQuery":{"id":"{{{_user}}}"}}]}""";
        var address = scene.Site.Node.Address;
        var request = Encoding.UTF8.GetBytes(
            $"POST /v2/sessions/search HTTP/1.1\r\nHost: {address.Authority}\r\n"
                + $"Authorization: Bearer {scene.Site.Node.Process.AdminToken}\r\n"
                + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"
        );
        while (scene.Now < until)
        {
            // A small buffer, so that what is not read stays at the service.
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
            var since = scene.Now;
            scene.Count(1);
            try
            {
                await socket.ConnectAsync(address.Host, address.Port, scene.End);
                for (var i = 0; i < RequestsOfReader; i++)
                {
                    await socket.SendAsync(request, scene.End);
                }

                // The client's own buffer can be read after the connection is gone, so the connection itself is asked.
                while (!socket.Poll(TimeSpan.Zero, SelectMode.SelectError))
                {
                    if (socket.Available > 0)
                    {
                        await socket.ReceiveAsync(new byte[BytesAtOnce], scene.End);
                    }

                    if (scene.Now - since > s_closedWithin)
                    {
                        scene.Wrong(Wrong.NotServing, Name, "a connection that read too slowly was not closed");
                        return;
                    }

                    await scene.WaitAsync(s_pause);
                }
            }
            catch (SocketException)
            {
                // Closed all the same.
            }

            lock (_lock)
            {
                _closed++;
                _slowest = _slowest > scene.Now - since ? _slowest : scene.Now - since;
            }
        }
    }
}
