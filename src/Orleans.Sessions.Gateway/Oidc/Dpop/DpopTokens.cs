using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Dpop;

/// <summary>
/// Takes the access token of a userinfo request out of the header <c>Authorization: DPoP …</c> (RFC 9449 §7.1), and names the type of
/// bound tokens in answers. OpenIddict by itself knows bearer tokens only.
/// </summary>
internal sealed class DpopTokens
    : IOpenIddictServerHandler<ExtractUserInfoRequestContext>,
        IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    private const string Prefix = $"{DpopProofs.Scheme} ";

    public ValueTask HandleAsync(ExtractUserInfoRequestContext context)
    {
        if (context.Transaction.GetHttpRequest() is { } request && Of(request) is { } token && context.Transaction.Request is { } message)
        {
            message.AccessToken = token;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        if (string.IsNullOrEmpty(context.Error) && TransactionState.Of(context.Transaction).IssuedTokens.Grant.KeyThumbprint is not null)
        {
            context.Response.TokenType = DpopProofs.Scheme;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The token that a request presents as a bound one; <c>null</c> if it presents none.</summary>
    public static string? Of(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? header[Prefix.Length..]
            : null;

    /// <summary>
    /// The thumbprint of the key to which a JWT of another issuer is bound; <c>null</c> if it is a bearer token. A token that is bound in
    /// another way, such as to a certificate (RFC 8705 §3.1), is no bearer token: nobody can prove here that they hold it, so its key is
    /// empty.
    /// </summary>
    public static string? BoundTo(JsonWebToken token)
    {
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedPayload));
        return !claims.RootElement.TryGetProperty("cnf", out var confirmation) ? null
            : confirmation.ValueKind == JsonValueKind.Object && confirmation.TryGetProperty("jkt", out var thumbprint)
                ? thumbprint.ToString()
            : "";
    }
}
