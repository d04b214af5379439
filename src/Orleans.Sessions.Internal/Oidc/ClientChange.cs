using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc;

/// <summary>Changes of a client. What is <c>null</c> stays as it is. <see cref="OidcClient"/> describes the values.</summary>
[GenerateSerializer, Immutable, Alias("sessions.ClientChange")]
public sealed record ClientChange
{
    /// <summary>The name.</summary>
    [Id(0)]
    public string? Name { get; init; }

    /// <summary>The kind.</summary>
    [Id(1)]
    public ApplicationKind? Kind { get; init; }

    /// <summary>How the client authenticates.</summary>
    [Id(2)]
    public ClientAuthentication? Authentication { get; init; }

    /// <summary>The addresses after a login.</summary>
    [Id(3)]
    public ImmutableArray<string>? RedirectUris { get; init; }

    /// <summary>The addresses after a logout.</summary>
    [Id(4)]
    public ImmutableArray<string>? PostLogoutRedirectUris { get; init; }

    /// <summary>The grant types.</summary>
    [Id(5)]
    public ImmutableArray<string>? GrantTypes { get; init; }

    /// <summary>The form of access tokens.</summary>
    [Id(6)]
    public AccessTokenType? AccessTokenType { get; init; }

    /// <summary>Whether JWT access tokens contain roles.</summary>
    [Id(7)]
    public bool? HasRolesInAccessTokens { get; init; }

    /// <summary>Whether ID tokens contain roles.</summary>
    [Id(8)]
    public bool? HasRolesInIdTokens { get; init; }

    /// <summary>Whether ID tokens contain claims about the person.</summary>
    [Id(9)]
    public bool? HasUserInfoInIdTokens { get; init; }

    /// <summary>Whether addresses need no TLS.</summary>
    [Id(10)]
    public bool? IsInDevelopment { get; init; }

    /// <summary>The error of the client's clock.</summary>
    [Id(11)]
    public TimeSpan? ClockSkew { get; init; }

    /// <summary>Further origins.</summary>
    [Id(12)]
    public ImmutableArray<string>? AdditionalOrigins { get; init; }

    /// <summary>Whether there is no page after a login.</summary>
    [Id(13)]
    public bool? SkipsSuccessPage { get; init; }

    /// <summary>The address for notifications of ended sessions; empty removes it.</summary>
    [Id(14)]
    public string? BackChannelLogoutUri { get; init; }

    /// <summary>The login frontend; empty uses the service's own setting.</summary>
    [Id(15)]
    public string? LoginUri { get; init; }

    /// <summary>Whether the client is treated as if it did not exist.</summary>
    [Id(16)]
    public bool? IsInactive { get; init; }

    /// <summary>The project; empty takes the client out of its project.</summary>
    [Id(17)]
    public string? ProjectId { get; init; }

    /// <summary>The client with these changes.</summary>
    public OidcClient Apply(OidcClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client with
        {
            Name = Name ?? client.Name,
            Kind = Kind ?? client.Kind,
            Authentication = Authentication ?? client.Authentication,
            RedirectUris = RedirectUris ?? client.RedirectUris,
            PostLogoutRedirectUris = PostLogoutRedirectUris ?? client.PostLogoutRedirectUris,
            GrantTypes = GrantTypes ?? client.GrantTypes,
            AccessTokenType = AccessTokenType ?? client.AccessTokenType,
            HasRolesInAccessTokens = HasRolesInAccessTokens ?? client.HasRolesInAccessTokens,
            HasRolesInIdTokens = HasRolesInIdTokens ?? client.HasRolesInIdTokens,
            HasUserInfoInIdTokens = HasUserInfoInIdTokens ?? client.HasUserInfoInIdTokens,
            IsInDevelopment = IsInDevelopment ?? client.IsInDevelopment,
            ClockSkew = ClockSkew ?? client.ClockSkew,
            AdditionalOrigins = AdditionalOrigins ?? client.AdditionalOrigins,
            SkipsSuccessPage = SkipsSuccessPage ?? client.SkipsSuccessPage,
            BackChannelLogoutUri = BackChannelLogoutUri is { } logout ? Given(logout) : client.BackChannelLogoutUri,
            LoginUri = LoginUri is { } login ? Given(login) : client.LoginUri,
            IsInactive = IsInactive ?? client.IsInactive,
            ProjectId = ProjectId is { } project ? Given(project) : client.ProjectId,
        };
    }

    private static string? Given(string text) => text.Length > 0 ? text : null;
}
