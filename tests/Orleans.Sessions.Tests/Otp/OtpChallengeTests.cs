using System.Text.RegularExpressions;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Otp;

/// <summary>The challenges and checks of codes by SMS and e-mail: contract §3.2, §4.2, §4.3.</summary>
[Collection(nameof(StrictCluster))]
public sealed partial class OtpChallengeTests(StrictCluster cluster)
{
    private static readonly RequestedChallenges s_returnSms = new() { OtpSms = new RequestedOtpSms(ReturnCode: true) };
    private static readonly RequestedChallenges s_sendEmail = new() { OtpEmail = new RequestedOtpEmail(ReturnCode: false) };

    [Fact]
    [Asvs("6.5.4")]
    public async Task A_returned_code_proves_the_factor_once()
    {
        var session = await NewSessionAsync();
        var challenged = await SetAsync(session, challenges: s_returnSms);
        var code = challenged.Challenges!.OtpSms!;
        Assert.Matches(EightDigits(), code);
        Assert.Equal(6, challenged.Details.Sequence);

        await SetAsync(session, Sms(code));

        Assert.Equal(cluster.Clock.GetUtcNow(), cluster.Store.Session(session)!.ProvedAt(ProvedFactor.OtpSms));
        await FailsAsync(SessionErrors.OtpCodeMissing, () => SetAsync(session, Sms(code)));
    }

    [Fact]
    public async Task A_sent_code_is_in_the_outbox_and_nowhere_in_clear()
    {
        var session = await NewSessionAsync();

        var change = await SetAsync(session, challenges: s_sendEmail);

        Assert.Null(change.Challenges!.OtpEmail);
        var message = cluster.MessagesOf(cluster.Store.Session(session)!).Single();
        Assert.Equal(
            ("session.otp.email.challenged", cluster.Clock.GetUtcNow().AddMinutes(5)),
            (message.Stored.Kind, message.Stored.ExpiresAt)
        );
        var json = cluster.Store.SessionJson(session)!;
        Assert.DoesNotContain(message.Content.Code, json, StringComparison.Ordinal);
        Assert.DoesNotContain("example.com", json, StringComparison.Ordinal);
        await SetAsync(session, Email(message.Content.Code));
        Assert.NotNull(cluster.Store.Session(session)!.ProvedAt(ProvedFactor.OtpEmail));
        Assert.Null(cluster.Store.Session(session)!.Outbox);
    }

    [Fact]
    public async Task The_link_is_made_by_the_template_with_escaped_values()
    {
        var session = await NewSessionAsync();

        await SetAsync(
            session,
            challenges: Link(
                "https://login.example.com/otp?c={{.Code}}&u={{ .UserID }}&n={{.DisplayName}}&l={{.PreferredLanguage}}&s={{.SessionID}}"
            )
        );

        var (_, content) = cluster.MessagesOf(cluster.Store.Session(session)!).Single();
        Assert.Equal($"https://login.example.com/otp?c={content.Code}&u={content.User.Id}&n=Ada%20Lovelace&l=und&s={session}", content.Url);
    }

    [Theory]
    [InlineData("https://a.example/{{.Code", "DOMAIN-oGh5e")]
    [InlineData("https://a.example/{{}}", "DOMAIN-oGh5e")]
    [InlineData("https://a.example/{{Code}}", "DOMAIN-oGh5e")]
    [InlineData("https://a.example/{{.Code | urlquery}}", "DOMAIN-oGh5e")]
    [InlineData("https://a.example/{{.Secret}}", "DOMAIN-ieYa7")]
    [InlineData("https://a.example/{{.OrgID}}", "DOMAIN-ieYa7")]
    public async Task A_wrong_template_is_told_after_the_permission_and_before_anything_else(string template, string id)
    {
        var unknown = NewName("session");
        var create = new CreateSession
        {
            Caller = Caller.InCluster,
            Checks = new Checks { User = new UserCheck { UserId = "nobody" } },
            Challenges = Link(template),
        };
        Assert.Equal(id, (await ErrorOfAsync(() => cluster.Session(unknown).CreateAsync(create)))!.Id);
        Assert.Equal(id, (await ErrorOfAsync(() => SetAsync(unknown, challenges: Link(template))))!.Id);
        await FailsAsync(SessionErrors.PermissionMissing, () =>
            cluster.Session(unknown).CreateAsync(create with { Caller = CallerWith() })
        );
    }

