namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>Callers with a JWT of a configured issuer.</summary>
public sealed class JwtCallerTests(JwtCallerTests.Trusting hosts) : IClassFixture<JwtCallerTests.Trusting>
{
    private const string AudienceScope = "urn:zitadel:iam:org:project:id:zitadel:aud";

    [Fact]
    public async Task A_token_with_the_scopes_acts_as_the_user_it_names()
    {
        var machine = await hosts.Admin.NewMachineAsync("IAM_LOGIN_CLIENT");
        var caller = hosts.Admin.As(hosts.Issuer.Sign(Claims(machine.Id)));

        var session = await caller.OpenAsync();

        Assert.Equal([session.Id], await caller.FindAsync(new { creatorQuery = new { } }));
        Assert.Equal([session.Id], await machine.Api.FindAsync(new { creatorQuery = new { } }));
    }

    [Theory]
    [InlineData("string")]
    [InlineData("list")]
    [InlineData("configured")]
    public async Task A_token_for_this_service_needs_no_scopes(string form)
    {
        var machine = await hosts.Admin.NewMachineAsync("IAM_LOGIN_CLIENT");
        object audience = form switch
        {
            "string" => AudienceScope,
            "list" => new[] { "other", AudienceScope },
            _ => "our-sessions",
        };

        await hosts.Admin.As(hosts.Issuer.Sign(Claims(machine.Id, scope: "", aud: audience))).OpenAsync();
    }

    [Fact]
    public async Task A_token_gives_no_rights_the_user_has_not()
    {
        var machine = await hosts.Admin.NewMachineAsync();

        (await hosts.Admin.As(hosts.Issuer.Sign(Claims(machine.Id))).CreateSessionAsync(new { })).Expect(Failures.NoPermission);
    }

    [Theory]
    [Asvs("9.2.3", "10.3.1")]
    [InlineData("openid")]
    [InlineData(AudienceScope)]
    [InlineData("openid profile urn:zitadel:iam:org:project:id:other:aud")]
    [InlineData("")]
    public async Task A_token_for_somebody_else_is_refused(string scope)
    {
        var machine = await hosts.Admin.NewMachineAsync("IAM_LOGIN_CLIENT");

        (await hosts.Admin.As(hosts.Issuer.Sign(Claims(machine.Id, scope, aud: "somebody-else"))).CreateSessionAsync(new { }))
            .Expect(401)
            .ExpectRefusal();
    }

