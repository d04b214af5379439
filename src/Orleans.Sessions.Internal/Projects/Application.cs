using Orleans.Sessions.Oidc;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Projects;

/// <summary>An application: a client of OpenID Connect, an API, or a SAML service provider.</summary>
/// <param name="OrganizationId">The organization of its project; <c>null</c> if it belongs to no project.</param>
/// <param name="Client">The client or API; <c>null</c> if it is a service provider.</param>
/// <param name="Provider">The service provider; <c>null</c> if it is a client.</param>
[GenerateSerializer, Immutable, Alias("sessions.Application")]
public sealed record Application(
    [property: Id(0)] string? OrganizationId,
    [property: Id(1)] OidcClient? Client,
    [property: Id(2)] ServiceProvider? Provider
)
{
    /// <summary>The id. For a client it is the client id.</summary>
    public string Id => Client?.Id ?? Provider!.Id;

    /// <summary>The project; <c>null</c> if it belongs to none.</summary>
    public string? ProjectId => Client is null ? Provider!.ProjectId : Client.ProjectId;

    /// <summary>The name.</summary>
    public string Name => Client?.Name ?? Provider!.Name;

    /// <summary>Whether it is treated as if it did not exist.</summary>
    public bool IsInactive => Client?.IsInactive ?? Provider!.IsInactive;

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt => Client?.CreatedAt ?? Provider!.CreatedAt;

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset ChangedAt => Client?.ChangedAt ?? Provider!.ChangedAt;
}
