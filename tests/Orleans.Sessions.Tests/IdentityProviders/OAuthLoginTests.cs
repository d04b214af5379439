using System.Text;
using Orleans.Sessions.Tests.IdentityProviders.Harness;

namespace Orleans.Sessions.Tests.IdentityProviders;

/// <summary>Logins at providers of OAuth 2.0, GitHub among them. Whatever such a provider answers, only a good answer logs in.</summary>
[Collection(nameof(StoredCluster))]
public sealed class OAuthLoginTests(StoredCluster cluster) : IAsyncLifetime
{
    private readonly OAuthStub _provider = new();
    private readonly ProviderLogins _logins = new(cluster);

    private static readonly Dictionary<string, Action<OAuthStub>> s_answers = new()
    {
        ["an error of the token endpoint"] = stub => stub.Answer("/token", """{"error":"invalid_grant"}""", 400),
        ["an error with the status of a success"] = stub => stub.Answer("/token", """{"error":"bad_verification_code"}"""),
        ["no access token"] = stub => stub.Answer("/token", "{}"),
        ["an access token that is a number"] = stub => stub.Answer("/token", """{"access_token":1}"""),
        ["an access token with a line break"] = stub => stub.Answer("/token", """{"access_token":"a\r\nb: c"}"""),
        ["a token of another type"] = stub => stub.Answer("/token", """{"access_token":"a","token_type":"mac"}"""),
        ["two access tokens"] = stub => stub.Answer("/token", """{"access_token":"a","access_token":"b"}"""),
        ["tokens that are no JSON"] = stub => stub.Answer("/token", "access_token=a&token_type=bearer"),
        ["tokens that are a list"] = stub => stub.Answer("/token", "[]"),
        ["an error of the user endpoint"] = stub => stub.Answer("/user", "{}", 500),
        ["a user that is a list"] = stub => stub.Answer("/user", "[1]"),
        ["a user that is no JSON"] = stub => stub.Answer("/user", "<html>"),
        ["no id"] = stub => stub.Answer("/user", """{"login":"octocat"}"""),
        ["an id that is null"] = stub => stub.Answer("/user", """{"id":null}"""),
        ["an id that is true"] = stub => stub.Answer("/user", """{"id":true}"""),
        ["an id that is an object"] = stub => stub.Answer("/user", """{"id":{"id":1}}"""),
        ["an id that is a fraction"] = stub => stub.Answer("/user", """{"id":1.5}"""),
        ["an id with an exponent"] = stub => stub.Answer("/user", """{"id":1e3}"""),
        ["an id that is too long"] = stub => stub.Answer("/user", $$"""{"id":"{{new string('1', 201)}}"}"""),
        ["a number that is too long"] = stub => stub.Answer("/user", $$"""{"id":{{new string('1', 201)}}}"""),
        ["an id of white space"] = stub => stub.Answer("/user", """{"id":"  "}"""),
        ["an id with a control character"] = stub => stub.Answer("/user", """{"id":"a\u0000b"}"""),
        ["an id that is no Unicode"] = stub => stub.Answer("/user", """{"id":"\ud800"}"""),
        ["two ids"] = stub => stub.Answer("/user", """{"id":1,"id":2}"""),
        ["a text that nobody can show"] = stub => stub.Answer("/user", """{"id":1,"bio":"\ud800"}"""),
        ["a number that nobody can show"] = stub => stub.Answer("/user", """{"id":1,"big":1e999}"""),
        ["an answer that is nested deeply"] = stub =>
            stub.Answer("/user", $$"""{"id":1,"deep":{{new string('[', 1000)}}{{new string(']', 1000)}}}"""),
        ["an answer that is nested too deeply for readers of gRPC"] = stub =>
            stub.Answer("/user", """{"id":1,"deep":""" + string.Concat(Enumerable.Repeat("""{"a":""", 40)) + "1" + new string('}', 41)),
        ["an answer that is too large"] = stub => stub.Answer("/user", $$"""{"id":1,"bio":"{{new string('x', 300_000)}}"}"""),
        ["a redirect"] = stub =>
            stub.Instead = (path, response) =>
            {
                (response.StatusCode, response.RedirectLocation) = (302, $"{stub.Address}/elsewhere");
                return Task.FromResult(path == "/user");
            },
    };

