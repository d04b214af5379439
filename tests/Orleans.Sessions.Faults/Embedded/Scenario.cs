namespace Orleans.Sessions.Faults.Embedded;

/// <summary>Something that happens to the folder of the embedded database, or to the process that uses it.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="HappenAsync">Makes it happen while people work, and returns when all is right again.</param>
internal sealed record Scenario(string Name, Func<EmbeddedScene, Task> HappenAsync)
{
    /// <summary>Whether the folder is on a small file system, which can be filled.</summary>
    public bool NeedsSmallDisk { get; init; }

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("kill", Processes.KillAgainAndAgainAsync),
        new("two-processes", Processes.StartSecondAsync),
        new("full-disk", Disks.FillAsync) { NeedsSmallDisk = true },
        new("read-only", Disks.ForbidWritingAsync),
        new("cut-off", Copies.CutOffAsync),
        new("without-log", Copies.LoseLogAsync),
    ];

    public static Scenario? Named(string name) => All.FirstOrDefault(scenario => scenario.Name == name);
}