    [Fact]
    [Asvs("6.6.1")]
    public async Task A_challenge_needs_a_user_with_the_factor()
    {
        var empty = NewName("session");
        await cluster.Session(empty).CreateAsync(new CreateSession { Caller = Caller.InCluster });
        await FailsAsync(SessionErrors.OtpSmsChallengeUserMissing, () => SetAsync(empty, challenges: s_returnSms));
        await FailsAsync(SessionErrors.OtpEmailChallengeUserMissing, () => SetAsync(empty, challenges: s_sendEmail));
        await FailsAsync(SessionErrors.OtpUserMissing, () => SetAsync(empty, Sms("12345678")));

        var bare = await cluster.NewSessionAsync(await cluster.NewHumanAsync());
        await FailsAsync(SessionErrors.OtpSmsChallengeNotReady, () => SetAsync(bare, challenges: s_returnSms));
        await FailsAsync(SessionErrors.OtpEmailChallengeNotReady, () => SetAsync(bare, challenges: s_sendEmail));
        await FailsAsync(SessionErrors.OtpNotReady, () => SetAsync(bare, Email("12345678")));

        var ready = await NewSessionAsync();
        await FailsAsync(SessionErrors.OtpCodeMissing, () => SetAsync(ready, Sms("12345678")));
        await FailsAsync(SessionErrors.OtpCodeEmpty, () => SetAsync(ready, Sms("")));
    }

    [Fact]
    [Asvs("6.5.5")]
    public async Task A_code_survives_a_wrong_attempt_and_is_void_after_five_minutes()
    {
        var session = await NewSessionAsync();
        var code = await CodeAsync(session);
        await FailsAsync(SessionErrors.CodeInvalid, () => SetAsync(session, Sms("wrong")));
        await SetAsync(session, Sms(code));

        code = await CodeAsync(session);
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        await FailsAsync(SessionErrors.CodeExpired, () => SetAsync(session, Sms(code)));
    }

    [Fact]
    [Asvs("6.6.2")]
    public async Task A_code_holds_for_its_session_and_until_the_next_one()
    {
        var user = await NewUserAsync();
        var (one, other) = (await cluster.NewSessionAsync(user), await cluster.NewSessionAsync(user));
        var first = await CodeAsync(one);
        await CodeAsync(other);
        await FailsAsync(SessionErrors.CodeInvalid, () => SetAsync(other, Sms(first)));

        var second = await CodeAsync(one);
        await FailsAsync(SessionErrors.CodeInvalid, () => SetAsync(one, Sms(first)));
        await SetAsync(one, Sms(second));
    }

    [Fact]
    [Asvs("6.6.3")]
    public async Task Wrong_and_expired_codes_block_their_kind_at_the_limit()
    {
        var user = await NewUserAsync();
        var session = await cluster.NewSessionAsync(user);
        var code = await CodeAsync(session);
        await FailsAsync(SessionErrors.CodeInvalid, () => SetAsync(session, Sms("00000000x")));
        await FailsAsync(SessionErrors.CodeInvalid, () => SetAsync(session, Sms("00000000x")));
        cluster.Clock.Advance(TimeSpan.FromMinutes(6));

        await FailsAsync(SessionErrors.CodeExpired, () => SetAsync(session, Sms(code)));

        var stored = cluster.Store.User(user)!;
        Assert.Equal(
            (UserState.Active, 3, null),
            (stored.State, stored.GuessesOf(ProvedFactor.OtpSms)!.Sources.Single().Count, stored.GuessesOf(ProvedFactor.OtpEmail))
        );
        await FailsAsync(SessionErrors.OtpUserLocked, async () => await SetAsync(session, Sms(await CodeAsync(session))));
    }

    [Fact]
    public async Task A_right_code_forgets_wrong_ones_of_its_kind()
    {
        var user = await NewUserAsync();
        var session = await cluster.NewSessionAsync(user);
        var code = await CodeAsync(session);
        await FailsAsync(SessionErrors.CodeInvalid, () => SetAsync(session, Sms("x")));
        await FailsAsync(SessionErrors.CodeInvalid, () => SetAsync(session, Sms("x")));

        await SetAsync(session, Sms(code));

        Assert.Null(cluster.Store.User(user)!.GuessesOf(ProvedFactor.OtpSms));
    }

    [Fact]
    public async Task A_request_that_fails_later_uses_no_code_up()
    {
        var session = await NewSessionAsync();
        var code = await CodeAsync(session);
        var both = Sms(code) with { OtpEmail = "12345678" };
        await FailsAsync(SessionErrors.OtpCodeMissing, () => SetAsync(session, both));

        await SetAsync(session, Sms(code));
    }

    [Fact]
    public async Task A_check_does_not_see_a_challenge_of_its_own_request()
    {
        var session = await NewSessionAsync();
        await FailsAsync(SessionErrors.OtpCodeMissing, () => SetAsync(session, Sms("12345678"), s_returnSms));
        var code = await CodeAsync(session);

        var change = await SetAsync(session, Sms(code), s_returnSms);

        Assert.NotEqual(code, change.Challenges!.OtpSms);
        await SetAsync(session, Sms(change.Challenges.OtpSms!));
    }

