namespace Orleans.Sessions.Faults.Faults;

/// <summary>Faults of single nodes.</summary>
internal static class Machines
{
    /// <summary>A node is killed and started again after a while.</summary>
    public static async Task KillAsync(Scene scene)
    {
        var node = scene.AnyNode();
        scene.Log($"{node.Name} is killed");
        await node.KillAsync();
        await scene.WaitAsync(scene.Seconds(4, 10));
        await node.LaunchAsync();
    }

    /// <summary>A node stands still, and later continues without noticing.</summary>
    public static async Task PauseAsync(Scene scene)
    {
        var node = scene.AnyNode();
        var seconds = scene.Seconds(6, 20);
        scene.Log($"{node.Name} stands still for {seconds} s");
        var process = node.Process;
        await process.SignalAsync("STOP");
        try
        {
            await scene.WaitAsync(seconds);
        }
        finally
        {
            await process.SignalAsync("CONT");
        }
    }

    /// <summary>The nodes are stopped in order and restarted, one after the other.</summary>
    public static async Task RollAsync(Scene scene)
    {
        foreach (var node in scene.Cluster.Nodes)
        {
            scene.Log($"{node.Name} is restarted");
            await node.RestartAsync();
            await scene.WaitAsync(3);
        }
    }

    /// <summary>A node is killed several times during its start.</summary>
    public static async Task KillInStartAsync(Scene scene)
    {
        const int Deaths = 4;
        const double LongestStart = 3;

        var node = scene.AnyNode();
        scene.Log($"{node.Name} is killed, and {Deaths} times more while it starts");
        await node.KillAsync();
        for (var i = 0; i < Deaths; i++)
        {
            await node.LaunchAsync();
            await scene.WaitAsync(scene.Dice.NextDouble() * LongestStart);
            await node.KillAsync();
        }

        await node.LaunchAsync();
    }

    /// <summary>The cluster starts with the build before this one. Then each node is upgraded to this build.</summary>
    public static async Task UpgradeAsync(Scene scene)
    {
        foreach (var node in scene.Cluster.Nodes)
        {
            scene.Log($"{node.Name} is upgraded");
            node.Become(null);
            await node.RestartAsync();
            await scene.WaitAsync(5);
        }
    }
}
