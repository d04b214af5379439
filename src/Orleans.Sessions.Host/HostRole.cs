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
