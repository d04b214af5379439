using System.Diagnostics.CodeAnalysis;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// The shape of codes and tokens: <c>{kind}_{authorization id}.{secret}</c>. Before the secret, access tokens have a token id and the id of
/// their session, if any, and refresh tokens have a number. Ids have 128 random bits and secrets have 256, both in base64url. Only SHA-256
/// hashes are stored. The ids tell which grain knows the token.
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

    /// <summary>A token with which applications register themselves. The id is its own.</summary>
    public const string InitialAccess = "ia_";

    /// <summary>A token with which an application changes its registration. The id is its own.</summary>
    public const string Registration = "ra_";

    private const int MaxLength = 200;
    private const string IdTokenSuffix = ".id";

    /// <summary>Creates a code or token.</summary>
    public static string Create(string kind, string authorizationId) => $"{kind}{authorizationId}.{RandomText.NewSecret()}";

    /// <summary>Creates an opaque access token.</summary>
    public static string CreateAccess(string authorizationId, string tokenId, string? sessionId) =>
        sessionId is null
            ? $"{Access}{authorizationId}.{tokenId}.{RandomText.NewSecret()}"
            : $"{Access}{authorizationId}.{tokenId}.{sessionId}.{RandomText.NewSecret()}";

    /// <summary>The <c>jti</c> of an access token.</summary>
    public static string JwtId(string authorizationId, string tokenId) => $"{authorizationId}.{tokenId}";

    /// <summary>The <c>jti</c> of the id token that comes with an access token.</summary>
    public static string IdTokenId(string authorizationId, string tokenId) => $"{JwtId(authorizationId, tokenId)}{IdTokenSuffix}";

    /// <summary>Reads the authorization id from a code or token. Does not check the secret.</summary>
    public static bool TryParse(string token, string kind, [NotNullWhen(true)] out string? authorizationId)
    {
        ArgumentNullException.ThrowIfNull(token);
        authorizationId = null;
        if (
            token.Length > MaxLength
            || !token.StartsWith(kind, StringComparison.Ordinal)
            || token.IndexOf('.', StringComparison.Ordinal) is not (> 3 and var end)
        )
        {
            return false;
        }

        authorizationId = token[kind.Length..end];
        return true;
    }

    /// <summary>Reads the ids from an opaque access token. Does not check the secret.</summary>
    public static bool TryParseAccess(
        string token,
        [NotNullWhen(true)] out string? authorizationId,
        [NotNullWhen(true)] out string? tokenId,
        out string? sessionId
    )
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

    /// <summary>Reads the authorization id and the token id from a <c>jti</c>.</summary>
    public static bool TryParseJwtId(
        string? jwtId,
        [NotNullWhen(true)] out string? authorizationId,
        [NotNullWhen(true)] out string? tokenId
    )
    {
        (authorizationId, tokenId) = (null, null);
        if (jwtId is null || jwtId.Length > MaxLength || jwtId.Split('.') is not [{ Length: > 0 } first, { Length: > 0 } second])
        {
            return false;
        }

        (authorizationId, tokenId) = (first, second);
        return true;
    }

    /// <summary>Reads the authorization id from the <c>jti</c> of an id token.</summary>
    public static bool TryParseIdTokenId(string? jwtId, [NotNullWhen(true)] out string? authorizationId)
    {
        authorizationId = null;
        return jwtId?.EndsWith(IdTokenSuffix, StringComparison.Ordinal) == true
            && TryParseJwtId(jwtId[..^IdTokenSuffix.Length], out authorizationId, out _);
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
