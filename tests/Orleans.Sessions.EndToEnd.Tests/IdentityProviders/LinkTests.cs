namespace Orleans.Sessions.EndToEnd.IdentityProviders;

/// <summary>Links of users to identities at external providers: contract §11.3.</summary>
public abstract class LinkTests(SharedHost host) : ContractTests(host)
{
    /// <summary>No test logs in here, so no provider needs to listen.</summary>
    private const string Issuer = "https://provider.example.com";

    [Fact]
    public async Task A_link_is_added_listed_and_removed()
    {
        var provider = await Admin.AddProviderAsync(Issuer);
        var human = await Admin.NewHumanAsync();

        (await Admin.LinkAsync(human.Id, provider, "one")).Expect(200);
        var again = (await Admin.LinkAsync(human.Id, provider, "one")).Expect(200);
        (await Admin.LinkAsync(human.Id, provider, "auth0|two")).Expect(200);

        Assert.Equal(2, again.Number("details.sequence"));
        var list = (await Admin.PostAsync($"/v2/users/{human.Id}/links/_search", new { query = new { asc = true } })).Expect(200);
        Assert.Equal(2, list.Number("details.totalResult"));
        Assert.Equal(["one", "auth0|two"], list.Texts("result", "userId"));
        Assert.Equal([provider, provider], list.Texts("result", "idpId"));
        Assert.Equal("somebody", list.Text("result.0.userName"));
        var page = (await Admin.PostAsync($"/v2/users/{human.Id}/links/_search", new { query = new { offset = "1", limit = 1 } })).Expect(
            200
        );
        Assert.Equal(["one"], page.Texts("result", "userId"));

        (await Admin.DeleteAsync($"/v2/users/{human.Id}/links/{provider}/auth0%7Ctwo")).Expect(200);
        (await Admin.DeleteAsync($"/v2/users/{human.Id}/links/{provider}/auth0%7Ctwo")).Expect(Failures.NoSuchLink);
        Assert.Equal(["one"], await Admin.LinksOfAsync(human.Id));
    }

    [Theory]
    [InlineData("https://provider.example.com/users/1?a=b c", "https:%2F%2Fprovider.example.com%2fusers%2F1%3Fa=b%20c")]
    [InlineData("50%2F50/ä", "50%252F50%2F%C3%A4")]
    [InlineData("50%2F50", "50%252F50")]
    public async Task An_id_with_slashes_is_escaped_in_the_path(string externalId, string escaped)
    {
        var provider = await Admin.AddProviderAsync(Issuer);
        var human = await Admin.NewHumanAsync();
        (await Admin.LinkAsync(human.Id, provider, externalId)).Expect(200);

        (await Admin.DeleteAsync($"/v2/users/{human.Id}/links/{provider}/{escaped}")).Expect(200);
        Assert.Empty(await Admin.LinksOfAsync(human.Id));
    }

    [Fact]
    [Asvs("6.8.1")]
    public async Task Somebody_there_is_one_user_here()
    {
        var provider = await Admin.AddProviderAsync(Issuer);
        var (first, second) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        (await Admin.LinkAsync(first.Id, provider, "one")).Expect(200);

        (await Admin.LinkAsync(second.Id, provider, "one")).Expect(Failures.LinkTaken);
        (await Admin.CreateLinkedAsync(provider, "one")).Expect(Failures.LinkTaken);
        Assert.Empty(await Admin.LinksOfAsync(second.Id));

        // The same id at another provider is another identity.
        (await Admin.LinkAsync(second.Id, await Admin.AddProviderAsync(Issuer), "one")).Expect(200);

        // Once the link or its user is deleted, the identity may be linked to another user.
        (await Admin.DeleteAsync($"/v2/users/{first.Id}/links/{provider}/one")).Expect(200);
        (await Admin.LinkAsync(second.Id, provider, "one")).Expect(200);
        (await Admin.DeleteAsync($"/v2/users/{second.Id}")).Expect(200);
        (await Admin.LinkAsync(first.Id, provider, "one")).Expect(200);
    }

