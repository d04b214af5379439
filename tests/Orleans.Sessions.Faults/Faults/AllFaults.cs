namespace Orleans.Sessions.Faults.Faults;

/// <summary>Every fault there is.</summary>
public static class AllFaults
{
    public static IReadOnlyList<Fault> List { get; } =
    [
        new("none", false, scene => scene.WaitAsync(20)),
        new("kill", false, Machines.KillAsync),
        new("pause", false, Machines.PauseAsync),
        new("rolling-restart", false, Machines.RollAsync),
        new("database-restart", false, scene => Databases.RestartAsync(scene, isOrderly: true)),
        new("database-crash", false, scene => Databases.RestartAsync(scene, isOrderly: false)),
        new("partition-nodes", true, Partitions.NodesAsync),
        new("partition-one-way", true, Partitions.OneWayAsync),
        new("partition-database", true, Partitions.DatabaseAsync),
        new("partition-all", true, Partitions.AllAsync),
        new("slow-links", true, Partitions.SlowAsync),
    ];

    public static Fault? Named(string name) => List.FirstOrDefault(fault => fault.Name == name);
}