    public static TheoryData<string> Answers => [.. s_answers.Keys];

    private static readonly Dictionary<string, Action<OAuthStub>> s_emails = new()
    {
        ["an error of the endpoint of addresses"] = stub => stub.Answer("/user/emails", "{}", 500),
        ["addresses that are no list"] = stub => stub.Answer("/user/emails", """{"email":"a@b.example","primary":true,"verified":true}"""),
        ["addresses that are no JSON"] = stub => stub.Answer("/user/emails", "<html>"),
        ["addresses without end"] = stub => stub.Answer("/user/emails", new string(' ', 300_000) + "[]"),
    };

    public static TheoryData<string> Emails => [.. s_emails.Keys];

    private ProviderSettings OAuth =>
        new()
        {
            Kind = ProviderKind.OAuth,
            Name = "Provider",
            ClientId = OAuthStub.ClientId,
            ClientSecret = OAuthStub.ClientSecret,
            OAuth = new OAuthEndpoints(_provider.Authorization, _provider.Token, _provider.User, "id"),
        };

    private ProviderSettings GitHub => OAuth with { Kind = ProviderKind.GitHubEnterprise };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _logins.RemoveAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task A_person_logs_in_by_the_attribute_that_has_the_id()
    {
        _provider.Answer("/token", """{"access_token":"access","refresh_token":"refresh","token_type":"Bearer"}""");
        _provider.Answer(
            "/user",
            """{"uuid":"id of minnie","id":7,"email":"minnie@example.com","email_verified":true,"given_name":"Minnie"}"""
        );
        await _logins.AddAsync(OAuth with { OAuth = OAuth.OAuth! with { IdAttribute = "uuid" }, Scopes = ["one", "two"] });
        var (_, page, request) = await _logins.StartAsync();
        Assert.Equal(_provider.Authorization, page.GetLeftPart(UriPartial.Path));
        Assert.Equal(
            ("code", OAuthStub.ClientId, "one two", ProviderLogins.CallbackUrl),
            (request["response_type"], request["client_id"], request["scope"], request["redirect_uri"])
        );
        Assert.False(request.ContainsKey("code_challenge") || request.ContainsKey("nonce"));

        var retrieved = await _logins.LogInAsync();

        Assert.Equal("id of minnie", retrieved.Identity.ExternalId);
        Assert.Equal(("access", "refresh", ""), (retrieved.AccessToken, retrieved.RefreshToken, retrieved.IdToken));
        Assert.Equal(("Minnie", new EmailAddress("minnie@example.com", true)), (retrieved.Person.GivenName, retrieved.Person.Email));
        Assert.Contains("\"uuid\"", retrieved.RawInformation, StringComparison.Ordinal);
        Assert.Equal("Bearer access", _provider.Asked.Last().Authorization);
    }

