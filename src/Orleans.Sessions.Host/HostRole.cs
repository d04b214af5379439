namespace Orleans.Sessions.Host;

/// <summary>What a process of this service does; configuration key <c>Sessions:Role</c>.</summary>
internal enum HostRole
{
    /// <summary>Both in one process (default): a call from gateway to grain costs microseconds.</summary>
    All,

    /// <summary>Grains only, with health endpoints.</summary>
    Silo,

    /// <summary>HTTP only; grains are in other processes. Needs PostgreSQL, through which it finds them.</summary>
    Gateway,
}

internal static class HostRoles
{
    public const string Key = "Sessions:Role";

    public static HostRole Read(IConfiguration configuration)
    {
        var text = configuration[Key] ?? nameof(HostRole.All);
        return Enum.TryParse<HostRole>(text, ignoreCase: true, out var role) && Enum.IsDefined(role)
            ? role
            : throw new InvalidOperationException($"{Key} must be all, silo or gateway, not '{text}'.");
    }
}
