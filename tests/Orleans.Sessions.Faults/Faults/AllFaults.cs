namespace Orleans.Sessions.Faults.Faults;

/// <summary>The list of all faults.</summary>
public static class AllFaults
{
    public static IReadOnlyList<Fault> List { get; } =
    [
        new("rolling-upgrade", Needs.PreviousBuild, Machines.UpgradeAsync),
        new("none", Needs.Nothing, scene => scene.WaitAsync(15)),
        new("kill", Needs.Nothing, Machines.KillAsync),
        new("kill-in-start", Needs.Nothing, Machines.KillInStartAsync),
        new("kill-in-migration", Needs.Nothing, Migrations.KillAsync),
        new("pause", Needs.Nothing, Machines.PauseAsync),
        new("rolling-restart", Needs.Nothing, Machines.RollAsync),
        new("clock-steps", Needs.FakeClock, Clocks.StepAsync) { ClockError = Clocks.Error },
        new("database-restart", Needs.Nothing, scene => Databases.RestartAsync(scene, isOrderly: true)),
        new("database-crash", Needs.Nothing, scene => Databases.RestartAsync(scene, isOrderly: false)),
        new("database-promotion", Needs.Network, Databases.PromoteAsync),
        new("disk-full", Needs.SmallDisk, Databases.FillDiskAsync),
        new("partition-nodes", Needs.Network, Partitions.NodesAsync),
        new("partition-pair", Needs.Network, Partitions.PairAsync),
        new("partition-one-way", Needs.Network, Partitions.OneWayAsync),
        new("partition-database", Needs.Network, Partitions.DatabaseAsync),
        new("partition-all", Needs.Network, Partitions.AllAsync),
        new("slow-links", Needs.Network, Partitions.SlowAsync),
    ];

    public static Fault? Named(string name) => List.FirstOrDefault(fault => fault.Name == name);
}
