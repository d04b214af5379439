namespace Orleans.Sessions.EndToEnd.IdentityProviders;

/// <summary>What a login at a provider tells a login frontend: tokens, and the requests that create or update the person.</summary>
public abstract class ProposedUserTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task The_providers_refresh_token_is_told()
    {
        await using var stub = new OidcStub { RefreshToken = "refresh" };
        var provider = await AddAsync(stub);

        Assert.Equal("refresh", (await LogInAsync(stub, provider)).Text("idpInformation.oauth.refreshToken"));

        stub.RefreshToken = null;
        Assert.False((await LogInAsync(stub, provider)).Has("idpInformation.oauth.refreshToken"));
    }

    [Fact]
    public async Task The_provider_gets_the_hint_whom_to_log_in()
    {
        await using var stub = new OidcStub();
        var provider = await AddAsync(stub);

        var hinted = Landing.Parameters(await StartAsync(provider, "minnie@example.com & co"));
        var plain = Landing.Parameters(await StartAsync(provider, loginHint: null));

        Assert.Equal("minnie@example.com & co", hinted["login_hint"]);
        Assert.False(plain.ContainsKey("login_hint"));
        (
            await Admin.PostAsync(
                IntentPath,
                new
                {
                    idpId = provider,
                    urls = new
                    {
                        successUrl = SuccessUrl,
                        failureUrl = FailureUrl,
                        loginHint = new string('x', 201),
                    },
                }
            )
        ).Expect(400).ExpectRefusal();
    }

    [Fact]
    public async Task A_new_person_is_created_with_the_proposed_request()
    {
        await using var stub = Named("Minnie");
        var provider = await AddAsync(stub);

        var retrieved = await LogInAsync(stub, provider);

        Assert.False(retrieved.Has("updateUser"));
        Assert.False(retrieved.Has("updateHumanUser"));
        Assert.Equal("Minnie", retrieved.Text("addHumanUser.profile.givenName"));
        var proposed = retrieved["createUser"]!.AsObject();
        proposed["organizationId"] = Unique("org");
        var id = (await Admin.PostAsync("/v2/users/new", new Raw(proposed.ToJsonString()))).Expect(200).Text("id");
        Assert.Equal([stub.Subject], await Admin.LinksOfAsync(id));
        Assert.Equal("Minnie", await GivenNameAsync(id));
    }

    [Theory]
    [InlineData("Daisy Ann Duck", "Daisy Ann", "Duck")]
    [InlineData("Cher", "Cher", "Cher")]
    public async Task A_person_without_names_is_created_with_the_proposed_request(string shown, string givenName, string familyName)
    {
        var subject = Unique("subject");
        await using var stub = new OidcStub
        {
            Subject = subject,
            UserInfo = claims => (claims["name"], claims["email"]) = (shown, $"{subject}@example.com"),
        };

        var retrieved = await LogInAsync(stub, await AddAsync(stub));

        var created = await Admin.PostAsync("/v2/users/human", new Raw(retrieved["addHumanUser"]!.ToJsonString()));
        var user = (await Admin.GetAsync($"/v2/users/{created.Expect(200).Text("userId")}")).Expect(200);
        Assert.Equal((givenName, familyName), (user.Text("user.human.profile.givenName"), user.Text("user.human.profile.familyName")));
    }

    [Fact]
    public async Task A_known_person_is_updated_with_the_proposed_requests_where_the_provider_says_so()
    {
        await using var stub = Named("Minnie");
        var (quiet, updating) = (await AddAsync(stub), await AddAsync(stub, isAutoUpdate: true));
        var human = await Admin.NewHumanAsync();
        (await Admin.LinkAsync(human.Id, quiet, stub.Subject)).Expect(200);
        (await Admin.LinkAsync(human.Id, updating, stub.Subject)).Expect(200);

        var untold = await LogInAsync(stub, quiet);
        Assert.All(["addHumanUser", "createUser", "updateHumanUser", "updateUser"], member => Assert.False(untold.Has(member)));

        Name(stub, "Daisy");
        var told = await LogInAsync(stub, updating);
        Assert.False(told.Has("createUser"));
        Assert.Equal(told["updateHumanUser"]!.ToJsonString(), told["addHumanUser"]!.ToJsonString());
        Assert.Equal(human.Id, told.Text("updateUser.userId"));
        (await Admin.PatchAsync($"/v2/users/{human.Id}", new Raw(told["updateUser"]!.ToJsonString()))).Expect(200);
        Assert.Equal("Daisy", await GivenNameAsync(human.Id));

        Name(stub, "Donald");
        told = await LogInAsync(stub, updating);
        (await Admin.PutAsync($"/v2/users/human/{human.Id}", new Raw(told["updateHumanUser"]!.ToJsonString()))).Expect(200);
        Assert.Equal("Donald", await GivenNameAsync(human.Id));
    }

    [Fact]
    public async Task An_address_that_the_provider_does_not_vouch_for_is_not_proposed_as_an_update()
    {
        await using var stub = new OidcStub
        {
            UserInfo = claims => (claims["given_name"], claims["email"]) = ("Minnie", "unproved@example.com"),
        };
        var provider = await AddAsync(stub, isAutoUpdate: true);
        var human = await Admin.NewHumanAsync();
        (await Admin.LinkAsync(human.Id, provider, stub.Subject)).Expect(200);

        var told = await LogInAsync(stub, provider);

        Assert.Equal("Minnie", told.Text("updateUser.human.profile.givenName"));
        Assert.False(told.Has("updateUser.human.email"));
        Assert.False(told.Has("updateHumanUser.email"));
        Assert.False(told.Has("updateHumanUser.profile"), "It requires both names.");
    }

    private static OidcStub Named(string givenName)
    {
        var stub = new OidcStub { Subject = Unique("subject") };
        Name(stub, givenName);
        return stub;
    }

    private static void Name(OidcStub stub, string givenName)
    {
        var email = $"{stub.Subject}@example.com";
        stub.UserInfo = claims =>
        {
            (claims["given_name"], claims["family_name"], claims["preferred_username"]) = (givenName, "Duck", stub.Subject);
            (claims["email"], claims["email_verified"]) = (email, true);
        };
    }

    private Task<string> AddAsync(OidcStub stub, bool isAutoUpdate = false) =>
        Admin.AddProviderAsync(
            stub.Issuer,
            new
            {
                isLinkingAllowed = true,
                isCreationAllowed = true,
                isAutoUpdate,
            },
            OidcStub.ClientId
        );

    private async Task<Uri> StartAsync(string provider, string? loginHint) => new((
                await Admin.PostAsync(
                    IntentPath,
                    new
                    {
                        idpId = provider,
                        urls = new
                        {
                            successUrl = SuccessUrl,
                            failureUrl = FailureUrl,
                            loginHint,
                        },
                    }
                )
            ).Expect(200).Text("authUrl"));

    /// <summary>Logs in and retrieves the result.</summary>
    private async Task<Reply> LogInAsync(OidcStub stub, string provider)
    {
        var parameters = Landing.Parameters(await StartAsync(provider, loginHint: null));
        stub.Nonce = parameters["nonce"];
        using var browser = new Browser();
        var landing = await browser.ArriveAsync(new Uri(Admin.Host.Address, $"/idps/callback?code=any&state={parameters["state"]}"));
        return (await Admin.RetrieveAsync(Succeeded(landing))).Expect(200);
    }

    private async Task<string> GivenNameAsync(string id) =>
        (await Admin.GetAsync($"/v2/users/{id}")).Expect(200).Text("user.human.profile.givenName");
}

public sealed class ProposedUserTestsOnSqlite(SqliteHost host) : ProposedUserTests(host);

public sealed class ProposedUserTestsOnPostgreSql(PostgreSqlHost host) : ProposedUserTests(host);
