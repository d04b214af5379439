using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.IdentityProviders.Apple;
using Orleans.Sessions.Tests.IdentityProviders.Harness;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.IdentityProviders;

/// <summary>Sign in with Apple: a form, a signed client secret, and a name that is told once.</summary>
[Collection(nameof(StoredCluster))]
public sealed class AppleLoginTests : IAsyncLifetime
{
    private readonly OidcStub _provider = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly StoredCluster _cluster;
    private readonly ProviderLogins _logins;

    public AppleLoginTests(StoredCluster cluster)
    {
        _cluster = cluster;
        _logins = new(cluster);
        _provider.Now = cluster.Clock.GetUtcNow;
        _provider.Subject = "001234.abcdef.0123";
        _provider.IdToken = claims => (claims["email"], claims["email_verified"]) = ("relay@privaterelay.example", "true");
        _provider.Discovery = document =>
        {
            document.Remove("userinfo_endpoint");
            document["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_post");
        };
    }

    private static readonly Dictionary<string, Func<string>> s_badKeys = new()
    {
        ["no key"] = () => "no key",
        ["a key on another curve"] = () => ECDsa.Create(ECCurve.NamedCurves.nistP384).ExportPkcs8PrivateKeyPem(),
        ["a public key"] = () => ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportSubjectPublicKeyInfoPem(),
        ["a key of RSA"] = () => RSA.Create(2048).ExportPkcs8PrivateKeyPem(),
        ["a key with much behind it"] = () =>
            ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem() + new string('\n', 4096),
    };

    public static TheoryData<string> BadKeys => [.. s_badKeys.Keys];

    private ProviderSettings Settings =>
        new()
        {
            Kind = ProviderKind.Apple,
            Name = "Apple",
            Issuer = _provider.Issuer,
            ClientId = OidcStub.ClientId,
            ClientSecret = _key.ExportPkcs8PrivateKeyPem(),
            Apple = new AppleSettings("TEAM123456", "KEY1234567"),
        };

    private IIdentityProvidersGrain Providers => _cluster.Grains.GetGrain<IIdentityProvidersGrain>(GrainKeys.Instance);

    public async ValueTask InitializeAsync() => await _logins.AddAsync(Settings);

    public async ValueTask DisposeAsync()
    {
        await _logins.RemoveAsync();
        await _provider.DisposeAsync();
        _key.Dispose();
    }

    [Fact]
    public async Task The_answer_comes_with_a_form()
    {
        var (_, _, request) = await _logins.StartAsync();

        Assert.Equal(("form_post", "openid name email"), (request["response_mode"], request["scope"]));
        Assert.False(request.ContainsKey("code_challenge"));
    }

    [Fact]
    public async Task The_client_secret_is_signed_for_each_login()
    {
        await LogInAsync();

        var form = _provider.Forms.Single().Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(OidcStub.ClientId, form["client_id"]);
        var now = _cluster.Clock.GetUtcNow().UtcDateTime;
        var secret = await new JsonWebTokenHandler().ValidateTokenAsync(
            WebUtility.UrlDecode(form["client_secret"]),
            new TokenValidationParameters
            {
                ValidIssuer = "TEAM123456",
                ValidAudience = _provider.Issuer,
                IssuerSigningKey = new ECDsaSecurityKey(_key) { KeyId = "KEY1234567" },
                ValidAlgorithms = ["ES256"],
                LifetimeValidator = (_, expires, _, _) => expires > now && expires < now + TimeSpan.FromMinutes(10),
            }
        );
        Assert.True(secret.IsValid, secret.Exception?.Message);
        Assert.Equal(OidcStub.ClientId, (string)secret.Claims["sub"]);
    }

    [Fact]
    public async Task The_name_is_taken_from_the_form_and_the_address_from_the_token()
    {
        var first = await LogInAsync(
            """{"name":{"firstName":"Minnie","lastName":"Mouse"},"email":"somebody.else@example.com","email_verified":true}"""
        );
        var next = await LogInAsync();

        Assert.Equal(("Minnie", "Mouse", "Minnie Mouse"), (first.Person.GivenName, first.Person.FamilyName, first.Person.DisplayName));
        Assert.Equal(("", "", ""), (next.Person.GivenName, next.Person.FamilyName, next.Person.DisplayName));
        foreach (var login in new[] { first, next })
        {
            Assert.Equal(new EmailAddress("relay@privaterelay.example", true), login.Person.Email);
            Assert.Equal(_provider.Subject, login.Identity.ExternalId);
            Assert.DoesNotContain("somebody.else", login.RawInformation, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("""{"name":"Minnie"}""")]
    [InlineData("""{"name":{"firstName":7,"lastName":{}}}""")]
    [InlineData("""{"name":{"firstName":"\ud800"}}""")]
    public async Task A_name_that_cannot_be_read_is_no_name(string user) => Assert.Equal("", (await LogInAsync(user)).Person.GivenName);

    [Fact]
    public async Task A_name_that_is_too_long_to_be_shown_does_not_spoil_its_parts()
    {
        var name = new string('a', 150);

        var person = (await LogInAsync($$$"""{"name":{"firstName":"{{{name}}}","lastName":"{{{name}}}"}}""")).Person;

        Assert.Equal((name, name, ""), (person.GivenName, person.FamilyName, person.DisplayName));
    }

    [Theory]
    [MemberData(nameof(BadKeys))]
    public async Task Another_key_is_refused(string key) =>
        await FailsAsync(SessionErrors.ProviderPrivateKeyInvalid, () =>
            Providers.AddAsync(Caller.InCluster, NewName("provider"), Settings with { ClientSecret = s_badKeys[key]() })
        );

    [Fact]
    public async Task The_key_is_needed_once_and_then_stays()
    {
        await FailsAsync(SessionErrors.ProviderPrivateKeyInvalid, () =>
            Providers.AddAsync(Caller.InCluster, NewName("provider"), Settings with { ClientSecret = "" })
        );

        await Providers.UpdateAsync(Caller.InCluster, _logins.ProviderId, Settings with { ClientSecret = "" });

        await LogInAsync();
    }

    [Fact]
    public void A_key_in_the_form_that_Apple_gives_out_is_a_key() => Assert.True(AppleSecret.IsKey(_key.ExportPkcs8PrivateKeyPem()));

    private Task<RetrievedIntent> LogInAsync(string? user = null) =>
        _logins.LogInAsync(request => _provider.Nonce = request["nonce"], user);
}