    [Fact]
    public async Task Of_racing_links_exactly_one_wins()
    {
        var provider = await Admin.AddProviderAsync(Issuer);
        var humans = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Admin.NewHumanAsync()));

        var replies = await Task.WhenAll(
            humans
                .Select(human => Admin.LinkAsync(human.Id, provider, "one"))
                .Concat(Enumerable.Range(0, 4).Select(_ => Admin.CreateLinkedAsync(provider, "one")))
        );

        Assert.Single(replies, reply => reply.Status == 200);
        Assert.All(replies.Where(reply => reply.Status != 200), reply => reply.Expect(Failures.LinkTaken));
    }

    [Fact]
    public async Task A_taken_name_is_not_mistaken_for_a_taken_link()
    {
        var provider = await Admin.AddProviderAsync(Issuer);
        var human = await Admin.NewHumanAsync();

        var reply = (await Admin.CreateLinkedAsync(provider, "one", human.LoginName)).Expect(409);

        Assert.Equal("V2-uniqueness", reply.Text("details.0.id"));
        (await Admin.CreateLinkedAsync(provider, "one")).Expect(200);
    }

    [Fact]
    public async Task A_user_is_created_with_links()
    {
        var provider = await Admin.AddProviderAsync(Issuer);

        var older = (await Admin.CreateLinkedAsync(provider, "one")).Expect(200).Text("userId");
        var newer = (
            await Admin.PostAsync(
                "/v2/users/new",
                new
                {
                    organizationId = "people",
                    human = new
                    {
                        profile = new { givenName = "Minnie", familyName = "Mouse" },
                        email = new { email = $"{Unique("mail")}@example.com", isVerified = true },
                        idpLinks = new[] { Link(provider, "two") },
                    },
                }
            )
        ).Expect(200).Text("id");

        Assert.Equal(["one"], await Admin.LinksOfAsync(older));
        Assert.Equal(["two"], await Admin.LinksOfAsync(newer));
    }

    [Fact]
    public async Task A_provider_may_forbid_linking_and_new_users()
    {
        var human = await Admin.NewHumanAsync();
        var onlyNew = await Admin.AddProviderAsync(Issuer, new { isCreationAllowed = true });
        var onlyLinking = await Admin.AddProviderAsync(Issuer, new { isLinkingAllowed = true });
        var removed = await Admin.AddProviderAsync(Issuer);
        (await Admin.DeleteAsync($"/admin/v1/idps/templates/{removed}")).Expect(200);

        (await Admin.LinkAsync(human.Id, onlyNew, "one")).Expect(Failures.LinkNotAllowed);
        (await Admin.CreateLinkedAsync(onlyNew, "one")).Expect(200);
        (await Admin.CreateLinkedAsync(onlyLinking, "one")).Expect(Failures.LinkedCreationNotAllowed);
        (await Admin.LinkAsync(human.Id, onlyLinking, "one")).Expect(200);
        (await Admin.LinkAsync(human.Id, removed, "one")).Expect(Failures.LinkToUnknownProvider);
        (await Admin.CreateLinkedAsync(removed, "one")).Expect(Failures.LinkToUnknownProvider);
        (await Admin.CreateLinkedAsync("nothing", "one")).Expect(Failures.LinkToUnknownProvider);
    }

    [Fact]
    public async Task Bad_links_are_refused_and_change_nothing()
    {
        var provider = await Admin.AddProviderAsync(Issuer);
        var human = await Admin.NewHumanAsync();
        var machine = await Admin.NewMachineAsync();
        var path = $"/v2/users/{human.Id}/links";
        object[] bodies =
        [
            new { },
            new { idpLink = new { idpId = provider, userId = "one" } },
            new { idpLink = new { idpId = provider, userName = "one" } },
            new { idpLink = new { userId = "one", userName = "one" } },
            new { idpLink = Link(provider, new string('x', 201)) },
            new { idpLink = Link(provider, "one\n") },
            new { idpLink = Link(provider, "one\0") },
            new { idpLink = Link(provider, "one", "  ") },
            new { idpLink = "text" },
        ];

        foreach (var body in bodies)
        {
            (await Admin.PostAsync(path, body)).ExpectRefusal();
        }

        Assert.Equal("COMMAND-vzktar7b7f", (await Admin.LinkAsync("nobody", provider, "one")).Expect(400).Text("details.0.id"));
        Assert.Equal("COMMAND-vzktar7b7f", (await Admin.LinkAsync(machine.Id, provider, "one")).Expect(400).Text("details.0.id"));
        Assert.Empty(await Admin.LinksOfAsync(human.Id));
        (await Admin.PostAsync("/v2/users/nobody/links/_search")).Expect(Failures.NoSuchUser);
        (await Admin.DeleteAsync($"{path}/{provider}/one")).Expect(Failures.NoSuchLink);
    }

    [Fact]
    public async Task A_user_has_twenty_links_at_most()
    {
        var provider = await Admin.AddProviderAsync(Issuer);
        var human = await Admin.NewHumanAsync();
        for (var i = 0; i < 20; i++)
        {
            (await Admin.LinkAsync(human.Id, provider, $"{i}")).Expect(200);
        }

        Assert.Equal("COMMAND-Lnk20", (await Admin.LinkAsync(human.Id, provider, "20")).Expect(429).Text("details.0.id"));
        Assert.Equal(20, (await Admin.LinksOfAsync(human.Id)).Count);
    }

    [Fact]
    public async Task Linking_needs_the_right_to_write_users_and_no_less_than_their_own_rights()
    {
        var provider = await Admin.AddProviderAsync(Issuer);
        var human = await Admin.NewHumanAsync();
        var owner = await Admin.NewHumanAsync();
        await Admin.GrantAsync(owner.Id, new { instance = true }, "IAM_OWNER");
        var viewer = (await Admin.NewMachineAsync("IAM_OWNER_VIEWER")).Api;
        var manager = (await Admin.NewMachineAsync("IAM_USER_MANAGER")).Api;
        var self = Admin.As((await Admin.OpenAsync(human)).Token);

        (await viewer.LinkAsync(human.Id, provider, "one")).Expect(Failures.NoPermission);
        (await viewer.LinkAsync("nobody", provider, "one")).Expect(Failures.NoPermission);
        (await viewer.LinkAsync(human.Id, "nothing", "one")).Expect(Failures.NoPermission);
        (await self.LinkAsync(human.Id, provider, "one")).Expect(Failures.NoPermission);
        (await manager.LinkAsync(owner.Id, provider, "one")).Expect(Failures.NoPermission);
        (await Admin.As(null).LinkAsync(human.Id, provider, "one")).Expect(Failures.NoToken);
        (await manager.LinkAsync(human.Id, provider, "one")).Expect(200);

        Assert.Equal(["one"], await viewer.LinksOfAsync(human.Id));
        Assert.Equal(["one"], await self.LinksOfAsync(human.Id));
        (await viewer.DeleteAsync($"/v2/users/{human.Id}/links/{provider}/one")).Expect(Failures.NoPermission);
        (await self.DeleteAsync($"/v2/users/{human.Id}/links/{provider}/one")).Expect(200);
    }
}

public sealed class LinkTestsOnSqlite(SqliteHost host) : LinkTests(host);

public sealed class LinkTestsOnPostgreSql(PostgreSqlHost host) : LinkTests(host);
