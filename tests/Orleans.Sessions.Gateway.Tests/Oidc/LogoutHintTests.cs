using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Saml;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Gateway.Tests.Oidc;

/// <summary>
/// An id token ends its session as long as its key is published, even if the token has expired or the key no longer signs.
/// </summary>
public sealed class LogoutHintTests
{
    private const string SessionId = "4711";

    private readonly SigningKey _active = NewKey("active");
    private readonly SigningKey _earlier = NewKey("earlier");
    private readonly List<string> _ended = [];

    [Theory]
    [InlineData("active", -60)]
    [InlineData("earlier", 60)]
    [InlineData("earlier", -86_400)]
    public async Task An_expired_token_and_one_of_an_earlier_key_count(string key, int expiresIn)
    {
        await using var server = await StartAsync();
        Assert.Equal(
            HttpStatusCode.Redirect,
            await EndSessionAsync(server, Token(server, key == "active" ? _active : _earlier, expiresIn))
        );
        Assert.Equal([SessionId], _ended);
    }

    [Fact]
    public async Task A_token_of_another_issuer_does_not()
    {
        await using var server = await StartAsync();
        Assert.Equal(
            HttpStatusCode.BadRequest,
            await EndSessionAsync(server, Token(server, _active, 60, issuer: "https://elsewhere.example"))
        );
        Assert.Empty(_ended);
    }

    [Fact]
    [Asvs("9.1.1")]
    public async Task A_token_of_a_key_that_is_not_published_any_more_does_not()
    {
        await using var server = await StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await EndSessionAsync(server, Token(server, NewKey("earlier"), 60)));
        Assert.Equal(HttpStatusCode.BadRequest, await EndSessionAsync(server, Token(server, NewKey("forgotten"), 60)));
        Assert.Empty(_ended);
    }

    [Fact]
    public async Task A_token_with_an_extension_that_must_be_understood_does_not()
    {
        await using var server = await StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await EndSessionAsync(server, Token(server, _active, 60, header: "crit")));
        Assert.Equal(HttpStatusCode.Redirect, await EndSessionAsync(server, Token(server, _active, 60, header: "note")));
        Assert.Equal([SessionId], _ended);
    }

    private static SigningKey NewKey(string id)
    {
        using var rsa = RSA.Create(2048);
        return new SigningKey(id, [.. GatewayServer.Secrets.Protect(rsa.ExportPkcs8PrivateKey(), SigningKey.Purpose(id))]);
    }

    private static string Token(GatewayServer server, SigningKey signer, int expiresIn, string? issuer = null, string? header = null)
    {
        using var rsa = (RSA)signer.PrivateKey(GatewayServer.Secrets);
        var key = new RsaSecurityKey(rsa)
        {
            KeyId = signer.Id,
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
        var now = DateTime.UtcNow;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = issuer ?? server.Address.GetLeftPart(UriPartial.Authority),
                Audience = "shop",
                IssuedAt = now.AddDays(-2),
                Expires = now.AddSeconds(expiresIn),
                Claims = new Dictionary<string, object>
                {
                    ["sub"] = "minnie",
                    ["azp"] = "shop",
                    ["sid"] = SessionId,
                },
                SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
                AdditionalHeaderClaims = header is null ? null : new Dictionary<string, object> { [header] = new[] { "x" } },
            }
        );
    }

    private static async Task<HttpStatusCode> EndSessionAsync(GatewayServer server, string hint)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var response = await server
            .Http(handler: handler)
            .GetAsync($"/oidc/v1/end_session?id_token_hint={hint}", TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private Task<GatewayServer> StartAsync() =>
        GatewayServer.StartAsync(configure: builder =>
            builder.Services.Replace(
                ServiceDescriptor.Singleton(
                    StandIn.For<IGrainFactory>(
                        (method, _) =>
                            method.GetGenericArguments() switch
                            {
                                [var type] when type == typeof(ISigningKeysGrain) => StandIn.For<ISigningKeysGrain>(
                                    (_, _) =>
                                        Task.FromResult(
                                            new SigningKeySet(
                                                _active,
                                                [_earlier],
                                                [
                                                    .. GatewayServer.Secrets.Protect(
                                                        RandomNumberGenerator.GetBytes(32),
                                                        SigningKeySet.EncryptionPurpose
                                                    ),
                                                ]
                                            )
                                        )
                                ),
                                [var type] when type == typeof(IOidcClientsGrain) => StandIn.For<IOidcClientsGrain>(
                                    (_, call) => Task.FromResult<OidcClient?>(new OidcClient { Id = (string)call[0]! })
                                ),
                                [var type] when type == typeof(ISamlLogoutGrain) => StandIn.For<ISamlLogoutGrain>(
                                    (_, call) =>
                                    {
                                        _ended.Add((string)call[0]!);
                                        return Task.FromResult(new SamlLogoutStep { ReturnTo = (string)call[1]! });
                                    }
                                ),
                                [var type] when type == typeof(ILogoutLedgerGrain) => StandIn.For<ILogoutLedgerGrain>(
                                    (_, _) => Task.FromResult(ImmutableArray<LoggedInClient>.Empty)
                                ),
                                _ => throw new NotSupportedException(method.Name),
                            }
                    )
                )
            )
        );
}
