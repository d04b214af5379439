using System.Collections.Immutable;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Users;
using Method = Orleans.Sessions.AuthenticationMethod;

namespace Orleans.Sessions.Tests.Logins;

/// <summary>What a login page is told of a session that is not enough.</summary>
public sealed class EvaluationTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly UserIdentity s_user = new()
    {
        Id = "u",
        State = UserState.Active,
        Kind = UserKind.Human,
        OrganizationId = "o",
        LoginName = "minnie",
    };
    private static readonly SessionRecord s_named = new()
    {
        Id = "s",
        UserId = "u",
        UserCheckedAt = s_now,
    };
    private static readonly LoginDemand s_aal2 = new() { MinimumAcr = AuthenticationContext.Aal2 };

    [Fact]
    public void A_session_that_is_enough_needs_nothing()
    {
        var verdict = Judge(With(Method.Password), new LoginDemand(), Method.Password, Method.Totp);
        Assert.Null(verdict.Refusal);
        Assert.Equal("aal1 aal1 pwd", $"{verdict.RequiredAcr} {verdict.Acr} {verdict.Amr.Single()}");
        Assert.Equal(s_now, verdict.AuthenticatedAt);
        Assert.Equal("", Names(verdict.Next) + Names(verdict.Enrolments));
        Assert.Empty(verdict.Ways);
    }

    [Fact]
    public void Every_shortest_way_is_told()
    {
        var verdict = Judge(s_named, s_aal2, Method.Password, Method.Passkey, Method.Totp, Method.OtpEmail);
        Assert.Equal(SessionErrors.LinkFactorMissing, verdict.Refusal);
        Assert.Equal("aal2", verdict.RequiredAcr);
        Assert.Null(verdict.Acr);
        Assert.Equal(["Passkey", "Password+Totp"], Ways(verdict));
        Assert.Equal("Password Passkey Totp", Names(verdict.Next));
        Assert.Empty(verdict.Enrolments);
    }

    [Fact]
    public void Codes_by_e_mail_lead_nowhere_and_a_method_to_set_up_is_named_instead()
    {
        var verdict = Judge(With(Method.Password, Method.OtpEmail), s_aal2, Method.Password, Method.OtpEmail);
        Assert.Equal(SessionErrors.LinkSecondFactorMissing, verdict.Refusal);
        Assert.Empty(verdict.Ways);
        Assert.Empty(verdict.Next);
        Assert.Equal("Passkey Totp U2F OtpSms", Names(verdict.Enrolments));
    }

    [Fact]
    public void A_method_that_the_settings_forbid_is_not_offered()
    {
        var policy = new LoginPolicy { AllowPasskeys = false, SecondFactors = [FactorKind.Totp] };
        var verdict = Judge(With(Method.Password), s_aal2, policy, Method.Password, Method.Passkey, Method.OtpSms);
        Assert.Empty(verdict.Ways);
        Assert.Equal("Totp", Names(verdict.Enrolments));
    }

    [Fact]
    public void A_login_that_is_too_old_is_renewed_by_any_method()
    {
        var demand = new LoginDemand { MaxAge = TimeSpan.FromMinutes(1), AskedAt = s_now };
        var old = MethodRules.With(s_named, Method.Password, s_now.AddMinutes(-10));
        var verdict = Judge(old, demand, Method.Password, Method.Totp);
        Assert.Equal(SessionErrors.LinkTooOld, verdict.Refusal);
        Assert.Equal(["Password", "Totp"], Ways(verdict));
    }

    [Fact]
    public void Checks_that_are_older_than_the_settings_accept_do_not_count_if_that_is_asked_for()
    {
        var policy = new LoginPolicy { SecondFactorCheckLifetime = TimeSpan.FromHours(1), PasswordCheckLifetime = TimeSpan.Zero };
        var session = MethodRules.With(MethodRules.With(s_named, Method.Password, s_now.AddDays(-30)), Method.Totp, s_now.AddHours(-2));
        Assert.Null(Judge(session, s_aal2, policy, Method.Password, Method.Totp).Refusal);

        var verdict = Judge(session, s_aal2 with { ChecksLifetimes = true }, policy, Method.Password, Method.Totp);
        Assert.Equal(SessionErrors.LinkSecondFactorMissing, verdict.Refusal);
        Assert.Equal("Totp", Names(verdict.Stale));
        Assert.Equal(["Totp"], Ways(verdict));
    }

    [Fact]
    public void Methods_that_were_asked_for_must_all_be_proved()
    {
        var demand = new LoginDemand { Methods = [Method.Password, Method.Totp] };
        var verdict = Judge(With(Method.Password, Method.OtpSms), demand, Method.Password, Method.Totp, Method.OtpSms);
        Assert.Equal(SessionErrors.LinkMethodMissing, verdict.Refusal);
        Assert.Equal(["Totp"], Ways(verdict));
    }

    [Fact]
    public void Whoever_only_knows_a_name_learns_nothing_of_the_person_if_the_settings_say_so()
    {
        var policy = new LoginPolicy { IgnoreUnknownUserNames = true, AllowExternalProviders = false };
        var verdict = Judge(s_named, s_aal2, policy, Method.Password, Method.Totp, Method.U2F);
        Assert.Equal("Password Passkey", Names(verdict.Next));
        Assert.Empty(verdict.Ways);
        Assert.Empty(verdict.Enrolments);

        // A person who has proved a factor is not a stranger.
        Assert.Equal(["Totp", "U2F"], Ways(Judge(With(Method.Password), s_aal2, policy, Method.Password, Method.Totp, Method.U2F)));
    }

    [Fact]
    public void An_address_that_is_not_verified_is_told_if_the_settings_ask_for_one()
    {
        var policy = new LoginPolicy { RequireVerifiedEmail = true };
        var user = s_user with { IsEmailUnverified = true };
        Assert.Equal(
            SessionErrors.LinkEmailUnverified,
            new Evaluation(user, new LoginDemand(), policy, s_now).Judge(With(Method.Password), [Method.Password]).Refusal
        );
        Assert.Null(Judge(With(Method.Password), new LoginDemand(), policy, Method.Password).Refusal);
    }

    [Fact]
    public void Who_has_proved_nothing_is_told_the_ways_to_a_proof_and_nothing_of_the_address()
    {
        var policy = new LoginPolicy { RequireVerifiedEmail = true };
        foreach (var user in new[] { s_user, s_user with { IsEmailUnverified = true } })
        {
            var verdict = new Evaluation(user, s_aal2, policy, s_now).Judge(s_named, [Method.Password, Method.Passkey, Method.Totp]);
            Assert.Equal(SessionErrors.LinkFactorMissing, verdict.Refusal);
            Assert.Equal(["Passkey", "Password+Totp"], Ways(verdict));
        }
    }

    [Fact]
    public void A_name_is_enough_for_a_login_frontend_where_that_is_allowed()
    {
        var policy = new LoginPolicy { AllowUnprovedLogins = true };
        Assert.Equal(SessionErrors.LinkFactorMissing, Judge(s_named, new LoginDemand(), policy, Method.Password).Refusal);
        Assert.Null(new Evaluation(s_user, new LoginDemand(), policy, s_now, isByFrontend: true).Judge(s_named, [Method.Password]).Refusal);

        // What was proved is void by now, so the login is refused.
        var changed = s_user with { PasswordChangedAt = s_now.AddSeconds(1) };
        var verdict = new Evaluation(changed, new LoginDemand(), policy, s_now, isByFrontend: true).Judge(With(Method.Password), []);
        Assert.Equal(SessionErrors.LinkFactorMissing, verdict.Refusal);
    }

    private static LoginVerdict Judge(SessionRecord session, LoginDemand demand, params ImmutableArray<AuthenticationMethod> ready) =>
        Judge(session, demand, new LoginPolicy(), ready);

    private static LoginVerdict Judge(
        SessionRecord session,
        LoginDemand demand,
        LoginPolicy policy,
        params ImmutableArray<AuthenticationMethod> ready
    ) => new Evaluation(s_user, demand, policy, s_now).Judge(session, ready);

    private static SessionRecord With(params AuthenticationMethod[] methods) =>
        methods.Aggregate(s_named, (session, method) => MethodRules.With(session, method, s_now));

    private static string Names(ImmutableArray<AuthenticationMethod> methods) => string.Join(' ', methods);

    private static IEnumerable<string> Ways(LoginVerdict verdict) => verdict.Ways.Select(way => string.Join('+', way.Methods));
}
