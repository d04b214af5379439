using System.Text;
using System.Text.Json.Nodes;
using Orleans.Sessions.Tests.IdentityProviders.Harness;

namespace Orleans.Sessions.Tests.IdentityProviders;

/// <summary>Providers of OpenID Connect that sign what their userinfo endpoint answers (Core §5.3.2).</summary>
[Collection(nameof(StoredCluster))]
public sealed class SignedUserInfoTests : IAsyncLifetime
{
    private readonly OidcStub _provider = new();
    private readonly StoredCluster _cluster;
    private readonly ProviderLogins _logins;

    private static readonly Dictionary<string, Func<OidcStub, JsonObject, string>> s_bad = new()
    {
        ["a forged signature"] = (stub, claims) => stub.Forge(claims),
        ["no signature"] = (stub, claims) => stub.WithoutSignature(claims),
        ["a confused algorithm"] = (stub, claims) => stub.Confuse(claims),
        ["another issuer"] = (stub, claims) => stub.Sign(With(claims, "iss", "https://evil.example.com")),
        ["another audience"] = (stub, claims) => stub.Sign(With(claims, "aud", "somebody else")),
        ["an expiry long ago"] = (stub, claims) => stub.Sign(With(claims, "exp", 1)),
        ["somebody else"] = (stub, claims) => stub.Sign(With(claims, "sub", "somebody else")),
        ["no token"] = (_, _) => "not a token",
    };

    public SignedUserInfoTests(StoredCluster cluster)
    {
        _cluster = cluster;
        _logins = new(cluster);
        _provider.Now = cluster.Clock.GetUtcNow;
    }

    public static TheoryData<string> Bad => [.. s_bad.Keys];

    private JsonObject Claims => new() { ["sub"] = _provider.Subject, ["given_name"] = "Minnie" };

    public async ValueTask InitializeAsync() =>
        await _logins.AddAsync(
            new ProviderSettings
            {
                Name = "Provider",
                Issuer = _provider.Issuer,
                ClientId = OidcStub.ClientId,
            }
        );

    public async ValueTask DisposeAsync()
    {
        await _logins.RemoveAsync();
        await _provider.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_signed_answer_is_read(bool isComplete)
    {
        var claims = Claims;
        if (isComplete)
        {
            (claims["iss"], claims["aud"]) = (_provider.Issuer, OidcStub.ClientId);
            claims["exp"] = _cluster.Clock.GetUtcNow().ToUnixTimeSeconds() + 60;
        }

        Answer(_provider.Sign(claims));

        Assert.Equal("Minnie", (await _logins.LogInAsync(Prepare)).Person.GivenName);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_badly_signed_answer_logs_nobody_in(string answer)
    {
        Answer(s_bad[answer](_provider, Claims));

        var (_, outcome) = await _logins.TryAsync(Prepare);

        Assert.Equal((SessionErrors.ProviderAway.Id, null), (outcome.Error, outcome.Token));
    }

    private static JsonObject With(JsonObject claims, string name, JsonNode? value)
    {
        claims[name] = value;
        return claims;
    }

    private void Prepare(Dictionary<string, string> request) => _provider.Nonce = request["nonce"];

    private void Answer(string userInfo) =>
        _provider.Instead = async (path, response) =>
        {
            if (path != "/userinfo")
            {
                return false;
            }

            response.ContentType = "application/jwt";
            await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(userInfo));
            return true;
        };
}