    [Fact]
    [Asvs("6.8.2", "9.1.1", "9.1.2", "9.2.1")]
    public async Task A_token_that_is_not_good_is_refused()
    {
        var machine = await hosts.Admin.NewMachineAsync("IAM_LOGIN_CLIENT");
        var (good, now) = (Claims(machine.Id), DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        var signed = hosts.Issuer.Sign(good);
        string[] tokens =
        [
            hosts.Issuer.Forge(good),
            JwtIssuer.WithoutSignature(good),
            hosts.Issuer.Confused(good),
            hosts.Issuer.Sign(Claims(machine.Id, exp: now - 120)),
            hosts.Issuer.Sign(Claims(machine.Id, nbf: now + 120)),
            hosts.Issuer.Sign(Claims(machine.Id, iss: "https://other.example")),
            hosts.Issuer.Sign(Claims("unknown-user")),
            hosts.Issuer.Sign(Claims("")),
            hosts.Issuer.Sign(
                new
                {
                    iss = hosts.Issuer.Address,
                    sub = machine.Id,
                    scope = $"openid {AudienceScope}",
                }
            ),
            signed[..^2] + (signed[^2] == 'A' ? "BA" : "AA"),
            signed[..signed.LastIndexOf('.')] + ".",
        ];

        foreach (var token in tokens)
        {
            (await hosts.Admin.As(token).CreateSessionAsync(new { })).Expect(Failures.BadToken);
        }
    }

    [Fact]
    [Asvs("9.1.3")]
    public async Task A_key_that_a_token_brings_along_is_not_believed()
    {
        await using var thief = new JwtIssuer();
        var machine = await hosts.Admin.NewMachineAsync("IAM_LOGIN_CLIENT");
        var claims = Claims(machine.Id);
        (string, object?)[] headers =
        [
            ("jwk", thief.PublicKey),
            ("jku", $"{thief.Address}/keys"),
            ("x5u", $"{thief.Address}/certificate"),
            ("kid", $"{thief.Address}/keys"),
        ];

        foreach (var header in headers)
        {
            (await hosts.Admin.As(thief.Sign(JwtIssuer.AccessToken, claims, header)).CreateSessionAsync(new { })).Expect(Failures.BadToken);
        }

        Assert.Equal(0, thief.Requests);
    }

    [Theory]
    [Asvs("9.2.2")]
    [InlineData("JWT")]
    [InlineData("")]
    [InlineData("logout+jwt")]
    [InlineData("at+jwt", "nonce")]
    [InlineData("at+jwt", "at_hash")]
    public async Task A_token_that_is_no_access_token_is_refused(string type, string? claim = null)
    {
        var machine = await hosts.Admin.NewMachineAsync("IAM_LOGIN_CLIENT");

        (await hosts.Admin.As(hosts.Issuer.Sign(type, Claims(machine.Id, claim: claim))).CreateSessionAsync(new { })).Expect(
            Failures.BadToken
        );
    }

    [Theory]
    [Asvs("9.2.2")]
    [InlineData("JWT", null, true)]
    [InlineData("", null, true)]
    [InlineData("at+jwt", null, true)]
    [InlineData("application/at+jwt", null, true)]
    [InlineData("JWT", "nonce", false)]
    [InlineData("JWT", "at_hash", false)]
    [InlineData("JWT", "events", false)]
    [InlineData("logout+jwt", null, false)]
    public async Task An_issuer_whose_access_tokens_have_no_type_can_be_believed_and_its_id_tokens_are_refused(
        string type,
        string? claim,
        bool isTaken
    )
    {
        var machine = await hosts.Admin.NewMachineAsync("IAM_LOGIN_CLIENT");
        var token = hosts.Untyped.Sign(type, Claims(machine.Id, iss: hosts.Untyped.Address, claim: claim));

        var reply = await hosts.Admin.As(token).CreateSessionAsync(new { });
        if (isTaken)
        {
            reply.Expect(201);
        }
        else
        {
            reply.Expect(Failures.BadToken);
        }
    }

    [Fact]
    public async Task What_must_not_be_ignored_in_a_token_is_not()
    {
        var machine = await hosts.Admin.NewMachineAsync("IAM_LOGIN_CLIENT");
        var claims = Claims(machine.Id);
        var text = new Dictionary<string, object>(claims) { ["exp"] = $"{claims["exp"]}" };
        string[] tokens =
        [
            hosts.Issuer.Sign(JwtIssuer.AccessToken, claims, ("crit", new[] { "x" }), ("x", true)),
            hosts.Issuer.Sign(JwtIssuer.AccessToken, claims, ("crit", Array.Empty<string>())),
            hosts.Issuer.Sign(text),
        ];
        foreach (var token in tokens)
        {
            (await hosts.Admin.As(token).CreateSessionAsync(new { })).Expect(Failures.BadToken);
        }
    }

    [Fact]
    public async Task The_first_token_after_the_issuer_has_changed_its_key_is_good()
    {
        var machine = await hosts.Admin.NewMachineAsync("IAM_LOGIN_CLIENT");
        var old = hosts.Changing.Sign(Claims(machine.Id, iss: hosts.Changing.Address));
        await hosts.Admin.As(old).OpenAsync();
        hosts.Changing.ChangeKey();

        var later = DateTimeOffset.UtcNow.AddMinutes(4).ToUnixTimeSeconds();
        await hosts.Admin.As(hosts.Changing.Sign(Claims(machine.Id, iss: hosts.Changing.Address, exp: later))).OpenAsync();
        await Eventually.StatusAsync(401, () => hosts.Admin.As(old).CreateSessionAsync(new { }), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_locked_user_is_no_caller()
    {
        var machine = await hosts.Admin.NewMachineAsync("IAM_LOGIN_CLIENT");
        (await hosts.Admin.PostAsync($"/v2/users/{machine.Id}/lock")).Expect(200);

        (await hosts.Admin.As(hosts.Issuer.Sign(Claims(machine.Id))).CreateSessionAsync(new { })).Expect(401).ExpectRefusal();
    }

    private Dictionary<string, object> Claims(
        string sub,
        string scope = $"openid profile {AudienceScope}",
        object? aud = null,
        long? exp = null,
        long? nbf = null,
        string? iss = null,
        string? claim = null
    )
    {
        var claims = new Dictionary<string, object>
        {
            ["iss"] = iss ?? hosts.Issuer.Address,
            ["sub"] = sub,
            ["scope"] = scope,
            ["exp"] = exp ?? DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds(),
            ["aud"] = aud ?? "client",
        };
        if (nbf is { } start)
        {
            claims["nbf"] = start;
        }

        if (claim is not null)
        {
            claims[claim] = "x";
        }

        return claims;
    }

    /// <summary>A host that trusts an issuer.</summary>
    public sealed class Trusting : IAsyncLifetime
    {
        private HostProcess? _host;

        public JwtIssuer Issuer { get; } = new();

        /// <summary>An issuer that changes its key, and whose keys no test requests without success meanwhile.</summary>
        public JwtIssuer Changing { get; } = new();

        /// <summary>An issuer whose access tokens have only the type <c>JWT</c>.</summary>
        public JwtIssuer Untyped { get; } = new();

        public Api Admin => new(_host!, _host!.AdminToken);

        public async ValueTask InitializeAsync() =>
            _host = await HostProcess.StartAsync(
                HostSettings
                    .Shared.With(Setting.Issuer, Issuer.Address)
                    .With(Setting.IssuerAudience, "our-sessions")
                    .With("Sessions__Authentication__Issuers__1__Issuer", Untyped.Address)
                    .With("Sessions__Authentication__Issuers__1__AllowUntyped", "true")
                    .With("Sessions__Authentication__Issuers__2__Issuer", Changing.Address)
            );

        public async ValueTask DisposeAsync()
        {
            if (_host is not null)
            {
                await _host.DisposeAsync();
            }

            await Issuer.DisposeAsync();
            await Untyped.DisposeAsync();
            await Changing.DisposeAsync();
        }
    }
}