    [Fact]
    public async Task An_id_that_is_a_number_is_linked_as_it_is_written()
    {
        _provider.Answer("/user", """{"id":12345678901234567890}""");
        await _logins.AddAsync(OAuth);

        Assert.Equal("12345678901234567890", (await _logins.LogInAsync()).Identity.ExternalId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_secret_is_in_the_header_and_in_the_form_where_the_provider_wants_it_there(bool isInForm)
    {
        _provider.WantsSecretInForm = isInForm;
        await _logins.AddAsync(OAuth);

        await _logins.LogInAsync();

        var exchanges = _provider.Asked.Where(asked => asked.Path == "/token").ToList();
        Assert.Equal(isInForm ? 2 : 1, exchanges.Count);
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes("client:very%20secret"));
        Assert.Equal($"Basic {basic}", exchanges[0].Authorization);
        Assert.DoesNotContain("client_secret", exchanges[0].Body, StringComparison.Ordinal);
        Assert.Equal(isInForm, exchanges[^1].Body.Contains("client_secret=very+secret", StringComparison.Ordinal));
        Assert.DoesNotContain("code_verifier", exchanges[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OAuthStub.ClientSecret)]
    [InlineData("")]
    public async Task Pkce_protects_the_code_where_the_settings_say_so_and_where_there_is_no_secret(string secret)
    {
        await _logins.AddAsync(OAuth with { ClientSecret = secret, UsePkce = secret.Length > 0 });
        var challenge = "";

        await _logins.LogInAsync(request => challenge = request["code_challenge"]);

        var form = _provider.Asked.Single(asked => asked.Path == "/token").Body.Split('&').Select(pair => pair.Split('='));
        var verifier = form.Single(pair => pair[0] == "code_verifier")[1];
        var hash = System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(verifier));
        Assert.Equal(System.Buffers.Text.Base64Url.EncodeToString(hash), challenge);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_bad_answer_logs_nobody_in(string answer)
    {
        await _logins.AddAsync(OAuth);
        s_answers[answer](_provider);

        var (_, outcome) = await _logins.TryAsync();

        Assert.Equal((SessionErrors.ProviderAway.Id, null), (outcome.Error, outcome.Token));
        Assert.DoesNotContain(_provider.Asked, asked => asked.Path == "/elsewhere");
    }

    [Fact]
    public async Task The_login_page_is_told_that_the_code_or_the_secret_was_refused()
    {
        await _logins.AddAsync(OAuth);
        _provider.Answer("/token", """{"error":"incorrect_client_credentials"}""");

        Assert.Equal(SessionErrors.ProviderRefusedCode.Text, (await _logins.TryAsync()).Outcome.ErrorDescription);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("https://127.0.0.1/login/oauth", true)]
    [InlineData("https://evil.example.com", false)]
    [InlineData("no address", false)]
    [InlineData("https://xn--\u00fc", false)]
    public async Task An_answer_of_another_provider_logs_nobody_in(string? issuer, bool logsIn)
    {
        await _logins.AddAsync(OAuth);
        var (id, _, request) = await _logins.StartAsync();
        var callback = new IntentCallback
        {
            State = request["state"],
            Code = "code",
            Issuer = issuer,
        };

        var outcome = await _logins.Intent(id).CompleteAsync(callback);

        Assert.Equal(logsIn, outcome.Token is not null);
        Assert.Equal(logsIn, _provider.Asked.Any(asked => asked.Path == "/token"));
    }

    [Fact]
    public async Task A_person_of_GitHub_has_the_main_verified_address()
    {
        await _logins.AddAsync(GitHub);
        var (_, _, request) = await _logins.StartAsync("octocat");
        Assert.Equal(("octocat", "read:user user:email", "S256"), (request["login"], request["scope"], request["code_challenge_method"]));

        var retrieved = await _logins.LogInAsync();

        Assert.Equal(new IdentityLink(_logins.ProviderId, "583231", "octocat"), retrieved.Identity);
        Assert.Equal(("octocat", "Mona Lisa Octocat"), (retrieved.Person.UserName, retrieved.Person.DisplayName));
        Assert.Equal(new EmailAddress("octocat@example.com", true), retrieved.Person.Email);
        Assert.Contains("\"site_admin\"", retrieved.RawInformation, StringComparison.Ordinal);
        Assert.Null(_provider.Asked.First(asked => asked.Path == "/token").Authorization);
    }

    [Theory]
    [InlineData("""[{"email":"a@example.com","primary":true,"verified":false}]""", 200, "a@example.com")]
    [InlineData("""[{"email":"a@example.com","primary":false,"verified":true}]""", 200, "shown@example.com")]
    [InlineData("""["text",null,{"primary":true,"verified":true},{"email":7,"primary":true}]""", 200, "shown@example.com")]
    [InlineData("[]", 200, "shown@example.com")]
    [InlineData("""{"message":"Resource not accessible"}""", 403, "shown@example.com")]
    [InlineData("""{"message":"Not Found"}""", 404, "shown@example.com")]
    public async Task Without_a_main_verified_address_no_address_counts_as_verified(string emails, int status, string address)
    {
        _provider.Answer("/user", """{"login":"octocat","id":1,"email":"shown@example.com"}""");
        _provider.Answer("/user/emails", emails, status);
        await _logins.AddAsync(GitHub);

        Assert.Equal(new EmailAddress(address), (await _logins.LogInAsync()).Person.Email);
    }

    [Theory]
    [MemberData(nameof(Emails))]
    public async Task Addresses_that_cannot_be_read_log_nobody_in(string answer)
    {
        await _logins.AddAsync(GitHub);
        s_emails[answer](_provider);

        Assert.Null((await _logins.TryAsync()).Outcome.Token);
    }
}
