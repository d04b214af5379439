namespace Orleans.Sessions.Faults.Faults;

/// <summary>Faults of the database.</summary>
internal static class Databases
{
    public static async Task RestartAsync(Scene scene, bool isOrderly)
    {
        scene.Log(isOrderly ? "PostgreSQL is stopped and started again" : "PostgreSQL crashes and is started again");
        await scene.Cluster.Server.StopAsync(isOrderly);
        await scene.WaitAsync(isOrderly ? 1 : 3);
        await scene.Cluster.Server.RestartAsync();
    }

    /// <summary>The server crashes for good, and its synchronous standby takes over its role and its address.</summary>
    public static async Task PromoteAsync(Scene scene)
    {
        scene.Log("a standby copies the database and then has every commit");
        await scene.Cluster.AddStandbyAsync();
        await scene.WaitAsync(3);
        scene.Log("PostgreSQL crashes, and the standby is promoted");
        await scene.Cluster.PromoteStandbyAsync();
    }

    /// <summary>The disk of the database is full for a while. A supervisor restarts the server when it has stopped.</summary>
    public static async Task FillDiskAsync(Scene scene)
    {
        const double Seconds = 10;

        scene.Log($"the disk of PostgreSQL is full for {Seconds} s");
        var filler = Path.Combine(scene.Cluster.DatabaseDisk!.Folder, "filler");
        try
        {
            await FillAsync(filler);
            await scene.WaitAsync(Seconds);
        }
        finally
        {
            File.Delete(filler);
        }

        if (!await scene.Cluster.Server.IsRunningAsync())
        {
            scene.Log("PostgreSQL had given up and is started again");
            await scene.Cluster.Server.RestartAsync();
        }
    }

    private static async Task FillAsync(string file)
    {
        await using var stream = File.Create(file);
        var block = new byte[64 * 1024];
        try
        {
            while (true)
            {
                await stream.WriteAsync(block);
                await stream.FlushAsync();
            }
        }
        catch (IOException)
        {
            // The last block is full.
        }
    }
}
