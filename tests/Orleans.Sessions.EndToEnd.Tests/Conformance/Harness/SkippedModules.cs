namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>The modules of plans that need what is not built yet.</summary>
public static class SkippedModules
{
    /// <summary>Session management.</summary>
    public static IReadOnlyList<ConformanceModule> SessionManagement { get; } =
        Skip("oidcc-session-management-", "there is no session management", "discovery-endpoint-verification", "rp-initiated-logout");

    private static ConformanceModule[] Skip(string prefix, string reason, params string[] names) =>
        [.. names.Select(name => new ConformanceModule($"{prefix}{name}", null) { Skipped = reason })];
}
