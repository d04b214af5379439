using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// The shape of codes and tokens: <c>{kind}_{authorization id}.{secret}</c>, access tokens with a token id and refresh tokens with a number in between; ids have 128 random
/// bits and secrets 256, in base64url. Only SHA-256 hashes are stored. The authorization id says which grain knows.
/// </summary>
public static class OidcTokens
{
    /// <summary>An authorization code.</summary>
    public const string Code = "ac_";

    /// <summary>An access token that is not a JWT.</summary>
    public const string Access = "at_";

    /// <summary>A refresh token.</summary>
    public const string Refresh = "rt_";

    /// <summary>A device code.</summary>
    public const string Device = "dc_";

    private const int MaxLength = 200;

    /// <summary>A new random id.</summary>
    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>A new secret.</summary>
    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>A new code or token.</summary>
    public static string Create(string kind, string authorizationId) => $"{kind}{authorizationId}.{NewSecret()}";

    /// <summary>A new opaque access token.</summary>
    public static string CreateAccess(string authorizationId, string tokenId) => $"{Access}{authorizationId}.{tokenId}.{NewSecret()}";

    /// <summary>The <c>jti</c> of an access token.</summary>
    public static string JwtId(string authorizationId, string tokenId) => $"{authorizationId}.{tokenId}";

    /// <summary>Reads the authorization id out of a code or token; says nothing about whether it is right.</summary>
    public static bool TryParse(string token, string kind, [NotNullWhen(true)] out string? authorizationId)
    {
        ArgumentNullException.ThrowIfNull(token);
        authorizationId = null;
        if (token.Length > MaxLength || !token.StartsWith(kind, StringComparison.Ordinal) || token.IndexOf('.', StringComparison.Ordinal) is not (> 3 and var end))
        {
            return false;
        }

        authorizationId = token[kind.Length..end];
        return true;
    }

    /// <summary>Reads authorization id and token id out of an opaque access token.</summary>
    public static bool TryParseAccess(string token, [NotNullWhen(true)] out string? authorizationId, [NotNullWhen(true)] out string? tokenId)
    {
        ArgumentNullException.ThrowIfNull(token);
        (authorizationId, tokenId) = (null, null);
        if (token.Length > MaxLength || !token.StartsWith(Access, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = token[Access.Length..].Split('.');
        if (parts.Length != 3 || parts.Any(part => part.Length == 0))
        {
            return false;
        }

        (authorizationId, tokenId) = (parts[0], parts[1]);
        return true;
    }

    /// <summary>Reads authorization id and token id out of a <c>jti</c>.</summary>
    public static bool TryParseJwtId(string? jwtId, [NotNullWhen(true)] out string? authorizationId, [NotNullWhen(true)] out string? tokenId)
    {
        (authorizationId, tokenId) = (null, null);
        if (jwtId is null || jwtId.Length > MaxLength || jwtId.Split('.') is not [{ Length: > 0 } first, { Length: > 0 } second])
        {
            return false;
        }

        (authorizationId, tokenId) = (first, second);
        return true;
    }
}
