namespace Orleans.Sessions.Faults.Embedded;

/// <summary>What happens to copies of the folder.</summary>
internal static class Copies
{
    private const string Database = "sessions.db";
    private const string Log = Database + "-wal";

    /// <summary>A copy of the database ends in the middle.</summary>
    public static async Task CutOffAsync(EmbeddedScene scene)
    {
        await scene.WaitAsync(4);
        await scene.Site.Node.TerminateAsync();
        var copy = scene.Copy();
        await scene.StartAsync();
        await using (var file = File.Open(Path.Combine(copy, Database), FileMode.Open))
        {
            file.SetLength(file.Length * 2 / 3);
        }

        for (var i = 0; i < 2; i++)
        {
            await scene.RefusesAsync(copy, $"{Database} is damaged");
        }
    }

    /// <summary>The process is killed, and somebody copies the database without the log that has its newest part.</summary>
    public static async Task LoseLogAsync(EmbeddedScene scene)
    {
        await scene.WaitAsync(4);
        await scene.Site.Node.KillAsync();
        var copy = scene.Copy();
        await scene.StartAsync();
        File.Delete(Path.Combine(copy, Log));
        File.Delete(Path.Combine(copy, $"{Database}-shm"));
        for (var i = 0; i < 2; i++)
        {
            await scene.RefusesAsync(copy, $"{Log}, which is not there");
        }
    }
}
