namespace Orleans.Sessions.Host;

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
