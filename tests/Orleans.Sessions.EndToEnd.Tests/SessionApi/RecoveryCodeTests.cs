namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>Recovery codes: created once, shown once, each good for one check (contract §3.2, §11.3).</summary>
public abstract class RecoveryCodeTests(SharedHost host) : ContractTests(host)
{
    private static readonly Failure s_wrong = new(400, 3, "DOMAIN-6uvh0", "Invalid recovery code provided");
    private static readonly Failure s_none = new(400, 9, "COMMAND-84rgg", "Recovery codes are not ready for use");

    [Fact]
    [Asvs("6.5.1")]
    public async Task Each_code_is_a_factor_once()
    {
        var human = await Admin.NewHumanAsync();
        var codes = await GenerateAsync(human, 2);
        var session = await Admin.OpenAsync(human);

        session = session.After(await Admin.SetAsync(session, Code(codes[0])));
        Assert.True((await Admin.ReadAsync(session)).Expect(200).Has("session.factors.recoveryCode.verifiedAt"));
        (await Admin.SetAsync(session, Code(codes[0]))).Expect(s_wrong);
        (await Admin.SetAsync(session, Code(codes[1]))).Expect(200);

        (await Admin.SetAsync(session, Code(codes[1]))).Expect(s_none);
    }

    [Fact]
    [Asvs("6.5.2")]
    public async Task Codes_differ_are_hard_to_guess_and_may_be_typed_carelessly()
    {
        var human = await Admin.NewHumanAsync();
        var codes = await GenerateAsync(human, 10);
        Assert.Equal(10, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^([0-9A-HJKMNP-TV-Z]{6}-){3}[0-9A-HJKMNP-TV-Z]{6}$", code));
        var session = await Admin.OpenAsync(new { checks = human.OnlyUser });

        (await Admin.SetAsync(session, Code($" {codes[3].Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()} "))).Expect(200);
    }

    [Fact]
    public async Task Of_fifty_uses_at_once_one_succeeds()
    {
        var human = await Admin.NewHumanAsync();
        var code = (await GenerateAsync(human, 10))[0];
        var sessions = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Admin.OpenAsync(new { checks = human.OnlyUser })));

        var replies = await Task.WhenAll(sessions.Select(session => Admin.SetAsync(session, Code(code))));

        Assert.Equal(1, replies.Count(reply => reply.Status == 200));
    }

    [Fact]
    public async Task A_code_is_not_used_up_by_a_request_that_fails_otherwise()
    {
        var human = await Admin.NewHumanAsync();
        var code = (await GenerateAsync(human, 1))[0];
        var session = await Admin.OpenAsync(new { checks = human.OnlyUser });
        var tooMuch = Enumerable.Range(0, 101).ToDictionary(i => $"k{i}", _ => new byte[] { 1 });

        (await Admin.SetAsync(session, new { checks = new { recoveryCode = new { code } }, metadata = tooMuch })).Expect(
            Failures.TooMuchMetadata
        );

        (await Admin.SetAsync(session, Code(code))).Expect(200);
    }

    [Fact]
    public async Task A_session_without_a_user_or_a_user_without_codes_is_refused()
    {
        (await Admin.CreateSessionAsync(Code("x"))).Expect(new Failure(400, 3, "COMMAND-4m9s2", "User ID missing"));
        var human = await Admin.NewHumanAsync();
        (await Admin.SetAsync(await Admin.OpenAsync(human), Code("x"))).Expect(s_none);
    }

    [Fact]
    public async Task More_than_ten_codes_are_refused_and_removed_ones_are_worthless()
    {
        var human = await Admin.NewHumanAsync();
        var path = $"/v2/users/{human.Id}/recovery_codes";
        (await Admin.PostAsync(path, new { count = 0 })).Expect(new Failure(400, 3, "COMMAND-7c0nx", "Count must be 1 to 10"));
        (await Admin.PostAsync(path, new { count = 11 })).Expect(new Failure(400, 3, "COMMAND-7c0nx", "Count must be 1 to 10"));
        var codes = await GenerateAsync(human, 6);
        (await Admin.PostAsync(path, new { count = 5 })).Expect(
            new Failure(409, 6, "COMMAND-8f2k9", "A user can have at most 10 recovery codes")
        );
        Assert.Contains("AUTHENTICATION_METHOD_TYPE_RECOVERY_CODE", await MethodsAsync(human));

        (await Admin.DeleteAsync(path)).Expect(200);

        Assert.DoesNotContain("AUTHENTICATION_METHOD_TYPE_RECOVERY_CODE", await MethodsAsync(human));
        (await Admin.SetAsync(await Admin.OpenAsync(human), Code(codes[0]))).Expect(s_none);
        (await Admin.DeleteAsync(path)).Expect(s_none);
    }

    [Fact]
    public async Task Only_the_person_and_administrators_make_codes()
    {
        var (human, other) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        var stranger = Admin.As((await Admin.OpenAsync(other)).Token);

        (await stranger.PostAsync($"/v2/users/{human.Id}/recovery_codes", new { count = 1 })).Expect(Failures.NoPermission);
        (await stranger.PostAsync($"/v2/users/{other.Id}/recovery_codes", new { count = 1 })).Expect(200);
    }

    [Fact]
    public async Task Declining_a_second_factor_is_remembered()
    {
        var human = await Admin.NewHumanAsync();
        Assert.False((await Admin.GetAsync($"/v2/users/{human.Id}")).Expect(200).Has("user.human.mfaInitSkipped"));

        (await Admin.PostAsync($"/v2/users/{human.Id}/mfa_init_skipped", new { })).Expect(200);

        Assert.True((await Admin.GetAsync($"/v2/users/{human.Id}")).Expect(200).Has("user.human.mfaInitSkipped"));
        (await Admin.PostAsync("/v2/users/nobody/mfa_init_skipped", new { })).Expect(
            new Failure(404, 5, "COMMAND-auj6jeBei4", "User could not be found")
        );
    }

    private async Task<IReadOnlyList<string>> GenerateAsync(Human human, int count) =>
        [
            .. (await Admin.PostAsync($"/v2/users/{human.Id}/recovery_codes", new { count })).Expect(200)["recoveryCodes"]!
                .AsArray()
                .Select(code => code!.GetValue<string>()),
        ];

    private async Task<IReadOnlyList<string>> MethodsAsync(Human human) =>
        [
            .. (await Admin.GetAsync($"/v2/users/{human.Id}/authentication_methods")).Expect(200)["authMethodTypes"]!
                .AsArray()
                .Select(type => type!.GetValue<string>()),
        ];

    private static object Code(string code) => new { checks = new { recoveryCode = new { code } } };
}

public sealed class RecoveryCodeTestsOnSqlite(SqliteHost host) : RecoveryCodeTests(host);

public sealed class RecoveryCodeTestsOnPostgreSql(PostgreSqlHost host) : RecoveryCodeTests(host);
