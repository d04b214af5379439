using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Gateway.Audit;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Oidc.Keys;
using Orleans.Sessions.Gateway.Oidc.MutualTls;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Gateway.Oidc.Registration;

/// <summary>
/// Clients that register themselves (RFC 7591) and manage their registration (RFC 7592), if the configuration allows it. A registration
/// needs an initial access token, which an administrator makes.
/// </summary>
internal sealed class RegistrationEndpoint(
    Grains grains,
    IdGenerator ids,
    KeyRing keys,
    PresentedCertificates certificates,
    PublicOrigin origin,
    RequestLimits limits,
    RefusedCalls refused,
    RefusalLog refusals,
    IOptions<OidcProviderOptions> options
)
{
    /// <summary>The endpoint.</summary>
    public const string Path = $"/{OidcPaths.Register}";

    /// <summary>The registration of one client.</summary>
    public const string ClientPath = $"{Path}/{{clientId}}";

    private const int MaxBody = 64 * 1024;
    private const int MaxId = 200;
    private const int MaxToken = 200;
    private const int MaxLogged = 1000;
    private const string Scheme = "Bearer ";

    private static readonly SessionError[] s_redirectErrors =
    [
        SessionErrors.ClientRedirectUrisInvalid,
        SessionErrors.ClientRedirectUrisWildcard,
        SessionErrors.ClientRedirectUrisUnfit,
    ];

    /// <summary>What only the service says, and a change must not contain (RFC 7592 §2.2).</summary>
    private static readonly string[] s_ofService =
    [
        "registration_access_token",
        "registration_client_uri",
        "client_secret_expires_at",
        "client_id_issued_at",
    ];

    public Task RegisterAsync(HttpContext http) => GuardAsync(http, async token =>
        {
            using var body = await BodyAsync(http);
            var registrationToken = OidcTokens.Create(OidcTokens.Registration, RandomText.NewId());
            var clientId = await ids.NextAsync();
            var (client, secret) = WithNewSecret(RegistrationMetadata.Read(body.RootElement, clientId, Algorithm, certificates.IsOn));
            client = client with { RegistrationTokenHash = [.. TokenHash.Of(registrationToken)] };
            var registered = await grains.CallAsync(() => grains.OidcClients.RegisterAsync(token, client), http.RequestAborted);
            await AnswerAsync(http, StatusCodes.Status201Created, registered, secret, registrationToken);
        });

    public Task ReadAsync(HttpContext http, string clientId) =>
        GuardAsync(http, async token =>
            await AnswerAsync(http, StatusCodes.Status200OK, await FindAsync(http, clientId, token), secret: null, token)
        );

    public Task ReplaceAsync(HttpContext http, string clientId) => GuardAsync(http, async token =>
        {
            var known = await FindAsync(http, clientId, token);
            using var body = await BodyAsync(http);
            EnsureOwn(new MetadataReader(body.RootElement), known);
            var (client, secret) = WithNewSecret(
                RegistrationMetadata.Read(body.RootElement, clientId, Algorithm, certificates.IsOn, known.SignsRequests())
            );
            var replaced = await grains.CallAsync(() => grains.OidcClients.ReplaceRegisteredAsync(token, client), http.RequestAborted);
            var isNew = known.SecretHash is null && replaced.SecretHash is not null;
            await AnswerAsync(http, StatusCodes.Status200OK, replaced, isNew ? secret : null, token);
        });

    public Task DeleteAsync(HttpContext http, string clientId) => GuardAsync(http, async token =>
        {
            await FindAsync(http, clientId, token);

            // Not repeated when a node dies: a second call would not find the client any more.
            await grains.OidcClients.DeleteRegisteredAsync(clientId, token);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        });

    private string Algorithm => keys.Current.Signing[0].Algorithm;

    private async Task<OidcClient> FindAsync(HttpContext http, string clientId, string token) =>
        clientId.Length <= MaxId
            ? await grains.CallAsync(() => grains.OidcClients.GetRegisteredAsync(clientId, token), http.RequestAborted)
            : throw new SessionException(SessionErrors.TokenInvalid);

    private static (OidcClient Client, string? Secret) WithNewSecret(OidcClient client)
    {
        if (!client.HasSecret())
        {
            return (client, null);
        }

        var secret = RandomText.NewSecret();
        return (client with { SecretHash = [.. TokenHash.Of(secret)] }, secret);
    }

    /// <summary>A change names the client and, if it likes, its present secret. The client cannot choose them.</summary>
    private static void EnsureOwn(MetadataReader metadata, OidcClient known)
    {
        if (metadata.Text("client_id") != known.Id)
        {
            throw MetadataReader.Refused("client_id", "it must be that of the registration");
        }

        if (s_ofService.FirstOrDefault(metadata.Has) is { } ofService)
        {
            throw MetadataReader.Refused(ofService, "a change must not contain it");
        }

        if (metadata.Text("client_secret") is { } secret && !(known.SecretHash is { } hash && TokenHash.Matches(hash.AsSpan(), secret)))
        {
            throw MetadataReader.Refused("client_secret", "it must be the present one");
        }
    }

    private static async Task<JsonDocument> BodyAsync(HttpContext http)
    {
        if (!http.Request.HasJsonContentType())
        {
            throw new RegistrationRefusedException(RegistrationRefusedException.InvalidMetadata, "The body must be application/json.");
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxBody;
        }

        var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        if (body.RootElement.ValueKind == JsonValueKind.Object)
        {
            return body;
        }

        body.Dispose();
        throw new RegistrationRefusedException(RegistrationRefusedException.InvalidMetadata, "The body must be a JSON object.");
    }

    private async Task GuardAsync(HttpContext http, Func<string, Task> handle)
    {
        if (!options.Value.AllowRegistration)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        limits.Visit(http);
        limits.EnsureMayTry(http);
        try
        {
            await handle(TokenOf(http.Request));
        }
        catch (RegistrationRefusedException exception)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, exception.Error, exception.Message);
        }
        catch (JsonException)
        {
            await RefuseAsync(
                http,
                StatusCodes.Status400BadRequest,
                RegistrationRefusedException.InvalidMetadata,
                "The body must be a JSON object."
            );
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.TokenInvalid)
        {
            limits.Failed(http);
            refused.Count(http, AuditKinds.ClientRefused, OAuthError.InvalidToken);
            http.Response.Headers.WWWAuthenticate = BearerChallenge.Of(exception.Error);
            await RefuseAsync(
                http,
                StatusCodes.Status401Unauthorized,
                OAuthError.InvalidToken,
                "The access token is not valid here.",
                exception.Error
            );
        }
        catch (SessionException exception) when (exception.Error.Code == ErrorCode.InvalidArgument)
        {
            await RefuseAsync(
                http,
                StatusCodes.Status400BadRequest,
                s_redirectErrors.Contains(exception.Error)
                    ? RegistrationRefusedException.InvalidRedirectUri
                    : RegistrationRefusedException.InvalidMetadata,
                exception.Message,
                exception.Error
            );
        }
    }

    private static string TokenOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } header]
        && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && header.Length - Scheme.Length is > 0 and <= MaxToken
            ? header[Scheme.Length..]
            : throw new SessionException(SessionErrors.TokenInvalid);

    private Task AnswerAsync(HttpContext http, int status, OidcClient client, string? secret, string token)
    {
        var address = $"{origin.Of(http.Request)}{Path}/{Uri.EscapeDataString(client.Id)}";
        return WriteAsync(http, status, RegistrationAnswer.Of(client, secret, token, address, Algorithm));
    }

    /// <summary>Answers with a refusal. Its text names the field and the rule, and repeats no secret, so the log has it too.</summary>
    private Task RefuseAsync(HttpContext http, int status, string error, string description, SessionError? cause = null)
    {
        refusals.Refused(http, error, cause, reason: AuditText.Line(description, MaxLogged));
        return WriteAsync(http, status, new JsonObject { ["error"] = error, ["error_description"] = description });
    }

    private static Task WriteAsync(HttpContext http, int status, JsonObject answer)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(answer.ToJsonString(), http.RequestAborted);
    }
}
