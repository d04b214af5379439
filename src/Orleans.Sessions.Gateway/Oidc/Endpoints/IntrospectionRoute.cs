using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.Tokens;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// The plain introspection (RFC 7662), which APIs ask for with every request of theirs, without OpenIddict's some hundred handlers: a client that
/// proves itself with its secret, and an active access token that concerns it. The answer is the same; everything else, all refusals among it, is left
/// to OpenIddict.
/// </summary>
internal sealed class IntrospectionRoute(ClientDirectory clients, AccessTokenVerifier tokens, UserClaims users)
{
    private const string Path = "/oauth/v2/introspect";
    private const int MaxToken = 16 * 1024;
    private const int MaxHeader = 2000;

    /// <summary>Answers, or leaves a request to <paramref name="next"/>.</summary>
    public async Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        if (!IsPlain(http.Request, out var clientId, out var secret)
            || await http.Request.ReadFormAsync(http.RequestAborted) is not { Count: 1 } form
            || form[Parameters.Token] is not [{ Length: > 0 and <= MaxToken } token] || token.StartsWith(OidcTokens.Refresh, StringComparison.Ordinal)
            || await clients.FindAsync(clientId, http.RequestAborted) is not { } client || !ClientAuthenticator.IsProved(client, secret)
            || await FindAsync(token, http.RequestAborted) is not { } grant
            || (grant.ClientId != client.Id && !grant.Audiences.Contains(client.Id)))
        {
            await next(http);
            return;
        }

        var body = Encode(grant, await IntrospectionEndpoint.ClaimsAsync(grant, users, http.RequestAborted));
        http.Response.ContentType = "application/json;charset=UTF-8";
        http.Response.ContentLength = body.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(body.WrittenMemory, http.RequestAborted);
    }

    /// <summary>A form, and the client in the header.</summary>
    private static bool IsPlain(HttpRequest request, [NotNullWhen(true)] out string? clientId, [NotNullWhen(true)] out string? secret)
    {
        (clientId, secret) = (null, null);
        if (!HttpMethods.IsPost(request.Method) || request.Path != Path || !IsForm(request)
            || request.Headers.Authorization is not [{ Length: <= MaxHeader } header] || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64Chars(header.AsSpan("Basic ".Length), bytes, out var length))
        {
            return false;
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return false;
        }

        (clientId, secret) = (Unescape(pair[..colon]), Unescape(pair[(colon + 1)..]));
        return true;
    }

    /// <summary>Multipart forms are none of OAuth's.</summary>
    private static bool IsForm(HttpRequest request) =>
        request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true && request.HasFormContentType;

    /// <summary>Both are form-encoded before they are joined (RFC 6749 §2.3.1).</summary>
    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private async Task<TokenGrant?> FindAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            return await tokens.VerifyAsync(token, cancellationToken);
        }
        catch (SessionException exception) when (OAuthErrors.Of(exception.Error) is not null)
        {
            return null;
        }
    }

    private static ArrayBufferWriter<byte> Encode(TokenGrant grant, Dictionary<string, OpenIddictParameter> claims)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteBoolean("active"u8, true);
        json.WriteString("token_type"u8, TokenTypes.Bearer);
        json.WriteString("token_usage"u8, "access_token");
        json.WriteString("jti"u8, OidcTokens.JwtId(grant.AuthorizationId, grant.TokenId));
        json.WriteString("sub"u8, grant.UserId);
        json.WriteString("client_id"u8, grant.ClientId);
        json.WriteNumber("iat"u8, grant.IssuedAt.ToUnixTimeSeconds());
        json.WriteNumber("nbf"u8, grant.IssuedAt.ToUnixTimeSeconds());
        json.WriteNumber("exp"u8, grant.ExpiresAt.ToUnixTimeSeconds());
        json.WriteString("scope"u8, string.Join(' ', grant.Scopes));
        if (claims.TryGetValue(Claims.PreferredUsername, out var username))
        {
            json.WriteString("username"u8, (string?)username);
        }

        WriteAudiences(json, grant);
        foreach (var (name, value) in claims)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
        json.Flush();
        return body;
    }

    private static void WriteAudiences(Utf8JsonWriter json, TokenGrant grant)
    {
        switch (grant.Audiences)
        {
            case []:
                break;
            case [var audience]:
                json.WriteString("aud"u8, audience);
                break;
            case var audiences:
                json.WriteStartArray("aud"u8);
                foreach (var audience in audiences)
                {
                    json.WriteStringValue(audience);
                }

                json.WriteEndArray();
                break;
        }
    }
}
