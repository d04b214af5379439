using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// The shape of codes and tokens: <c>{kind}_{authorization id}.{secret}</c>, in between access tokens have a token id and the session they stand on, if any, and refresh tokens a
/// number; ids have 128 random bits and secrets 256, in base64url. Only SHA-256 hashes are stored. The ids say which grain knows.
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
    public static string CreateAccess(string authorizationId, string tokenId, string? sessionId) =>
        sessionId is null ? $"{Access}{authorizationId}.{tokenId}.{NewSecret()}" : $"{Access}{authorizationId}.{tokenId}.{sessionId}.{NewSecret()}";

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

    /// <summary>Reads the ids out of an opaque access token.</summary>
    public static bool TryParseAccess(string token, [NotNullWhen(true)] out string? authorizationId, [NotNullWhen(true)] out string? tokenId, out string? sessionId)
    {
        ArgumentNullException.ThrowIfNull(token);
        (authorizationId, tokenId, sessionId) = (null, null, null);
        if (token.Length > MaxLength || !token.StartsWith(Access, StringComparison.Ordinal))
        {
            return false;
        }

        Span<Range> parts = stackalloc Range[5];
        var text = token.AsSpan(Access.Length);
        var count = text.Split(parts, '.');
        if (count is not (3 or 4) || HasEmpty(parts[..count]))
        {
            return false;
        }

        (authorizationId, tokenId) = (text[parts[0]].ToString(), text[parts[1]].ToString());
        sessionId = count == 4 ? text[parts[2]].ToString() : null;
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

    private static bool HasEmpty(ReadOnlySpan<Range> parts)
    {
        foreach (var part in parts)
        {
            if (part.Start.Value == part.End.Value)
            {
                return true;
            }
        }

        return false;
    }
}
