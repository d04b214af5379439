namespace Orleans.Sessions.EndToEnd.IdentityProviders;

/// <summary>Users who link themselves to their identity at a provider.</summary>
public sealed class OwnLinkTests(SqliteHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_person_links_themselves_by_a_login_that_they_started_in_their_session()
    {
        await using var stub = new OidcStub();
        var provider = await Admin.AddProviderAsync(stub.Issuer, clientId: OidcStub.ClientId);
        var human = await Admin.NewHumanAsync();
        var self = Admin.As((await Admin.OpenAsync(human)).Token);
        var login = await LogInAsync(self, stub, provider);

        (await LinkAsync(self, human.Id, login)).Expect(200);

        Assert.Equal([stub.Subject], await self.LinksOfAsync(human.Id));
        Assert.Equal("COMMAND-Df4bw", (await LinkAsync(self, human.Id, login)).Expect(400).Text("details.0.id"));
        var next = await LogInAsync(Admin, stub, provider);
        Assert.Equal(human.Id, next.UserId);
        (await Admin.UseAsync(human.Id, next)).Expect(201);
    }

    [Fact]
    public async Task A_login_of_another_session_or_person_links_nobody()
    {
        await using var stub = new OidcStub();
        var provider = await Admin.AddProviderAsync(stub.Issuer, clientId: OidcStub.ClientId);
        var (human, other) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        var (self, elsewhere) = (Admin.As((await Admin.OpenAsync(human)).Token), Admin.As((await Admin.OpenAsync(human)).Token));
        var stranger = Admin.As((await Admin.OpenAsync(other)).Token);
        var login = await LogInAsync(self, stub, provider);

        foreach (
            var (caller, id, error) in new[]
            {
                (elsewhere, human.Id, "IDP-Strt1"),
                (stranger, other.Id, "IDP-Strt1"),
                (self, other.Id, "AUTH-AWfge"),
                (stranger, human.Id, "AUTH-AWfge"),
            }
        )
        {
            Assert.Equal(
                (403, error),
                await LinkAsync(caller, id, login) is var reply ? (reply.Status, reply.Text("details.0.id")) : default
            );
        }

        (await self.PostAsync($"/v2/users/{human.Id}/links", new { idpLink = Link(provider, "one"), provedIdpLink = login.Check })).Expect(
            400
        );
        (await self.LinkAsync(human.Id, provider, stub.Subject)).Expect(Failures.NoPermission);
        (await LinkAsync(self, human.Id, login with { Token = new string('A', 43) })).Expect(403);
        Assert.Empty(await self.LinksOfAsync(human.Id));

        // The identity belongs to another user already. The login is used up, and nothing is linked.
        (await Admin.LinkAsync(other.Id, provider, stub.Subject)).Expect(200);
        (await LinkAsync(self, human.Id, login)).Expect(Failures.LinkTaken);
        Assert.Empty(await self.LinksOfAsync(human.Id));
    }

    [Fact]
    public async Task A_provider_that_allows_no_links_gets_none()
    {
        await using var stub = new OidcStub();
        var provider = await Admin.AddProviderAsync(stub.Issuer, new { isCreationAllowed = true }, OidcStub.ClientId);
        var human = await Admin.NewHumanAsync();
        var self = Admin.As((await Admin.OpenAsync(human)).Token);

        (await LinkAsync(self, human.Id, await LogInAsync(self, stub, provider))).Expect(Failures.LinkNotAllowed);
    }

    private static Task<Reply> LinkAsync(Api caller, string humanId, Login login) =>
        caller.PostAsync($"/v2/users/{humanId}/links", new { provedIdpLink = login.Check });

    /// <summary>A login at the provider that returns to a page of this machine.</summary>
    private static async Task<Login> LogInAsync(Api caller, OidcStub stub, string provider)
    {
        var started = (await caller.StartIntentAsync(provider, $"{stub.Issuer}/success", $"{stub.Issuer}/failure")).Expect(200);
        var request = Landing.Parameters(new Uri(started.Text("authUrl")));
        stub.Nonce = request["nonce"];
        var back = (await caller.As(null).GetAsync($"/idps/callback?code=any&state={request["state"]}")).Expect(302);
        var landed = Landing.Parameters(new Uri(back.Header("Location")!));
        return new Login(landed["id"], landed["token"], landed.GetValueOrDefault("user"));
    }
}

/// <summary>Logins at providers that are started and not finished.</summary>
public sealed class BoundedIntents : OwnHosts
{
    [Fact]
    public async Task A_login_frontend_starts_so_many_logins_at_once_and_others_are_not_kept_from_theirs()
    {
        await using var stub = new OidcStub();
        var admin = Admin(
            await StartAsync(
                HostSettings
                    .Shared.With("Sessions__Limits__IntentsOfCaller__Burst", "3")
                    .With("Sessions__Limits__IntentsOfCaller__PerMinute", "1")
            )
        );
        var provider = await admin.AddProviderAsync(stub.Issuer, clientId: OidcStub.ClientId);
        var frontend = (await admin.NewMachineAsync("IAM_LOGIN_CLIENT")).Api;
        for (var i = 0; i < 3; i++)
        {
            (await frontend.StartIntentAsync(provider)).Expect(200);
        }

        var refused = (await frontend.StartIntentAsync(provider)).Expect(429);

        Assert.Equal("SESSION-Limit", refused.Text("details.0.id"));
        Assert.NotNull(refused.Header("Retry-After"));
        (await admin.StartIntentAsync(provider)).Expect(200);
    }
}
