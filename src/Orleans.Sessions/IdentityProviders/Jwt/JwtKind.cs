using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.IdentityProviders.Upstream;
using Orleans.Sessions.Issuers;

namespace Orleans.Sessions.IdentityProviders.Jwt;

/// <summary>
/// A provider that has the person logged in already and puts a signed token (RFC 7519) into a header of the browser's request, as an
/// application gateway does. There is no client, no code and no nonce: the token itself must be signed by one of the provider's keys, name
/// its issuer, and not have expired.
/// </summary>
internal sealed class JwtKind : IProviderKind
{
    private const string Bearer = "Bearer ";
    private static readonly TimeSpan s_skew = TimeSpan.FromSeconds(30);

    private static readonly JsonWebTokenHandler s_handler = new()
    {
        MapInboundClaims = false,
        MaximumTokenSizeInBytes = UpstreamHttp.MaxResponse,
    };

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly IssuerDocuments _keys;

    public JwtKind(HttpClient http, TimeProvider clock)
    {
        (_http, _clock) = (http, clock);
        _keys = new IssuerDocuments(ReadKeysAsync, clock);
    }

    /// <inheritdoc/>
    public Task<string> AuthorizeUrlAsync(StoredProvider provider, LoginStart start)
    {
        var endpoint = provider.Settings.Jwt!.Endpoint;
        var separator = endpoint.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return Task.FromResult($"{endpoint}{separator}{IntentCallback.JwtState}={Uri.EscapeDataString(start.State)}");
    }

    /// <summary>The token names its issuer itself.</summary>
    public Task EnsureAnswersAsync(StoredProvider provider, string? issuer) => Task.CompletedTask;

    /// <inheritdoc/>
    public bool IsAnswer(IntentCallback callback) => callback.Token is not null;

    /// <inheritdoc/>
    public async Task<UpstreamLogin> AuthenticateAsync(
        StoredProvider provider,
        string callbackUrl,
        IntentCallback callback,
        LoginSecrets login
    )
    {
        var text = callback.Token!;
        text = text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? text[Bearer.Length..].Trim() : text;
        if (SignedTokens.Read(s_handler, text) is not { } token)
        {
            throw new UpstreamException("the token in the header cannot be read");
        }

        var documents = await _keys.GetAsync(provider.Settings.Jwt!.Keys, token.Kid);
        var result = await s_handler.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidIssuer = provider.Settings.Issuer,

                // The issuer does not know this service, so its tokens cannot name it.
                ValidateAudience = false,
                IssuerSigningKeys = documents.SigningKeys,
                ValidAlgorithms = SignatureAlgorithms.Accepted,
                RequireExpirationTime = true,
                RequireSignedTokens = true,
                LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires),
            }
        );
        if (!result.IsValid)
        {
            throw new UpstreamException("the token in the header is not valid", result.Exception);
        }

        var claims = Base64UrlEncoder.Decode(token.EncodedPayload);
        return UpstreamLogin.Of(provider.Id, token.Subject, StandardClaims.Describe(claims), new LoginResult("", text, claims));
    }

    private bool IsCurrent(DateTime? notBefore, DateTime? expires)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        return expires is { } end && now - s_skew < end && (notBefore is not { } start || start <= now + s_skew);
    }

    private async Task<OpenIdConnectConfiguration> ReadKeysAsync(string address)
    {
        try
        {
            var documents = new HttpDocumentRetriever(_http) { RequireHttps = !new Uri(address).IsLoopback };
            var configuration = new OpenIdConnectConfiguration();
            foreach (var key in new JsonWebKeySet(await documents.GetDocumentAsync(address, CancellationToken.None)).GetSigningKeys())
            {
                configuration.SigningKeys.Add(key);
            }

            return configuration;
        }
        catch (Exception exception)
        {
            throw new UpstreamException("the keys cannot be read", exception);
        }
    }
}
