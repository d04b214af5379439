using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.Keys;
using Orleans.Sessions.Gateway.Origins;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// Answers as signed JWTs: userinfo for clients that are registered for it (OpenID Connect Core §5.3.2), and introspection for those that
/// ask for it (RFC 9701). Errors stay as they are.
/// </summary>
internal sealed class SignedAnswers(KeyRing keys, ClientDirectory clients, PublicOrigin origin, TimeProvider clock)
    : IOpenIddictServerHandler<ApplyUserInfoResponseContext>,
        IOpenIddictServerHandler<ApplyIntrospectionResponseContext>
{
    private const string IntrospectionType = "token-introspection+jwt";

    private static readonly JsonWebTokenHandler s_handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Whether a request asks for the answer of an introspection as a JWT.</summary>
    public static bool IsWanted(HttpRequest request) =>
        request.Headers.Accept is { Count: > 0 } accepted
        && accepted
            .SelectMany(value => (value ?? "").Split(','))
            .Any(type => type.Split(';')[0].Trim().Equals($"application/{IntrospectionType}", StringComparison.OrdinalIgnoreCase));

    public async ValueTask HandleAsync(ApplyUserInfoResponseContext context)
    {
        if (
            !string.IsNullOrEmpty(context.Response.Error)
            || TransactionState.Of(context.Transaction) is not { Challenge: null, PresentedToken: { } grant }
            || await clients.FindAsync(grant.ClientId, context.CancellationToken) is not { IsUserInfoSigned: true }
        )
        {
            return;
        }

        var claims = Members(context.Response).EnumerateObject().ToDictionary(member => member.Name, object (member) => member.Value);
        await WriteAsync(context, "application/jwt", Descriptor("JWT", grant.Issuer, grant.ClientId, claims));
    }

    public async ValueTask HandleAsync(ApplyIntrospectionResponseContext context)
    {
        if (
            string.IsNullOrEmpty(context.Response.Error)
            && context.Transaction.GetHttpRequest() is { } request
            && IsWanted(request)
            && TransactionState.Of(context.Transaction).Client?.Client is { } asker
        )
        {
            var claims = new Dictionary<string, object> { ["token_introspection"] = Members(context.Response) };
            await WriteAsync(
                context,
                $"application/{IntrospectionType}",
                Descriptor(IntrospectionType, origin.Of(request), asker.Id, claims)
            );
        }
    }

    private SecurityTokenDescriptor Descriptor(string type, string issuer, string audience, Dictionary<string, object> claims) =>
        new()
        {
            TokenType = type,
            Issuer = issuer,
            Audience = audience,
            IssuedAt = clock.GetUtcNow().UtcDateTime,
            Claims = claims,
            SigningCredentials = keys.Current.Signing[0],
        };

    private static async Task WriteAsync(BaseRequestContext context, string type, SecurityTokenDescriptor descriptor)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        http.Response.ContentType = type;
        await http.Response.WriteAsync(s_handler.CreateToken(descriptor), http.RequestAborted);
        context.HandleRequest();
    }

    /// <summary>The members of the answer as OpenIddict would write them.</summary>
    private static JsonElement Members(OpenIddictResponse response)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in response.GetParameters())
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(json.WrittenMemory);
        return document.RootElement.Clone();
    }
}
