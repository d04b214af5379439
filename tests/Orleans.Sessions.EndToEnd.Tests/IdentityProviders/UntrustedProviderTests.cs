using System.Net;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.EndToEnd.IdentityProviders;

/// <summary>
/// A provider may be broken or hostile. Whatever it answers, nobody is logged in, and the browser reaches the failure URL in time.
/// </summary>
[Collection(typeof(Undisturbed))]
public sealed class UntrustedProviderTests(SqliteHost host) : ContractTests(host)
{
    private static readonly Dictionary<string, Action<OidcStub>> s_answers = new()
    {
        ["another nonce"] = stub => stub.IdToken = claims => claims["nonce"] = "another",
        ["no nonce"] = stub => stub.IdToken = claims => claims.Remove("nonce"),
        ["another audience"] = stub => stub.IdToken = claims => claims["aud"] = "somebody else",
        ["another issuer"] = stub => stub.IdToken = claims => claims["iss"] = "https://evil.example.com",
        ["expired"] = stub => stub.IdToken = claims => claims["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 60,
        ["an expiry that is text"] = stub => stub.IdToken = claims => claims["exp"] = claims["exp"]!.ToString(),
        ["an extension that must be understood"] = stub => stub.Header = header => header["crit"] = new JsonArray("x"),
        ["no expiry"] = stub => stub.IdToken = claims => claims.Remove("exp"),
        ["no subject"] = stub => stub.IdToken = claims => claims.Remove("sub"),
        ["another access token"] = stub => stub.IdToken = claims => claims["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA",
        ["a forged signature"] = stub => stub.Signature = (self, claims) => self.Forge(claims),
        ["no signature"] = stub => stub.Signature = (self, claims) => self.WithoutSignature(claims),
        ["a confused algorithm"] = stub => stub.Signature = (self, claims) => self.Confuse(claims),
        ["no token at all"] = stub => stub.Signature = (_, _) => "not a token",
        ["user info of somebody else"] = stub => stub.UserInfo = claims => claims["sub"] = "somebody else",
        ["user info of nobody"] = stub => stub.UserInfo = claims => claims.Remove("sub"),
        ["a subject that is too long"] = stub => stub.Subject = new string('x', 201),
        ["a subject with a line break"] = stub => stub.Subject = "a\nb",
        ["claims that are too large"] = stub => stub.UserInfo = claims => claims["name"] = new string('x', 300_000),
        ["an error of the token endpoint"] = stub =>
            stub.Instead = (path, response) => AnswerAsync(path == "/token", response, 400, """{"error":"invalid_grant"}"""),
        ["an error of the userinfo endpoint"] = stub =>
            stub.Instead = (path, response) => AnswerAsync(path == "/userinfo", response, 500, "{}"),
        ["no JSON"] = stub => stub.Instead = (path, response) => AnswerAsync(path == "/token", response, 200, "<html>"),
        ["another kind of JSON"] = stub => stub.Instead = (path, response) => AnswerAsync(path == "/userinfo", response, 200, "[1]"),
        ["an answer without end"] = stub =>
            stub.Instead = (path, response) => AnswerAsync(path == "/token", response, 200, new string(' ', 600 * 1024) + "{}"),
        ["an answer that never comes"] = stub =>
            stub.Instead = async (path, _) =>
            {
                await Task.Delay(path == "/token" ? TimeSpan.FromSeconds(20) : TimeSpan.Zero);
                return false;
            },
        ["a redirect"] = stub =>
            stub.Instead = (path, response) =>
            {
                response.RedirectLocation = $"{stub.Issuer}/elsewhere";
                return AnswerAsync(path == "/token", response, 307, "");
            },
    };

    public static TheoryData<string> Answers => [.. s_answers.Keys];

    [Fact]
    public async Task A_good_answer_logs_in()
    {
        await using var stub = new OidcStub();

        var login = Succeeded(await LogInAsync(stub));

        Assert.Equal("somebody", (await Admin.RetrieveAsync(login)).Expect(200).Text("idpInformation.userId"));
    }

    [Theory]
    [Asvs("6.8.2", "9.1.1", "9.1.2", "9.2.1", "9.2.3", "10.5.1", "10.5.4")]
    [MemberData(nameof(Answers))]
    public async Task A_bad_answer_does_not(string answer)
    {
        await using var stub = new OidcStub();
        s_answers[answer](stub);

        var landing = (await LogInAsync(stub)).Expect(FailureUrl);

        Assert.Equal("IDP-Upst1", landing["error"]);
        Assert.Null(landing["token"]);
        Assert.DoesNotContain("/elsewhere", stub.Asked);
    }

    [Theory]
    [Asvs("10.5.3")]
    [InlineData("issuer", "https://evil.example.com")]
    [InlineData("token_endpoint", "http://provider.example.com/token")]
    [InlineData("token_endpoint", "")]
    [InlineData("userinfo_endpoint", "http://provider.example.com/userinfo")]
    [InlineData("authorization_endpoint", "javascript:alert(1)")]
    public async Task A_discovery_document_that_cannot_be_trusted_starts_nothing(string member, string value)
    {
        await using var stub = new OidcStub();
        var provider = await AddAsync(stub);
        stub.Discovery = document => document[member] = value;

        Assert.Equal("IDP-Upst1", (await Admin.StartIntentAsync(provider)).Expect(503).Text("details.0.id"));
    }

    [Theory]
    [InlineData("another nonce", "nonce")]
    [InlineData("no nonce", "nonce")]
    [InlineData("another audience", "aud")]
    [InlineData("another issuer", "another issuer")]
    [InlineData("expired", "exp")]
    [InlineData("no expiry", "exp")]
    [InlineData("a forged signature", "not signed")]
    [InlineData("a confused algorithm", "not signed")]
    [InlineData("an error of the token endpoint", "client secret")]
    [InlineData("an answer that never comes", "cannot be reached")]
    public async Task The_login_page_is_told_the_cause(string answer, string cause)
    {
        await using var stub = new OidcStub();
        s_answers[answer](stub);

        var landing = (await LogInAsync(stub)).Expect(FailureUrl);

        Assert.Contains(cause, landing["error_description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_claims_end_no_login()
    {
        await using var stub = new OidcStub
        {
            UserInfo = claims => claims["groups"] = new JsonArray([.. Enumerable.Range(0, 5000).Select(i => (JsonNode)$"group {i}")]),
        };

        Succeeded(await LogInAsync(stub));
    }

    [Theory]
    [InlineData("/.well-known/openid-configuration", "the issuer is what the document calls issuer")]
    [InlineData("/realms/wrong", "names the issuer http://127.0.0.1")]
    public async Task An_address_that_is_no_issuer_is_not_registered(string path, string found)
    {
        await using var stub = new OidcStub();

        Assert.Contains(found, (await RegisterAsync($"{stub.Issuer}{path}")).Expect(400).Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_without_a_discovery_document_is_not_registered()
    {
        await using var stub = new OidcStub { Instead = (_, response) => AnswerAsync(true, response, 404, "") };

        Assert.Contains("answers 404", (await RegisterAsync(stub.Issuer)).Expect(400).Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_calls_itself_by_another_issuer_is_not_registered()
    {
        await using var stub = new OidcStub { Discovery = document => document["issuer"] = "https://realm.example.com" };

        var refused = (await RegisterAsync(stub.Issuer)).Expect(400);

        Assert.Equal("COMMAND-idpIn", refused.Text("details.0.id"));
        Assert.Contains("https://realm.example.com", refused.Text("message"), StringComparison.Ordinal);
        Assert.Equal("issuer", refused.Text("details.1.fieldViolations.0.field"));
        Assert.Contains("https://realm.example.com", refused.Text("details.1.fieldViolations.0.description"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_key_of_the_provider_is_learned()
    {
        await using var stub = new OidcStub();
        Succeeded(await LogInAsync(stub));

        stub.RotateKey();

        Succeeded(await LogInAsync(stub));
    }

    private static async Task<bool> AnswerAsync(bool here, HttpListenerResponse response, int status, string body)
    {
        if (here)
        {
            response.StatusCode = status;
            response.ContentType = "application/json";
            await response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(body));
        }

        return here;
    }

    private Task<Reply> RegisterAsync(string issuer) =>
        Admin.PostAsync(
            "/admin/v1/idps/generic_oidc",
            new
            {
                name = "Wrong",
                issuer,
                clientId = OidcStub.ClientId,
                clientSecret = "secret",
            }
        );

    private Task<string> AddAsync(OidcStub stub) => Admin.AddProviderAsync(stub.Issuer, clientId: OidcStub.ClientId);

    private async Task<Reply> StartAsync(OidcStub stub) => await Admin.StartIntentAsync(await AddAsync(stub));

    private async Task<Landing> LogInAsync(OidcStub stub)
    {
        var parameters = Landing.Parameters(new Uri((await StartAsync(stub)).Expect(200).Text("authUrl")));
        stub.Nonce = parameters["nonce"];
        using var browser = new Browser();
        return await browser.ArriveAsync(new Uri(Admin.Host.Address, $"/idps/callback?code=any&state={parameters["state"]}"));
    }
}
