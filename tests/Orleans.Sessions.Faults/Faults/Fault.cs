using Orleans.Sessions.Faults.World;

namespace Orleans.Sessions.Faults.Faults;

/// <summary>Something that goes wrong, and is right again in the end.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="NeedsNetwork">Whether nodes must be in namespaces.</param>
/// <param name="HappenAsync">Makes it happen, and returns when it is over.</param>
public sealed record Fault(string Name, bool NeedsNetwork, Func<Scene, Task> HappenAsync);

/// <summary>Where a fault happens.</summary>
/// <param name="Cluster">To whom.</param>
/// <param name="Dice">Decides what is not said.</param>
/// <param name="Log">Tells people.</param>
/// <param name="End">Cancelled when somebody wants the run to end.</param>
public sealed record Scene(Cluster Cluster, Random Dice, Action<string> Log, CancellationToken End)
{
    /// <summary>One of the nodes.</summary>
    public Node AnyNode() => Cluster.Nodes[Dice.Next(Cluster.Nodes.Count)];

    /// <summary>One of the other nodes.</summary>
    public Node AnyBut(Node node) => Cluster.Nodes.Where(other => other != node).ElementAt(Dice.Next(Cluster.Nodes.Count - 1));

    public Task WaitAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), End);
}
