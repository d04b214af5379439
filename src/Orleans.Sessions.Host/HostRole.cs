namespace Orleans.Sessions.Host;

/// <summary>The role of a process of this service; configuration key <c>Sessions:Role</c>.</summary>
internal enum HostRole
{
    /// <summary>Gateway and grains in one process (default). A call from gateway to grain takes microseconds.</summary>
    All,

    /// <summary>Grains only, with health endpoints.</summary>
    Silo,

    /// <summary>HTTP only. The grains are in other processes, which it finds through PostgreSQL.</summary>
    Gateway,
}

internal static class HostRoles
{
    /// <summary>
    /// What this process does: <c>all</c>, <c>silo</c> (grains and health only) or <c>gateway</c> (HTTP only, needs PostgreSQL).
    /// </summary>
    /// <value><c>all</c></value>
    public const string Key = "Sessions:Role";

    public static HostRole Read(IConfiguration configuration)
    {
        var text = configuration[Key] ?? nameof(HostRole.All);
        return Enum.TryParse<HostRole>(text, ignoreCase: true, out var role) && Enum.IsDefined(role)
            ? role
            : throw new InvalidOperationException($"{Key} must be all, silo or gateway, not '{text}'.");
    }
}