    [Fact]
    [Asvs("6.5.1")]
    public async Task Of_fifty_uses_at_once_one_wins()
    {
        var session = await NewSessionAsync();
        var code = await CodeAsync(session);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ErrorOfAsync(() => SetAsync(session, Sms(code)))));

        Assert.Single(outcomes, error => error is null);
        Assert.All(outcomes.Where(error => error is not null), error => Assert.Equal(SessionErrors.OtpCodeMissing, error));
    }

    [Fact]
    public async Task A_session_gets_two_messages_within_the_cool_down()
    {
        var session = await NewSessionAsync();
        await SetAsync(session, challenges: s_sendEmail);
        cluster.Clock.Advance(TimeSpan.FromSeconds(10));
        await SetAsync(session, challenges: s_sendEmail);

        var refused = await FailsAsync(SessionErrors.CodesTooOften, () => SetAsync(session, challenges: s_sendEmail));

        Assert.Equal(TimeSpan.FromSeconds(20), refused.RetryAfter);
        await SetAsync(session, challenges: new RequestedChallenges { OtpEmail = new RequestedOtpEmail(ReturnCode: true) });
        cluster.Clock.Advance(TimeSpan.FromSeconds(20));
        await SetAsync(session, challenges: s_sendEmail);
    }

    [Fact]
    public async Task A_user_gets_ten_messages_within_the_cool_down_whatever_the_session()
    {
        var user = await NewUserAsync();
        for (var sent = 0; sent < 10; sent++)
        {
            await SetAsync(await cluster.NewSessionAsync(user), challenges: s_sendEmail);
        }

        var session = await cluster.NewSessionAsync(user);
        var refused = await FailsAsync(SessionErrors.CodesTooOften, () => SetAsync(session, challenges: s_sendEmail));
        Assert.Equal(TimeSpan.FromSeconds(30), refused.RetryAfter);
        Assert.Null(cluster.Store.Session(session)!.OtpEmailChallenge);
        await SetAsync(session, challenges: new RequestedChallenges { OtpSms = new RequestedOtpSms(ReturnCode: false) });
    }

    [Fact]
    [Asvs("6.5.3")]
    public async Task Digits_are_all_equally_likely()
    {
        var session = await NewSessionAsync();
        var digits = new int[10];
        for (var i = 0; i < 100; i++)
        {
            foreach (var digit in await CodeAsync(session))
            {
                digits[digit - '0']++;
            }
        }

        // There are 800 digits. A fair generator gives fewer than 35 of one digit less than once in millions of runs. A digit that is never
        // generated fails every run.
        Assert.All(digits, count => Assert.InRange(count, 35, 140));
    }

    [Fact]
    public async Task The_factor_counts_for_the_session_token()
    {
        var user = await NewUserAsync();
        var session = NewName("session");
        var created = await cluster
            .Session(session)
            .CreateAsync(
                new CreateSession
                {
                    Caller = Caller.InCluster,
                    Checks = new Checks
                    {
                        User = new UserCheck { UserId = user },
                        Password = Password,
                    },
                }
            );
        await FailsAsync(SessionErrors.BearerMfaMissing, () => cluster.Session(session).AuthenticateAsync(created.Token!));
        var change = await SetAsync(session, Sms(await CodeAsync(session)));
        Assert.Equal(2, (await cluster.Session(session).AuthenticateAsync(change.Token!)).Factors);
    }

    private static RequestedChallenges Link(string template) => new() { OtpEmail = new RequestedOtpEmail(ReturnCode: false, template) };

    private static Checks Sms(string code) => new() { OtpSms = code };

    private static Checks Email(string code) => new() { OtpEmail = code };

    private Task<SessionChange> SetAsync(string session, Checks? checks = null, RequestedChallenges? challenges = null) =>
        cluster
            .Session(session)
            .SetAsync(
                new SetSession
                {
                    Caller = Caller.InCluster,
                    Checks = checks ?? Checks.None,
                    Challenges = challenges ?? RequestedChallenges.None,
                }
            );

    private async Task<string> CodeAsync(string session) => (await SetAsync(session, challenges: s_returnSms)).Challenges!.OtpSms!;

    private async Task<string> NewSessionAsync() => await cluster.NewSessionAsync(await NewUserAsync());

    private async Task<string> NewUserAsync()
    {
        var id = await cluster.NewHumanAsync(human => human with { Phone = new PhoneNumber("+41791234567", IsVerified: true) });
        await cluster.User(id).AddOtpAsync(Caller.InCluster, OtpChannel.Sms);
        await cluster.User(id).AddOtpAsync(Caller.InCluster, OtpChannel.Email);
        return id;
    }

    [GeneratedRegex("^[0-9]{8}$")]
    private static partial Regex EightDigits();
}
