namespace Orleans.Sessions.Oidc.Clients;

/// <summary>
/// OpenID Connect clients; configuration section <c>Sessions:Oidc:Clients</c>, a list that must be the same on every node. Each silo puts
/// them into the registry when it starts; a client that leaves the configuration leaves the registry.
/// </summary>
public sealed class ConfiguredClientsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Oidc:Clients";

    /// <summary>The clients.</summary>
    public IList<ConfiguredClient> Clients { get; } = [];
}
