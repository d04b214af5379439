namespace Orleans.Sessions.Faults.Faults;

/// <summary>Faults of single nodes.</summary>
internal static class Machines
{
    private const double PauseSeconds = 20;

    /// <summary>A node dies without a word and is started again after a while.</summary>
    public static async Task KillAsync(Scene scene)
    {
        var node = scene.AnyNode();
        scene.Log($"{node.Name} is killed");
        await node.KillAsync();
        await scene.WaitAsync(8);
        await node.LaunchAsync();
    }

    /// <summary>A node stands still and goes on as if nothing had been.</summary>
    public static async Task PauseAsync(Scene scene)
    {
        var node = scene.AnyNode();
        scene.Log($"{node.Name} stands still for {PauseSeconds} s");
        var process = node.Process;
        await process.SignalAsync("STOP");
        try
        {
            await scene.WaitAsync(PauseSeconds);
        }
        finally
        {
            await process.SignalAsync("CONT");
        }
    }

    /// <summary>One node after the other is stopped in order and started again.</summary>
    public static async Task RollAsync(Scene scene)
    {
        foreach (var node in scene.Cluster.Nodes)
        {
            scene.Log($"{node.Name} is restarted");
            await node.TerminateAsync();
            await node.LaunchAsync();
            await node.Process.WaitReadyAsync();
            await scene.WaitAsync(3);
        }
    }
}
