namespace Orleans.Sessions.EndToEnd.IdentityProviders;

/// <summary>Logins that find their user automatically, if the provider's options allow it: contract §12.</summary>
public abstract class AutomaticLinkTests(SharedHost host, OidcProviderProcess upstream) : ContractTests(host)
{
    private static readonly object s_byEmail = new { isLinkingAllowed = true, autoLinking = "AUTO_LINKING_OPTION_EMAIL" };
    private static readonly object s_byUserName = new { isLinkingAllowed = true, autoLinking = "AUTO_LINKING_OPTION_USERNAME" };

    [Fact]
    public async Task The_same_verified_address_links()
    {
        var human = await Admin.NewHumanAsync();
        var email = await EmailOfAsync(human);

        var (login, provider, subject) = await LogInAsync(s_byEmail, new { email = email.ToUpperInvariant(), email_verified = true });

        Assert.Equal(human.Id, login.UserId);
        Assert.Equal([subject], await Admin.LinksOfAsync(human.Id));
        (await Admin.UseAsync(human.Id, login)).Expect(201);
        Assert.Equal(human.Id, (await Admin.LogInAtAsync(provider, subject)).UserId);
    }

    [Fact]
    public async Task The_same_user_name_with_the_same_verified_address_links()
    {
        var human = await Admin.NewHumanAsync();

        var (login, _, _) = await LogInAsync(
            s_byUserName,
            new
            {
                preferred_username = human.LoginName,
                email = await EmailOfAsync(human),
                email_verified = true,
            }
        );

        Assert.Equal(human.Id, login.UserId);
    }

    [Fact]
    [Asvs("10.5.2")]
    public async Task Who_only_chose_somebodys_user_name_at_the_provider_is_not_linked()
    {
        var victim = await Admin.NewHumanAsync();
        var unverified = HumanBody(Unique("human"));
        var address = $"{Unique("mail")}@example.com";
        unverified["email"] = new { email = address, isVerified = false };
        var other = (await Admin.PostAsync("/v2/users/human", unverified)).Expect(200).Text("userId");

        var (login, _, _) = await LogInAsync(
            s_byUserName,
            new
            {
                preferred_username = victim.LoginName,
                email = $"{Unique("attacker")}@example.com",
                email_verified = true,
            }
        );
        Assert.Null(login.UserId);
        Assert.Empty(await Admin.LinksOfAsync(victim.Id));

        (login, _, _) = await LogInAsync(
            s_byUserName,
            new
            {
                preferred_username = unverified["username"],
                email = address,
                email_verified = true,
            }
        );
        Assert.Null(login.UserId);
        Assert.Empty(await Admin.LinksOfAsync(other));
    }

    [Fact]
    public async Task An_address_the_provider_does_not_vouch_for_links_nobody()
    {
        var human = await Admin.NewHumanAsync();
        var email = await EmailOfAsync(human);

        Assert.Null((await LogInAsync(s_byEmail, new { email, email_verified = false })).Login.UserId);
        Assert.Null((await LogInAsync(s_byEmail, new { email })).Login.UserId);
        Assert.Null((await LogInAsync(s_byUserName, new { preferred_username = human.LoginName, email })).Login.UserId);
        Assert.Empty(await Admin.LinksOfAsync(human.Id));
    }

    [Fact]
    public async Task Nobody_is_linked_where_it_is_not_allowed()
    {
        var human = await Admin.NewHumanAsync();
        var claims = new
        {
            preferred_username = human.LoginName,
            email = await EmailOfAsync(human),
            email_verified = true,
        };

        Assert.Null((await LogInAsync(new { isLinkingAllowed = true }, claims)).Login.UserId);
        Assert.Null((await LogInAsync(new { isLinkingAllowed = false, autoLinking = "AUTO_LINKING_OPTION_EMAIL" }, claims)).Login.UserId);
        Assert.Empty(await Admin.LinksOfAsync(human.Id));
    }

    [Fact]
    public async Task An_address_that_is_not_verified_here_or_is_not_one_persons_links_nobody()
    {
        var (email, shared) = ($"{Unique("mail")}@example.com", $"{Unique("mail")}@example.com");
        var unverified = await WithEmailAsync(email, isVerified: false);
        var twins = new[] { await WithEmailAsync(shared, isVerified: true), await WithEmailAsync(shared, isVerified: true) };

        Assert.Null((await LogInAsync(s_byEmail, new { email, email_verified = true })).Login.UserId);
        Assert.Null((await LogInAsync(s_byEmail, new { email = shared, email_verified = true })).Login.UserId);
        Assert.Empty(await Admin.LinksOfAsync(unverified));
        Assert.Empty(await Admin.LinksOfAsync(twins[0]));

        // Another user's unverified address does not keep the real owner of the address from being linked.
        var owner = await WithEmailAsync(email, isVerified: true);
        Assert.Equal(owner, (await LogInAsync(s_byEmail, new { email, email_verified = true })).Login.UserId);
    }

    [Fact]
    public async Task Administrators_and_locked_users_are_not_linked()
    {
        var (administrator, locked) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        await Admin.GrantAsync(administrator.Id, new { organizationId = "people" }, "ORG_OWNER");
        (await Admin.PostAsync($"/v2/users/{locked.Id}/lock")).Expect(200);

        Assert.Null((await LogInAsync(s_byEmail, new { email = await EmailOfAsync(administrator), email_verified = true })).Login.UserId);
        Assert.Null((await LogInAsync(s_byEmail, new { email = await EmailOfAsync(locked), email_verified = true })).Login.UserId);
    }

    private async Task<(Login Login, string Provider, string Subject)> LogInAsync(object options, object claims)
    {
        var provider = await Admin.AddProviderAsync(await upstream.IssuerAsync(), options);
        var subject = await upstream.NewAccountAsync(claims);
        return (await Admin.LogInAtAsync(provider, subject), provider, subject);
    }

    private async Task<string> EmailOfAsync(Human human) =>
        (await Admin.GetAsync($"/v2/users/{human.Id}")).Expect(200).Text("user.human.email.email");

    private async Task<string> WithEmailAsync(string email, bool isVerified)
    {
        var body = HumanBody(Unique("human"));
        body["email"] = new { email, isVerified };
        return (await Admin.PostAsync("/v2/users/human", body)).Expect(200).Text("userId");
    }
}

public sealed class AutomaticLinkTestsOnSqlite(SqliteHost host, OidcProviderProcess upstream) : AutomaticLinkTests(host, upstream);

public sealed class AutomaticLinkTestsOnPostgreSql(PostgreSqlHost host, OidcProviderProcess upstream) : AutomaticLinkTests(host, upstream);
