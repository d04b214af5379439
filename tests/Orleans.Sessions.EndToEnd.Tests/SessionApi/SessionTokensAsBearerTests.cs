namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>
/// A session token as a bearer token acts for the session's user: contract §5.5, with 401 for tokens that are no longer valid.
/// </summary>
public abstract class SessionTokensAsBearerTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task It_acts_as_the_user_once_a_factor_is_proved()
    {
        var human = await Admin.NewHumanAsync();
        var (session, other) = (await Admin.OpenAsync(human), await Admin.OpenAsync(human));

        var self = Admin.As(session.Token);

        (await self.ReadAsync(other)).Expect(200);
        Assert.Equal(human.Id, (await self.GetAsync($"/v2/users/{human.Id}")).Expect(200).Text("user.userId"));
        (await self.CreateSessionAsync(new { })).Expect(Failures.NoPermission);
        (await self.EndAsync(other)).Expect(200);
        (await self.EndAsync(session)).Expect(200);
    }

    [Fact]
    public async Task It_carries_the_roles_of_the_user()
    {
        var human = await Admin.NewHumanAsync();
        await Admin.GrantAsync(human.Id, new { instance = true }, "IAM_LOGIN_CLIENT");

        await Admin.As((await Admin.OpenAsync(human)).Token).OpenAsync();
    }

    [Fact]
    public async Task Without_a_factor_it_is_refused()
    {
        var human = await Admin.NewHumanAsync();
        var (empty, onlyUser) = (await Admin.OpenAsync(), await Admin.OpenAsync(new { checks = human.OnlyUser }));

        (await Admin.As(empty.Token).ReadAsync(empty)).Expect(Failures.BearerWithoutFactor);
        (await Admin.As(onlyUser.Token).ReadAsync(onlyUser)).Expect(Failures.BearerWithoutFactor);
    }

    [Fact]
    [Asvs("6.3.3")]
    public async Task A_user_with_a_second_factor_must_prove_two()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);
        var session = await Admin.OpenAsync(human);
        (await Admin.As(session.Token).ReadAsync(session)).Expect(Failures.BearerWithoutMfa);

        session = session.After(
            await Admin.SetAsync(session, new { checks = new { totp = new { code = TotpCode.Now(human.TotpSecret) } } })
        );

        (await Admin.As(session.Token).ReadAsync(session)).Expect(200);
    }

    [Fact]
    [Asvs("6.4.3")]
    public async Task A_password_that_was_reset_by_a_code_does_not_stand_in_for_the_second_factor()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);
        var path = $"/v2/users/{human.Id}/password";
        var verificationCode = (await Admin.PostAsync($"{path}_reset", new { returnCode = new { } })).Expect(200).Text("verificationCode");
        (await Admin.PostAsync(path, new { newPassword = new { password = "Another-Horse-8" }, verificationCode })).Expect(200);

        var session = await Admin.OpenAsync(human with { Password = "Another-Horse-8" });
        (await Admin.As(session.Token).ReadAsync(session)).Expect(Failures.BearerWithoutMfa);
        session = session.After(
            await Admin.SetAsync(session, new { checks = new { totp = new { code = TotpCode.Now(human.TotpSecret) } } })
        );
        (await Admin.As(session.Token).ReadAsync(session)).Expect(200);
    }

    [Fact]
    [Asvs("6.3.4")]
    public async Task A_second_factor_alone_is_only_one()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);
        var session = await Admin.OpenAsync(
            new { checks = new { user = new { userId = human.Id }, totp = new { code = TotpCode.Now(human.TotpSecret) } } }
        );

        (await Admin.As(session.Token).ReadAsync(session)).Expect(Failures.BearerWithoutMfa);
    }

    [Fact]
    public async Task A_stale_token_is_unauthenticated()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        (await Admin.SetAsync(session, new { metadata = Metadata(("a", "1")) })).Expect(200);

        (await Admin.As(session.Token).ReadAsync(session)).Expect(Failures.BearerStale);
    }

    [Fact]
    public async Task A_token_of_a_terminated_session_is_unauthenticated()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        (await Admin.EndAsync(session)).Expect(200);

        (await Admin.As(session.Token).ReadAsync(session)).Expect(Failures.BearerSessionGone);
    }

    [Fact]
    [Asvs("7.4.1")]
    public async Task A_token_of_an_expired_session_is_unauthenticated()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(new { checks = human.WithPassword, lifetime = "0.2s" });
        await Eventually.StatusAsync(400, () => Admin.SetAsync(session, new { }), TimeSpan.FromSeconds(5));

        (await Admin.As(session.Token).ReadAsync(session)).Expect(Failures.BearerExpired);
    }

    [Fact]
    [Asvs("7.4.1")]
    public async Task What_was_valid_a_moment_ago_is_refused_from_the_acknowledgement_on()
    {
        var human = await Admin.NewHumanAsync();
        var (rotated, ended, locked) = (await Admin.OpenAsync(human), await Admin.OpenAsync(human), await Admin.OpenAsync(human));
        foreach (var session in new[] { rotated, ended, locked })
        {
            (await Admin.As(session.Token).ReadAsync(session)).Expect(200);
        }

        (await Admin.SetAsync(rotated, new { metadata = Metadata(("a", "1")) })).Expect(200);
        (await Admin.As(rotated.Token).ReadAsync(rotated)).Expect(Failures.BearerStale);

        (await Admin.EndAsync(ended)).Expect(200);
        (await Admin.As(ended.Token).ReadAsync(ended)).Expect(Failures.BearerSessionGone);

        (await Admin.PostAsync($"/v2/users/{human.Id}/lock", new { })).Expect(200);
        (await Admin.As(locked.Token).ReadAsync(locked)).Expect(401);
    }

    [Theory]
    [InlineData("sess_")]
    [InlineData("sess_123")]
    [InlineData("sess__abc")]
    [InlineData("garbage")]
    [InlineData("a.b.c")]
    [InlineData("pat_x.y.z")]
    public async Task A_token_that_is_none_is_unauthenticated(string token)
    {
        (await Admin.As(token).GetAsync("/v2/sessions/1")).Expect(Failures.BadToken);
    }

    [Fact]
    [Asvs("7.2.1")]
    public async Task A_flipped_or_cut_token_is_unauthenticated()
    {
        var human = await Admin.NewHumanAsync();
        var token = (await Admin.OpenAsync(human)).Token;

        foreach (var wrong in new[] { token[..^1], token[..^5], token + "A", token[..^1] + (token[^1] == 'A' ? 'B' : 'A') })
        {
            var reply = (await Admin.As(wrong).GetAsync("/v2/sessions/1")).Expect(401);
            Assert.Equal(16, reply["code"]!.GetValue<int>());
        }
    }
}

public sealed class SessionTokensAsBearerTestsOnSqlite(SqliteHost host) : SessionTokensAsBearerTests(host);

public sealed class SessionTokensAsBearerTestsOnPostgreSql(PostgreSqlHost host) : SessionTokensAsBearerTests(host);
