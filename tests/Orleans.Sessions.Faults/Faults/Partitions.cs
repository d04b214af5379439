using Orleans.Sessions.Faults.World;

namespace Orleans.Sessions.Faults.Faults;

/// <summary>Faults of the network.</summary>
internal static class Partitions
{
    private const int ShortestSeconds = 6;
    private const int LongestSeconds = 20;

    /// <summary>One node and the other nodes cannot reach each other. All still reach the database and their clients.</summary>
    public static Task NodesAsync(Scene scene)
    {
        var node = scene.AnyNode();
        return WhileAsync(scene, $"{node.Name} is cut off from the other nodes", network => CutFromNodesAsync(scene, network, node));
    }

    /// <summary>Two nodes cannot reach each other. Both reach the third one.</summary>
    public static Task PairAsync(Scene scene)
    {
        var node = scene.AnyNode();
        var other = scene.AnyBut(node);
        return WhileAsync(scene, $"{node.Name} and {other.Name} do not reach each other", network =>
            network.CutBothAsync(node.Name, other.Name)
        );
    }

    /// <summary>Everything that one node sends to another one is lost.</summary>
    public static Task OneWayAsync(Scene scene)
    {
        var node = scene.AnyNode();
        var other = scene.AnyBut(node);
        return WhileAsync(scene, $"what {node.Name} sends to {other.Name} is lost", network => network.CutAsync(node.Name, other.Name));
    }

    public static Task DatabaseAsync(Scene scene)
    {
        var node = scene.AnyNode();
        return WhileAsync(scene, $"{node.Name} is cut off from the database", network => network.CutBothAsync(node.Name, Network.Database));
    }

    /// <summary>A node is cut off from everything, including its clients.</summary>
    public static Task AllAsync(Scene scene)
    {
        var node = scene.AnyNode();
        return WhileAsync(scene, $"{node.Name} is cut off from everybody", async network =>
        {
            await CutFromNodesAsync(scene, network, node);
            await network.CutBothAsync(node.Name, Network.Database);
            await network.CutBothAsync(node.Name, Network.Clients);
        });
    }

    public static Task SlowAsync(Scene scene)
    {
        var node = scene.AnyNode();
        return WhileAsync(scene, $"the link of {node.Name} is slow", async network => scene.Log(await network.SlowAsync(node.Name)));
    }

    private static async Task CutFromNodesAsync(Scene scene, Network network, Node node)
    {
        foreach (var other in scene.Cluster.Nodes.Where(other => other != node))
        {
            await network.CutBothAsync(node.Name, other.Name);
        }
    }

    private static async Task WhileAsync(Scene scene, string what, Func<Network, Task> begin)
    {
        var network = scene.Cluster.Network!;
        var seconds = scene.Seconds(ShortestSeconds, LongestSeconds);
        scene.Log($"{what} for {seconds} s");
        await begin(network);
        try
        {
            await scene.WaitAsync(seconds);
        }
        finally
        {
            await network.HealAsync();
        }

        scene.Log("healed");
    }
}
