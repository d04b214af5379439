namespace Orleans.Sessions.EndToEnd.IdentityProviders;

/// <summary>Complete logins at a real provider: contract §12, §3.2.</summary>
public abstract class LoggingInTests(SharedHost host, OidcProviderProcess upstream) : ContractTests(host)
{
    private static object Claims(string name) =>
        new
        {
            preferred_username = name,
            given_name = "Minnie",
            family_name = "Mouse",
            name = "Minnie M.",
            locale = "de-CH",
            email = $"{name}@example.com",
            email_verified = true,
        };

    [Fact]
    [Asvs("6.8.1", "10.5.2")]
    public async Task A_linked_person_logs_in()
    {
        var (provider, subject) = await NewIdentityAsync();
        var human = await Admin.NewHumanAsync(password: null);
        (await Admin.LinkAsync(human.Id, provider, subject)).Expect(200);
        Assert.Equal([subject], await Admin.LinksOfAsync(human.Id));

        var login = await Admin.LogInAtAsync(provider, subject);
        Assert.Equal(human.Id, login.UserId);
        var retrieved = (await Admin.RetrieveAsync(login)).Expect(200);
        Assert.Equal(human.Id, retrieved.Text("userId"));
        Assert.False(retrieved.Has("addHumanUser"));

        var before = DateTimeOffset.UtcNow;
        var session = (await Admin.UseAsync(human.Id, login)).Expect(201);
        var read = (await Admin.GetAsync($"/v2/sessions/{session.Text("sessionId")}")).Expect(200);
        Assert.InRange(read.Date("session.factors.intent.verifiedAt"), before - TimeSpan.FromSeconds(1), DateTimeOffset.UtcNow);

        // For a user without a second factor, one factor is enough for a bearer token.
        (await Admin.As(session.Text("sessionToken")).GetAsync($"/v2/users/{human.Id}")).Expect(200);
    }

    [Fact]
    public async Task Where_known_people_are_updated_the_frontend_is_told_what_the_provider_has_verified()
    {
        var provider = await Admin.AddProviderAsync(
            await upstream.IssuerAsync(),
            new
            {
                isLinkingAllowed = true,
                isCreationAllowed = true,
                isAutoUpdate = true,
            }
        );
        var (verified, email) = (await upstream.NewAccountAsync(Claims(Unique("minnie"))), $"{Unique("new")}@example.com");
        var vague = await upstream.NewAccountAsync(new { given_name = "Minnie", email });
        var (known, other) = (await Admin.NewHumanAsync(password: null), await Admin.NewHumanAsync(password: null));
        (await Admin.LinkAsync(known.Id, provider, verified)).Expect(200);
        (await Admin.LinkAsync(other.Id, provider, vague)).Expect(200);

        var retrieved = (await Admin.RetrieveAsync(await Admin.LogInAtAsync(provider, verified))).Expect(200);
        foreach (var told in new[] { "addHumanUser", "updateHumanUser" })
        {
            Assert.Equal(known.Id, retrieved.Text($"{told}.userId"));
            Assert.Equal("Minnie", retrieved.Text($"{told}.profile.givenName"));
            Assert.True(retrieved[$"{told}.email.isVerified"]!.GetValue<bool>());
        }

        // A login frontend sends it back. It changes what the provider knows, and nothing else.
        var frontend = (await Admin.NewMachineAsync("IAM_LOGIN_CLIENT")).Api;
        (await frontend.PutAsync($"/v2/users/human/{known.Id}", new Raw(retrieved["updateHumanUser"]!.ToJsonString()))).Expect(200);
        var updated = (await Admin.GetAsync($"/v2/users/{known.Id}")).Expect(200);
        Assert.Equal(retrieved.Text("updateHumanUser.email.email"), updated.Text("user.human.email.email"));
        Assert.Equal(known.LoginName, updated.Text("user.username"));

        // What the provider has not verified, and half a name, is not told.
        var little = (await Admin.RetrieveAsync(await Admin.LogInAtAsync(provider, vague))).Expect(200);
        Assert.Equal(other.Id, little.Text("updateHumanUser.userId"));
        Assert.False(little.Has("updateHumanUser.email") || little.Has("updateHumanUser.profile") || little.Has("addHumanUser.email"));
    }

