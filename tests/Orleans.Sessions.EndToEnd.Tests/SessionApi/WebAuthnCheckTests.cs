namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>The challenge and the check as messages: contract §3.2, §4.1. The tests with a browser cover right answers.</summary>
public sealed class WebAuthnCheckTests(SqliteHost host) : ContractTests(host)
{
    private const string Required = "USER_VERIFICATION_REQUIREMENT_REQUIRED";

    private static readonly object s_noAssertion = new
    {
        id = "AA",
        rawId = "AA",
        type = "public-key",
        response = new
        {
            clientDataJSON = "e30",
            authenticatorData = new string('A', 50),
            signature = "AA",
        },
    };

    [Fact]
    public async Task A_challenge_has_the_shape_clients_read()
    {
        var reply = (await Admin.CreateSessionAsync(Challenge("login.example.com"))).Expect(201);

        const string Options = "challenges.webAuthN.publicKeyCredentialRequestOptions.publicKey";
        Assert.Matches("^[A-Za-z0-9_-]{43}$", reply.Text($"{Options}.challenge"));
        Assert.Equal("login.example.com", reply.Text($"{Options}.rpId"));
        Assert.Equal("required", reply.Text($"{Options}.userVerification"));
        Assert.Equal(300_000, reply[$"{Options}.timeout"]!.GetValue<double>());
        Assert.Empty(reply[$"{Options}.allowCredentials"]!.AsArray());
    }

    [Fact]
    public async Task A_challenge_changes_the_session()
    {
        var session = await Admin.OpenAsync();
        var after = session.After(await Admin.SetAsync(session, Challenge("login.example.com")));
        Assert.NotEqual(session.Token, after.Token);
        Assert.True(after.Sequence > session.Sequence);
    }

    [Fact]
    public async Task A_challenge_needs_a_domain_and_a_requirement()
    {
        (await Admin.CreateSessionAsync(Challenge("https://login.example.com"))).Expect(
            new Failure(400, 3, "WEBAU-UX9ta", "Domain must be a host name without scheme, port and path")
        );
        (await Admin.CreateSessionAsync(new { challenges = new { webAuthN = new { userVerificationRequirement = Required } } })).Expect(
            400
        );
        (await Admin.CreateSessionAsync(new { challenges = new { webAuthN = new { domain = "example.com" } } })).Expect(400);
    }

    [Fact]
    public async Task Who_has_no_key_is_not_challenged()
    {
        var human = await Admin.NewHumanAsync();
        (
            await Admin.CreateSessionAsync(
                new
                {
                    checks = human.OnlyUser,
                    challenges = new { webAuthN = new { domain = "example.com", userVerificationRequirement = Required } },
                }
            )
        ).Expect(new Failure(400, 9, "WEBAU-4G8sw", "WebAuthN begin login failed"));
        (await Admin.CreateSessionAsync(Challenge("example.com", "USER_VERIFICATION_REQUIREMENT_DISCOURAGED"))).Expect(
            new Failure(400, 9, "COMMAND-eeR2e", "User ID missing")
        );
    }

    [Fact]
    public async Task A_check_needs_a_challenge()
    {
        (await Admin.CreateSessionAsync(new { checks = new { webAuthN = new { credentialAssertionData = s_noAssertion } } })).Expect(
            new Failure(400, 9, "COMMAND-Ioqu5", "Session without WebAuthN challenge")
        );
    }

    [Fact]
    public async Task What_is_no_assertion_is_refused_and_changes_nothing()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(Challenge("example.com"));
        var unreadable = new Failure(400, 3, "WEBAU-ADgv4", "Error on validate login credentials");

        (await CheckAsync(session, new { })).Expect(unreadable);
        (await CheckAsync(session, new { id = new string('A', 70_000) })).Expect(unreadable);
        (await CheckAsync(session, s_noAssertion)).Expect(new Failure(400, 9, "COMMAND-eeR2e", "User ID missing"));
        var named = session.After(await Admin.SetAsync(session, new { checks = human.OnlyUser }));
        (await CheckAsync(named, s_noAssertion)).Expect(new Failure(400, 9, "COMMAND-Aej7i", "WebAuthN Token could not be found"));

        var read = (await Admin.ReadAsync(named, named.Token)).Expect(200);
        Assert.Equal(named.Sequence, read.Number("session.sequence"));
        Assert.False(read.Has("session.factors.webAuthN"));
    }

    private static object Challenge(string domain, string userVerificationRequirement = Required) =>
        new { challenges = new { webAuthN = new { domain, userVerificationRequirement } } };

    private Task<Reply> CheckAsync(OpenSession session, object credentialAssertionData) =>
        Admin.SetAsync(session, new { checks = new { webAuthN = new { credentialAssertionData } } });
}
