namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>The check of an authenticator app's code: contract §3.2, with replays refused.</summary>
public sealed class TotpCheckTests(SqliteHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_right_code_becomes_a_factor()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);
        var session = await Admin.OpenAsync(human);

        session = session.After(await Admin.SetAsync(session, Code(TotpCode.Now(human.TotpSecret))));

        Assert.Equal(6, session.Sequence);
        Assert.True((await Admin.ReadAsync(session)).Expect(200).Has("session.factors.totp.verifiedAt"));
    }

    [Fact]
    public async Task A_clock_that_is_a_step_ahead_is_tolerated()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);
        var session = await Admin.OpenAsync(new { checks = human.OnlyUser });

        (await Admin.SetAsync(session, Code(TotpCode.Next(human.TotpSecret)))).Expect(200);
    }

    [Fact]
    public async Task Wrong_and_outdated_codes_are_refused()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);
        var session = await Admin.OpenAsync(new { checks = human.OnlyUser });

        (await Admin.SetAsync(session, Code(TotpCode.Wrong(human.TotpSecret)))).Expect(Failures.WrongTotp);
        (await Admin.SetAsync(session, Code(TotpCode.Outdated(human.TotpSecret)))).Expect(Failures.WrongTotp);
        (await Admin.SetAsync(session, Code("abcdef"))).Expect(Failures.WrongTotp);
    }

    [Fact]
    [Asvs("6.5.1")]
    public async Task A_code_works_once()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);
        var (first, second) = (
            await Admin.OpenAsync(new { checks = human.OnlyUser }),
            await Admin.OpenAsync(new { checks = human.OnlyUser })
        );
        var code = Code(TotpCode.Now(human.TotpSecret));

        (await Admin.SetAsync(first, code)).Expect(200);

        (await Admin.SetAsync(first, code)).Expect(Failures.WrongTotp);
        (await Admin.SetAsync(second, code)).Expect(Failures.WrongTotp);
        (await Admin.SetAsync(second, Code(TotpCode.Next(human.TotpSecret)))).Expect(200);
    }

    [Fact]
    public async Task A_code_is_not_used_up_by_a_request_that_fails_otherwise()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);
        var session = await Admin.OpenAsync(new { checks = human.OnlyUser });
        var totp = new { code = TotpCode.Now(human.TotpSecret) };
        var tooMuch = Enumerable.Range(0, 101).ToDictionary(i => $"k{i}", _ => new byte[] { 1 });

        (await Admin.SetAsync(session, new { checks = new { totp }, metadata = tooMuch })).Expect(Failures.TooMuchMetadata);

        (await Admin.SetAsync(session, new { checks = new { totp } })).Expect(200);
    }

    [Fact]
    public async Task A_code_needs_a_user()
    {
        (await Admin.CreateSessionAsync(Code("123456"))).Expect(Failures.TotpWithoutUser);
        (await Admin.SetAsync(await Admin.OpenAsync(), Code("123456"))).Expect(Failures.TotpWithoutUser);
    }

    [Fact]
    public async Task A_code_needs_an_app_that_is_set_up_and_verified()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(new { checks = human.OnlyUser });
        (await Admin.SetAsync(session, Code("123456"))).Expect(Failures.TotpNotReady);

        var secret = (await Admin.PostAsync($"/v2/users/{human.Id}/totp")).Expect(200).Text("secret");
        (await Admin.SetAsync(session, Code(TotpCode.Now(secret)))).Expect(Failures.TotpNotReady);
    }

    private static object Code(string code) => new { checks = new { totp = new { code } } };
}
