using System.Net;
using Orleans.Sessions.Faults.Checking;
using Orleans.Sessions.Faults.Load;
using Orleans.Sessions.Faults.World;

namespace Orleans.Sessions.Faults.Embedded;

/// <summary>What happens to the disk.</summary>
internal static class Disks
{
    private const int Seconds = 8;

    /// <summary>
    /// It is full for a while: changes are refused in a clear way, and when there is room again the same process takes them.
    /// </summary>
    public static async Task FillAsync(EmbeddedScene scene)
    {
        await scene.WaitAsync(4);
        var process = scene.Site.Node.Process.Id;
        var filler = Path.Combine(scene.Site.Folder, "filler");
        try
        {
            await FillAsync(filler);
            scene.Log($"the disk is full for {Seconds} s");
            await scene.WaitAsync(Seconds / 2);
            await RefusesAsync(scene);
            await scene.WaitAsync(Seconds / 2);
        }
        finally
        {
            File.Delete(filler);
        }

        scene.Log("there is room again");
        await scene.WaitAsync(3);
        var answer = await scene.Clients.Nodes.AskAsync(0, scene.Clients.Calls.CreateEmpty(TimeSpan.FromMinutes(1)));
        if (!answer.IsGood || scene.Site.Node.Process.Id != process)
        {
            scene.Wrong(Wrong.NotServing, $"three seconds after there is room again: {answer.Status} {answer.Body}");
        }
    }

    /// <summary>A start on a folder that cannot be written is refused; what is in it is there when it can be again.</summary>
    public static async Task ForbidWritingAsync(EmbeddedScene scene)
    {
        await scene.WaitAsync(3);
        await scene.Site.Node.KillAsync();
        var folder = scene.Copy();
        await Shell.RunAsync("chmod", "-R", "a=rX", folder);

        // No mode applies to root.
        string[] within = Environment.UserName == "root" ? ["setpriv", "--reuid=nobody", "--clear-groups", "--inh-caps=-all"] : [];
        for (var i = 0; i < 2; i++)
        {
            await scene.RefusesAsync(folder, "cannot be written", within);
        }

        await Shell.RunAsync("chmod", "-R", "u+w", folder);
        await scene.StartAsync();
        await scene.WaitAsync(1);
    }

    private static async Task RefusesAsync(EmbeddedScene scene)
    {
        using var client = new HttpClient();
        using var message = scene.Clients.Calls.CreateEmpty(TimeSpan.FromMinutes(1)).Message(scene.Site.Node.Address);
        using var response = await client.SendAsync(message);
        if (response.StatusCode != HttpStatusCode.ServiceUnavailable || response.Headers.RetryAfter is null)
        {
            var body = await response.Content.ReadAsStringAsync();
            scene.Wrong(
                Wrong.ServerError,
                $"on a full disk: {(int)response.StatusCode}, Retry-After '{response.Headers.RetryAfter}', {body}"
            );
        }
    }

    private static async Task FillAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var block = new byte[1024 * 1024]; block.Length >= 1024; block = new byte[block.Length / 4])
        {
            try
            {
                while (true)
                {
                    await stream.WriteAsync(block);
                }
            }
            catch (IOException)
            {
                // That was the last block of this size.
            }
        }
    }
}