    [Fact]
    public async Task What_the_provider_says_is_told_with_the_data_of_a_new_user()
    {
        var (provider, subject) = await NewIdentityAsync();
        var login = await Admin.LogInAtAsync(provider, subject);
        Assert.Null(login.UserId);

        var retrieved = (await Admin.RetrieveAsync(login)).Expect(200);
        Assert.False(retrieved.Has("userId"));
        Assert.Equal(provider, retrieved.Text("idpInformation.idpId"));
        Assert.Equal(subject, retrieved.Text("idpInformation.userId"));
        Assert.Equal(subject, retrieved.Text("idpInformation.rawInformation.sub"));
        Assert.Equal("Minnie M.", retrieved.Text("idpInformation.rawInformation.name"));
        Assert.NotEmpty(retrieved.Text("idpInformation.oauth.accessToken"));
        Assert.Equal(2, retrieved.Text("idpInformation.oauth.idToken").Count(character => character == '.'));
        Assert.True(retrieved.Number("details.sequence") > 0);

        var proposed = retrieved["addHumanUser"]!;
        Assert.Equal("Minnie", retrieved.Text("addHumanUser.profile.givenName"));
        Assert.Equal("de-CH", retrieved.Text("addHumanUser.profile.preferredLanguage"));
        Assert.True(retrieved["addHumanUser.email.isVerified"]!.GetValue<bool>());

        // A login frontend sends the proposal back unchanged.
        var created = (await Admin.PostAsync("/v2/users/human", new Raw(proposed.ToJsonString()))).Expect(200).Text("userId");
        Assert.Equal([subject], await Admin.LinksOfAsync(created));
        (await Admin.UseAsync(created, login)).Expect(201);
        Assert.Equal(created, (await Admin.LogInAtAsync(provider, subject)).UserId);
    }

    [Fact]
    public async Task A_person_who_is_linked_after_the_login_may_use_it()
    {
        var (provider, subject) = await NewIdentityAsync();
        var human = await Admin.NewHumanAsync();
        var login = await Admin.LogInAtAsync(provider, subject);

        (await Admin.UseAsync(human.Id, login)).Expect(Failures.IntentOfAnother);
        (await Admin.LinkAsync(human.Id, provider, subject)).Expect(200);
        (await Admin.UseAsync(human.Id, login)).Expect(201);
    }

    [Fact]
    public async Task A_person_whose_link_is_gone_may_not_use_the_login()
    {
        var (provider, subject) = await NewIdentityAsync();
        var human = await LinkedAsync(provider, subject);
        var login = await Admin.LogInAtAsync(provider, subject);

        (await Admin.DeleteAsync($"/v2/users/{human.Id}/links/{provider}/{subject}")).Expect(200);

        (await Admin.UseAsync(human.Id, login)).Expect(Failures.IntentOfAnother);
        Assert.Empty(await Admin.LinksOfAsync(human.Id));
    }

    [Fact]
    public async Task A_login_is_only_good_for_the_right_user_and_is_kept_when_a_check_fails()
    {
        var (provider, subject) = await NewIdentityAsync();
        var human = await LinkedAsync(provider, subject);
        var other = await Admin.NewHumanAsync();
        var login = await Admin.LogInAtAsync(provider, subject);
        var anonymous = await Admin.OpenAsync();

        (await Admin.CreateSessionAsync(new { checks = new { idpIntent = login.Check } })).Expect(Failures.IntentWithoutUser);
        (await Admin.SetAsync(anonymous, new { checks = new { idpIntent = login.Check } })).Expect(Failures.IntentWithoutUser);
        (await Admin.UseAsync(other.Id, login)).Expect(Failures.IntentOfAnother);
        (
            await Admin.CreateSessionAsync(
                new
                {
                    checks = new
                    {
                        user = new { userId = human.Id },
                        password = new { password = "wrong" },
                        idpIntent = login.Check,
                    },
                }
            )
        ).Expect(Failures.WrongPassword);
        (
            await Admin.CreateSessionAsync(
                new
                {
                    checks = new
                    {
                        user = new { userId = human.Id },
                        idpIntent = login.Check,
                        totp = new { code = "000000" },
                    },
                }
            )
        ).Expect(Failures.TotpNotReady);

        anonymous = anonymous.After(
            await Admin.SetAsync(anonymous, new { checks = new { user = new { userId = human.Id }, idpIntent = login.Check } })
        );
        Assert.True((await Admin.ReadAsync(anonymous, anonymous.Token)).Expect(200).Has("session.factors.intent.verifiedAt"));
    }

    [Fact]
    public async Task A_login_is_used_once()
    {
        var (provider, subject) = await NewIdentityAsync();
        var human = await LinkedAsync(provider, subject);
        var login = await Admin.LogInAtAsync(provider, subject);
        var session = (await Admin.UseAsync(human.Id, login)).Expect(201).Text("sessionId");

        (await Admin.UseAsync(human.Id, login)).Expect(Failures.IntentNotSucceeded);
        (await Admin.PatchAsync($"/v2/sessions/{session}", new { checks = new { idpIntent = login.Check } })).Expect(
            Failures.IntentNotSucceeded
        );
        (await Admin.RetrieveAsync(login)).Expect(Failures.IntentUsedUp);
    }

