using Orleans.Sessions.Faults.World;

namespace Orleans.Sessions.Faults.Faults;

/// <summary>A fault, including its repair.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Needs">What it requires.</param>
/// <param name="HappenAsync">Causes the fault, and returns when it is over.</param>
public sealed record Fault(string Name, Needs Needs, Func<Scene, Task> HappenAsync)
{
    /// <summary>How much it makes clocks differ.</summary>
    public TimeSpan ClockError { get; init; }
}

/// <summary>What a fault requires.</summary>
[Flags]
public enum Needs
{
    Nothing = 0,

    /// <summary>Nodes in network namespaces.</summary>
    Network = 1,

    /// <summary>A database on a small file system.</summary>
    SmallDisk = 2,

    /// <summary>A library that fakes the clock.</summary>
    FakeClock = 4,

    /// <summary>A cluster that starts with the build before this one.</summary>
    PreviousBuild = 8,
}

/// <summary>The surroundings of a fault.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Dice">Makes the random choices.</param>
/// <param name="Log">Writes messages for people.</param>
/// <param name="End">Canceled when the run must end.</param>
public sealed record Scene(Cluster Cluster, Random Dice, Action<string> Log, CancellationToken End)
{
    /// <summary>Whether each duration is as short as possible.</summary>
    public bool IsBrief { get; init; }

    /// <summary>A random duration, in whole seconds.</summary>
    public int Seconds(int shortest, int longest) => IsBrief ? shortest : Dice.Next(shortest, longest + 1);

    /// <summary>A random node.</summary>
    public Node AnyNode() => Cluster.Nodes[Dice.Next(Cluster.Nodes.Count)];

    /// <summary>A random node other than this one.</summary>
    public Node AnyBut(Node node) => Cluster.Nodes.Where(other => other != node).ElementAt(Dice.Next(Cluster.Nodes.Count - 1));

    public Task WaitAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), End);
}
