using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Orleans.Sessions.Tests.IdentityProviders.Harness;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.IdentityProviders;

/// <summary>Logins by a signed token that a gateway puts into a header of the browser's request.</summary>
[Collection(nameof(StoredCluster))]
public sealed class JwtLoginTests : IAsyncLifetime
{
    private readonly OidcStub _provider = new();
    private readonly StoredCluster _cluster;
    private readonly ProviderLogins _logins;

    private static readonly Dictionary<string, Func<OidcStub, JsonObject, string>> s_tokens = new()
    {
        ["a forged signature"] = (stub, claims) => stub.Forge(claims),
        ["no signature"] = (stub, claims) => stub.WithoutSignature(claims),
        ["a confused algorithm"] = (stub, claims) => stub.Confuse(claims),
        ["no token"] = (_, _) => "not a token",
        ["nothing after the scheme"] = (_, _) => "Bearer ",
        ["another issuer"] = (stub, claims) => stub.Sign(With(claims, "iss", "somebody else")),
        ["no issuer"] = (stub, claims) => stub.Sign(Without(claims, "iss")),
        ["no expiry"] = (stub, claims) => stub.Sign(Without(claims, "exp")),
        ["an expiry long ago"] = (stub, claims) => stub.Sign(With(claims, "exp", 1)),
        ["a beginning in the future"] = (stub, claims) => stub.Sign(With(claims, "nbf", (long)claims["exp"]! - 1)),
        ["no subject"] = (stub, claims) => stub.Sign(Without(claims, "sub")),
        ["a subject that is too long"] = (stub, claims) => stub.Sign(With(claims, "sub", new string('x', 201))),
        ["a number that nobody can show"] = (stub, claims) => stub.Sign(With(claims, "big", JsonNode.Parse("1e999"))),
    };

    public JwtLoginTests(StoredCluster cluster)
    {
        _cluster = cluster;
        _logins = new(cluster);
    }

    public static TheoryData<string> Tokens => [.. s_tokens.Keys];

    private JsonObject Claims =>
        new()
        {
            ["iss"] = "gateway",
            ["sub"] = "minnie",
            ["email"] = "minnie@example.com",
            ["email_verified"] = true,
            ["exp"] = _cluster.Clock.GetUtcNow().ToUnixTimeSeconds() + 300,
        };

    public async ValueTask InitializeAsync() =>
        await _logins.AddAsync(
            new ProviderSettings
            {
                Kind = ProviderKind.Jwt,
                Name = "Gateway",
                ClientId = "",
                Issuer = "gateway",
                Jwt = new JwtSettings("https://sso.example.com/login?tenant=1", $"{_provider.Issuer}/keys", "x-token"),
            }
        );

    public async ValueTask DisposeAsync()
    {
        await _logins.RemoveAsync();
        await _provider.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer ")]
    public async Task A_signed_token_logs_in(string scheme)
    {
        var (_, page, request) = await _logins.StartAsync();
        Assert.StartsWith("https://sso.example.com/login?tenant=1&", page.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(["tenant", IntentCallback.JwtState], request.Keys);
        var token = _provider.Sign(Claims);

        var (id, outcome) = await _logins.ComeBackAsync(state => new IntentCallback { State = state, Token = scheme + token });

        var retrieved = await _logins.Intent(id).RetrieveAsync(Caller.InCluster, outcome.Token!);
        Assert.Equal(new IdentityLink(_logins.ProviderId, "minnie", "minnie@example.com"), retrieved.Identity);
        Assert.Equal((token, ""), (retrieved.IdToken, retrieved.AccessToken));
        Assert.Equal(new EmailAddress("minnie@example.com", true), retrieved.Person.Email);
    }

    [Theory]
    [MemberData(nameof(Tokens))]
    public async Task A_bad_token_does_not(string token)
    {
        var bad = s_tokens[token](_provider, Claims);

        var (_, outcome) = await _logins.ComeBackAsync(state => new IntentCallback { State = state, Token = bad });

        Assert.Equal((SessionErrors.ProviderAway.Id, null), (outcome.Error, outcome.Token));
    }

    [Fact]
    public async Task A_code_is_no_token()
    {
        var token = _provider.Sign(Claims);

        var (_, outcome) = await _logins.ComeBackAsync(state => new IntentCallback { State = state, Code = token });

        Assert.Equal((SessionErrors.IntentLoginRefused.Id, null), (outcome.Error, outcome.Token));
    }

    [Fact]
    public async Task Keys_that_cannot_be_read_log_nobody_in()
    {
        var token = _provider.Sign(Claims);
        _provider.Instead = async (_, response) =>
        {
            response.StatusCode = (int)HttpStatusCode.OK;
            await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes("<html>"));
            return true;
        };

        var (_, outcome) = await _logins.ComeBackAsync(state => new IntentCallback { State = state, Token = token });

        Assert.Null(outcome.Token);
    }

    [Fact]
    public async Task Which_header_has_the_token_is_told_for_a_login_that_has_begun()
    {
        var (id, _, request) = await _logins.StartAsync();

        Assert.Equal("x-token", await _logins.Intent(id).FindHeaderAsync(request[IntentCallback.JwtState]));
        await FailsAsync(SessionErrors.IntentUnknown, () => _logins.Intent(id).FindHeaderAsync(IntentTokens.CreateState(id)));
        await FailsAsync(SessionErrors.IntentUnknown, () => _logins.Intent(NewName("intent")).FindHeaderAsync("any"));
    }

    private static JsonObject With(JsonObject claims, string name, JsonNode? value)
    {
        claims[name] = value;
        return claims;
    }

    private static JsonObject Without(JsonObject claims, string name)
    {
        claims.Remove(name);
        return claims;
    }
}
