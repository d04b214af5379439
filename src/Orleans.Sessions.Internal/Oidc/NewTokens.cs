using System.Collections.Immutable;
using System.Text;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// The tokens that the gateway created for an answer. A repeated call sends the same tokens, and the grain recognizes it by them.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.NewTokens")]
public sealed record NewTokens
{
    /// <summary>The id of the access token.</summary>
    [Id(0)]
    public required string AccessTokenId { get; init; }

    /// <summary>The access token if it is opaque. A JWT is recognized by its id.</summary>
    [Id(1)]
    public string? AccessToken { get; init; }

    /// <summary>The lifetime of the access token.</summary>
    [Id(3)]
    public required TimeSpan AccessTokenLifetime { get; init; }

    /// <summary>How long the refresh token stays valid without being used.</summary>
    [Id(4)]
    public TimeSpan RefreshTokenIdle { get; init; }

    /// <summary>How long the refresh tokens of the family stay valid in all.</summary>
    [Id(5)]
    public TimeSpan RefreshTokenLifetime { get; init; }

    /// <summary>
    /// The scopes of this access token, if they are fewer than those that were granted; <c>null</c> means all granted scopes.
    /// </summary>
    [Id(6)]
    public ImmutableArray<string>? Scopes { get; init; }

    /// <summary>
    /// The secret from which the family makes its first refresh token; <c>null</c> if the client gets none. Those of later ones follow from
    /// the tokens before them.
    /// </summary>
    [Id(7)]
    public string? RefreshSecret { get; init; }

    /// <summary>The thumbprint of the key to which the access token is bound; <c>null</c> if it is a bearer token.</summary>
    [Id(8)]
    public string? KeyThumbprint { get; init; }

    /// <summary>
    /// Whether the refresh token is bound as well. Only those of public clients are: other clients authenticate (RFC 9449 §5, RFC 8705
    /// §4).
    /// </summary>
    [Id(9)]
    public bool BindsRefreshToken { get; init; }

    /// <summary>Whether a refresh keeps the refresh token and only prolongs it, instead of replacing it.</summary>
    [Id(10)]
    public bool KeepsRefreshToken { get; init; }

    /// <summary>
    /// The only audiences of this access token (RFC 8707), if the request for it names some; <c>null</c> means those of the login.
    /// </summary>
    [Id(37)]
    public ImmutableArray<string>? Resources { get; init; }

    /// <summary>
    /// The thumbprint of the certificate to which the access token is bound (RFC 8705 §3.1); <c>null</c> if it is bound to none.
    /// </summary>
    [Id(38)]
    public string? CertificateThumbprint { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("AccessTokenId = ").Append(AccessTokenId);
        return true;
    }
}
