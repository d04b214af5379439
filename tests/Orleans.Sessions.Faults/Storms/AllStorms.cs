namespace Orleans.Sessions.Faults.Storms;

/// <summary>The storms that can be chosen.</summary>
internal static class AllStorms
{
    public static IReadOnlyList<Storm> List { get; } =
    [
        new ExpiringSessions("expiry", isEmbedded: false),
        new ExpiringActivations(),
        new EndedUser("ended-user", 10_000, isEmbedded: false),
        new SilentConnections(),
        new SlowReaders("slow-readers", isEmbedded: false),
        new HotSession("hot-session", isEmbedded: false),
        new ManySessions(),
        new ExpiringSessions("expiry-embedded", isEmbedded: true),
        new EndedUser("ended-user-embedded", 10_000, isEmbedded: true),
        new SlowReaders("slow-readers-embedded", isEmbedded: true),
        new HotSession("hot-session-embedded", isEmbedded: true),
    ];

    public static Storm? Named(string name) => List.FirstOrDefault(storm => storm.Name == name);
}
