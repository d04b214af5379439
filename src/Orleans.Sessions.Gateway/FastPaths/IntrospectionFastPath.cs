using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using Orleans.Sessions.Gateway.Oidc;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.Dpop;
using Orleans.Sessions.Gateway.Oidc.Endpoints;
using Orleans.Sessions.Gateway.Oidc.Tokens;
using Orleans.Sessions.Gateway.Projects;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Orleans.Sessions.Gateway.FastPaths;

/// <summary>
/// The shortcut for token introspection (RFC 7662). It skips OpenIddict's hundred or so handlers. It serves a client that authenticates
/// with its secret and asks about an active access token that is meant for it. All other requests, and all refusals, are left to
/// OpenIddict. See <see cref="FastPathExtensions"/>.
/// </summary>
internal sealed class IntrospectionFastPath(
    ClientDirectory clients,
    ClientSecrets secrets,
    AccessTokenVerifier tokens,
    UserClaims users,
    RoleClaims roles,
    FurtherClaims further,
    OidcRequests requests
)
{
    private const string Path = $"/{OidcPaths.Introspect}";
    private const int MaxBody = 16 * 1024;
    private const int MaxHeader = 2000;

    private static readonly SearchValues<byte> s_escapes = SearchValues.Create("%+"u8);

    /// <summary>Answers by grant. An answer is kept as long as the session returns the same grant object.</summary>
    private static readonly ConditionalWeakTable<TokenGrant, Answer> s_answers = [];

    public Task HandleAsync(HttpContext http, RequestDelegate next) =>
        IsPlain(http.Request, out var clientId, out var secret) ? AnswerAsync(http, clientId, secret, next) : next(http);

    private async Task AnswerAsync(HttpContext http, string clientId, string secret, RequestDelegate next)
    {
        ReadOnlyMemory<byte> body;
        try
        {
            if (
                await clients.FindAsync(clientId, http.RequestAborted) is not { } client
                || further.Has(client, ClaimTarget.Introspection)
                || !secrets.IsProved(http, client, secret)
                || await ReadTokenAsync(http.Request) is not { } token
                || await FindAsync(token, http.RequestAborted) is not { } grant
                || !grant.IsFor(client)
            )
            {
                await next(http);
                return;
            }

            var user = await users.RecentUserAsync(grant, http.RequestAborted);
            var demand = RoleDemand.Of(client.ProjectId, grant);
            body = AnswerOf(grant, user, await roles.RecentAsync(grant.UserId, demand, http.RequestAborted), demand);
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            await requests.FailAsync(http, exception);
            return;
        }

        http.Response.ContentType = "application/json;charset=UTF-8";
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>The token of a form that has no other field but a hint. The body stays unread for the next handler.</summary>
    private static async ValueTask<string?> ReadTokenAsync(HttpRequest request)
    {
        var length = (int)request.ContentLength!.Value;
        var read = await request.BodyReader.ReadAtLeastAsync(length, request.HttpContext.RequestAborted);
        var token = read.Buffer.Length == length ? TokenOf(read.Buffer) : null;
        request.BodyReader.AdvanceTo(read.Buffer.Start);
        return token;
    }

    private static string? TokenOf(in ReadOnlySequence<byte> body)
    {
        var form = body.IsSingleSegment ? body.FirstSpan : body.ToArray();
        if (!form.StartsWith("token="u8))
        {
            return null;
        }

        form = form["token="u8.Length..];
        var end = form.IndexOf((byte)'&');
        var token = end < 0 ? form : form[..end];
        return !token.IsEmpty && !token.ContainsAny(s_escapes) && (end < 0 || form[end..].SequenceEqual("&token_type_hint=access_token"u8))
            ? Encoding.UTF8.GetString(token)
            : null;
    }

    /// <summary>Whether the request has a small form, and the client in the header.</summary>
    private static bool IsPlain(HttpRequest request, [NotNullWhen(true)] out string? clientId, [NotNullWhen(true)] out string? secret)
    {
        (clientId, secret) = (null, null);
        if (
            request.Path.Value != Path
            || !HttpMethods.IsPost(request.Method)
            || request.Headers.Origin.Count != 0
            || SignedAnswers.IsWanted(request)
            || request.QueryString.HasValue
            || request.ContentLength is not (> 0 and <= MaxBody)
            || request.ContentType != "application/x-www-form-urlencoded"
            || request.Headers.Authorization is not [{ Length: <= MaxHeader } header]
            || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)
        )
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[MaxHeader];
        if (!Convert.TryFromBase64Chars(header.AsSpan("Basic ".Length), bytes, out var length))
        {
            return false;
        }

        var pair = Encoding.UTF8.GetString(bytes[..length]);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return false;
        }

        (clientId, secret) = (Unescape(pair[..colon]), Unescape(pair[(colon + 1)..]));
        return true;
    }

    /// <summary>Id and secret are form-encoded before they are joined (RFC 6749 §2.3.1).</summary>
    private static string Unescape(string text) =>
        text.AsSpan().IndexOfAny('+', '%') < 0 ? text : Uri.UnescapeDataString(text.Replace('+', ' '));

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

    private static ReadOnlyMemory<byte> AnswerOf(TokenGrant grant, UserView? user, KnownRoles? roles, RoleDemand? demand)
    {
        if (!s_answers.TryGetValue(grant, out var answer) || !ReferenceEquals(answer.User, user) || !ReferenceEquals(answer.Roles, roles))
        {
            answer = new Answer(user, roles, Encode(grant, IntrospectionEndpoint.About(grant, user, roles, demand)));
            s_answers.AddOrUpdate(grant, answer);
        }

        return answer.Body;
    }

    private static ReadOnlyMemory<byte> Encode(TokenGrant grant, Dictionary<string, OpenIddictParameter> claims)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteBoolean("active"u8, true);
        json.WriteString("token_type"u8, grant.KeyThumbprint is null ? TokenTypes.Bearer : DpopProofs.Scheme);
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
        return body.WrittenMemory;
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

    /// <summary>The answer for a grant, and the state of the user and of the roles that it was made from.</summary>
    private sealed record Answer(UserView? User, KnownRoles? Roles, ReadOnlyMemory<byte> Body);
}