    [Fact]
    public async Task Of_fifty_parallel_uses_exactly_one_succeeds()
    {
        var (provider, subject) = await NewIdentityAsync();
        var human = await LinkedAsync(provider, subject);
        var login = await Admin.LogInAtAsync(provider, subject);

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Admin.UseAsync(human.Id, login)));

        Assert.Single(replies, reply => reply.Status == 201);
        Assert.All(replies.Where(reply => reply.Status != 201), reply => reply.Expect(Failures.IntentNotSucceeded));
        Assert.Single(await Admin.FindAsync(OfUser(human.Id)));
    }

    [Fact]
    public async Task A_token_that_is_not_the_logins_is_refused()
    {
        var (provider, subject) = await NewIdentityAsync();
        var human = await LinkedAsync(provider, subject);
        var (login, foreign) = (await Admin.LogInAtAsync(provider, subject), await Admin.LogInAtAsync(provider, subject));
        var flipped = (login.Token[0] == 'A' ? 'B' : 'A') + login.Token[1..];
        (string Token, Failure Failure)[] wrong =
        [
            (foreign.Token, Failures.IntentTokenWrong),
            (flipped, Failures.IntentTokenWrong),
            (login.Token[..40], Failures.IntentTokenMalformed),
            ("!" + login.Token[1..], Failures.IntentTokenNotEncoded),
        ];

        foreach (var (token, failure) in wrong)
        {
            (await Admin.UseAsync(human.Id, login with { Token = token })).Expect(failure);
            (await Admin.RetrieveAsync(login with { Token = token })).Expect(failure);
        }

        (await Admin.UseAsync(human.Id, login with { IntentId = "1" })).Expect(Failures.IntentTokenWrong);
        (await Admin.UseAsync(human.Id, login)).Expect(201);
    }

    [Fact]
    public async Task Without_pkce_and_with_claims_of_the_id_token_it_is_the_same()
    {
        var issuer = await upstream.IssuerAsync();
        var subject = await upstream.NewAccountAsync(Claims(Unique("minnie")));
        var provider = await Admin.AddProviderAsync(issuer, usePkce: false, isIdTokenMapping: true);

        var retrieved = (await Admin.RetrieveAsync(await Admin.LogInAtAsync(provider, subject))).Expect(200);

        Assert.Equal(subject, retrieved.Text("idpInformation.userId"));
        Assert.Equal(issuer, retrieved.Text("idpInformation.rawInformation.iss"));
        Assert.Equal("Mouse", retrieved.Text("addHumanUser.profile.familyName"));
    }

    [Fact]
    public async Task A_client_without_a_secret_is_protected_by_pkce()
    {
        var provider = await Admin.AddProviderAsync(
            await upstream.IssuerAsync(),
            clientId: OidcProviderProcess.PublicClientId,
            usePkce: false
        );
        var subject = await upstream.NewAccountAsync(Claims(Unique("minnie")));

        (await Admin.RetrieveAsync(await Admin.LogInAtAsync(provider, subject))).Expect(200);
    }

    [Fact]
    public async Task The_login_counts_as_an_authentication_method_while_there_is_a_link()
    {
        var (provider, subject) = await NewIdentityAsync();
        var human = await LinkedAsync(provider, subject);

        Assert.Contains("AUTHENTICATION_METHOD_TYPE_IDP", await MethodsAsync(human.Id));
        (await Admin.DeleteAsync($"/v2/users/{human.Id}/links/{provider}/{subject}")).Expect(200);
        Assert.DoesNotContain("AUTHENTICATION_METHOD_TYPE_IDP", await MethodsAsync(human.Id));
    }

    private async Task<(string Provider, string Subject)> NewIdentityAsync() =>
        (await Admin.AddProviderAsync(await upstream.IssuerAsync()), await upstream.NewAccountAsync(Claims(Unique("minnie"))));

    private async Task<Human> LinkedAsync(string provider, string subject)
    {
        var human = await Admin.NewHumanAsync();
        (await Admin.LinkAsync(human.Id, provider, subject)).Expect(200);
        return human;
    }

    private async Task<IReadOnlyList<string>> MethodsAsync(string humanId) =>
        [
            .. (await Admin.GetAsync($"/v2/users/{humanId}/authentication_methods"))
                .Expect(200)
                .Items("authMethodTypes")
                .Select(type => type.GetValue<string>()),
        ];
}

public sealed class LoggingInTestsOnSqlite(SqliteHost host, OidcProviderProcess upstream) : LoggingInTests(host, upstream);

public sealed class LoggingInTestsOnPostgreSql(PostgreSqlHost host, OidcProviderProcess upstream) : LoggingInTests(host, upstream);
