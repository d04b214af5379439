namespace Orleans.Sessions.EndToEnd.Protocol;

/// <summary>Fields that break their rules, in the words that clients know: contract §1.4, §9.4.</summary>
public sealed class ValidationTests(SqliteHost host) : ContractTests(host)
{
    private const string Length = "value length must be between 1 and 200 runes, inclusive";

    private static string TooLong => new('x', 201);

    [Fact]
    public async Task A_user_to_check_must_be_named()
    {
        await CreateIsInvalidAsync(new { user = new { } }, "Checks.User", "CheckUser.Search: value is required");
        await CreateIsInvalidAsync(new { user = new { userId = "" } }, "Checks.User", $"CheckUser.UserId: {Length}");
        await CreateIsInvalidAsync(new { user = new { userId = TooLong } }, "Checks.User", $"CheckUser.UserId: {Length}");
        await CreateIsInvalidAsync(new { user = new { loginName = "" } }, "Checks.User", $"CheckUser.LoginName: {Length}");
        await CreateIsInvalidAsync(new { user = new { loginName = TooLong } }, "Checks.User", $"CheckUser.LoginName: {Length}");
    }

    [Fact]
    public async Task A_password_has_1_to_200_characters()
    {
        await CreateIsInvalidAsync(new { password = new { } }, "Checks.Password", $"CheckPassword.Password: {Length}");
        await CreateIsInvalidAsync(new { password = new { password = TooLong } }, "Checks.Password", $"CheckPassword.Password: {Length}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    public async Task A_totp_code_has_6_characters(string code) =>
        await CreateIsInvalidAsync(new { totp = new { code } }, "Checks.Totp", "CheckTOTP.Code: value length must be 6 runes");

    [Fact]
    public async Task Factors_to_come_are_validated_already()
    {
        await CreateIsInvalidAsync(new { otpSms = new { } }, "Checks.OtpSms", "CheckOTP.Code: value length must be at least 1 runes");
        await CreateIsInvalidAsync(
            new { webAuthN = new { } },
            "Checks.WebAuthN",
            "CheckWebAuthN.CredentialAssertionData: value is required"
        );
        await CreateIsInvalidAsync(
            new { idpIntent = new { idpIntentId = "1" } },
            "Checks.IdpIntent",
            $"CheckIDPIntent.IdpIntentToken: {Length}"
        );
        await CreateIsInvalidAsync(new { recoveryCode = new { } }, "Checks.RecoveryCode", $"CheckRecoveryCode.Code: {Length}");
    }

    [Fact]
    public async Task Only_the_first_violation_is_told()
    {
        await CreateIsInvalidAsync(
            new { password = new { password = "" }, user = new { userId = "" } },
            "Checks.User",
            $"CheckUser.UserId: {Length}"
        );
    }

    [Fact]
    public async Task Lengths_count_characters_and_not_bytes()
    {
        (
            await Admin.CreateSessionAsync(new { checks = new { user = new { loginName = string.Concat(Enumerable.Repeat("🔑", 200)) } } })
        ).Expect(Failures.NoSuchUser);
        await CreateIsInvalidAsync(
            new { user = new { loginName = string.Concat(Enumerable.Repeat("🔑", 201)) } },
            "Checks.User",
            $"CheckUser.LoginName: {Length}"
        );
    }

    [Fact]
    public async Task Ids_in_paths_have_1_to_200_characters()
    {
        (await Admin.GetAsync($"/v2/sessions/{TooLong}")).Expect(Failure.Invalid($"GetSessionRequest.SessionId: {Length}"));
        (await Admin.PatchAsync($"/v2/sessions/{TooLong}")).Expect(Failure.Invalid($"SetSessionRequest.SessionId: {Length}"));
        (await Admin.DeleteAsync($"/v2/sessions/{TooLong}")).Expect(Failure.Invalid($"DeleteSessionRequest.SessionId: {Length}"));
        (await Admin.GetAsync($"/v2/users/{TooLong}")).Expect(Failure.Invalid($"GetUserByIDRequest.UserId: {Length}"));
    }

    [Fact]
    public async Task A_session_token_in_the_query_has_1_to_500_characters()
    {
        var session = await Admin.OpenAsync();
        var expected = Failure.Invalid("GetSessionRequest.SessionToken: value length must be between 1 and 500 runes, inclusive");

        (await Admin.GetAsync($"{session.Path}?sessionToken=")).Expect(expected);
        (await Admin.ReadAsync(session, new string('x', 501))).Expect(expected);
        (await Admin.ReadAsync(session, new string('x', 500))).Expect(Failures.WrongTokenToRead);
    }

    [Fact]
    public async Task The_path_wins_over_the_body()
    {
        var (a, b) = (await Admin.OpenAsync(), await Admin.OpenAsync());

        (await Admin.PatchAsync(a.Path, new { sessionId = b.Id, metadata = Metadata(("k", "v")) })).Expect(200);

        Assert.True((await Admin.ReadAsync(a)).Expect(200).Has("session.metadata"));
        Assert.False((await Admin.ReadAsync(b)).Expect(200).Has("session.metadata"));
    }

    [Fact]
    public async Task Query_texts_have_at_most_200_characters()
    {
        (await Admin.SearchAsync(new { creatorQuery = new { id = TooLong } })).Expect(
            Failure.InvalidInside(
                "ListSessionsRequest.Queries[0]",
                "SearchQuery.CreatorQuery",
                "CreatorQuery.Id: value length must be at most 200 runes"
            )
        );
        (await Admin.SearchAsync(OfUser("1"), OfBrowser(TooLong))).Expect(
            Failure.InvalidInside(
                "ListSessionsRequest.Queries[1]",
                "SearchQuery.UserAgentQuery",
                "UserAgentQuery.FingerprintId: value length must be at most 200 runes"
            )
        );
    }

    private async Task CreateIsInvalidAsync(object checks, params string[] path)
    {
        (await Admin.CreateSessionAsync(new { checks })).Expect(Failure.InvalidInside(["CreateSessionRequest.Checks", .. path]));
        (await Admin.SetAsync(await Admin.OpenAsync(), new { checks })).Expect(
            Failure.InvalidInside(["SetSessionRequest.Checks", .. path])
        );
    }
}
