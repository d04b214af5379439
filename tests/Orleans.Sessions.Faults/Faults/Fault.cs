using Orleans.Sessions.Faults.World;

namespace Orleans.Sessions.Faults.Faults;

/// <summary>Something that goes wrong, and is right again in the end.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Needs">What it cannot happen without.</param>
/// <param name="HappenAsync">Makes it happen, and returns when it is over.</param>
public sealed record Fault(string Name, Needs Needs, Func<Scene, Task> HappenAsync)
{
    /// <summary>By how much it makes clocks differ.</summary>
    public TimeSpan ClockError { get; init; }
}

/// <summary>What a fault cannot happen without.</summary>
[Flags]
public enum Needs
{
    Nothing = 0,

    /// <summary>Nodes in network namespaces.</summary>
    Network = 1,

    /// <summary>The database on a small file system.</summary>
    SmallDisk = 2,

    /// <summary>A library that fakes the clock.</summary>
    FakeClock = 4,

    /// <summary>A cluster that runs on the build before this one.</summary>
    PreviousBuild = 8,
}

/// <summary>Where a fault happens.</summary>
/// <param name="Cluster">To whom.</param>
/// <param name="Dice">Decides what is not said.</param>
/// <param name="Log">Tells people.</param>
/// <param name="End">Cancelled when somebody wants the run to end.</param>
public sealed record Scene(Cluster Cluster, Random Dice, Action<string> Log, CancellationToken End)
{
    /// <summary>Whether everything takes no longer than it must.</summary>
    public bool IsBrief { get; init; }

    /// <summary>How long something lasts, in whole seconds.</summary>
    public int Seconds(int shortest, int longest) => IsBrief ? shortest : Dice.Next(shortest, longest + 1);

    /// <summary>One of the nodes.</summary>
    public Node AnyNode() => Cluster.Nodes[Dice.Next(Cluster.Nodes.Count)];

    /// <summary>One of the other nodes.</summary>
    public Node AnyBut(Node node) => Cluster.Nodes.Where(other => other != node).ElementAt(Dice.Next(Cluster.Nodes.Count - 1));

    public Task WaitAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), End);
}
