using System.Collections.Immutable;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Oidc.Authorizations;
using Orleans.Sessions.Policies;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Tests.Logins;

/// <summary>What a session proves: the level of assurance, the methods and the time.</summary>
public sealed class AssuranceTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly UserIdentity s_user = new()
    {
        Id = "u",
        State = UserState.Active,
        Kind = UserKind.Human,
        OrganizationId = "o",
        LoginName = "u",
    };
    private static readonly SessionRecord s_session = new()
    {
        Id = "s",
        UserId = "u",
        UserCheckedAt = s_now,
    };
    private static readonly SessionRecord s_password = s_session.Proved(ProvedFactor.Password, s_now);

    private static readonly Dictionary<string, (SessionRecord Session, string Acr, string Amr)> s_logins = new()
    {
        ["password"] = (s_password, "aal1", "pwd"),
        ["password and app"] = (s_password.Proved(ProvedFactor.Totp, s_now), "aal2", "pwd otp mfa"),
        ["password and SMS"] = (s_password.Proved(ProvedFactor.OtpSms, s_now), "aal2", "pwd otp mfa"),
        ["password and recovery code"] = (s_password.Proved(ProvedFactor.RecoveryCode, s_now), "aal2", "pwd otp mfa"),
        ["password and e-mail"] = (s_password.Proved(ProvedFactor.OtpEmail, s_now), "aal1", "pwd otp"),
        ["two things possessed"] = (s_session.Proved(ProvedFactor.Totp, s_now).Proved(ProvedFactor.OtpSms, s_now), "aal1", "otp"),
        ["passkey"] = (s_session.Proved(ProvedFactor.WebAuthn, s_now, userVerified: true), "phr", "user mfa"),
        ["passkey in hardware"] = (
            s_session.Proved(ProvedFactor.WebAuthn, s_now, userVerified: true, inHardware: true),
            "aal3",
            "user hwk mfa"
        ),
        ["security key in hardware"] = (s_session.Proved(ProvedFactor.WebAuthn, s_now, inHardware: true), "aal1", "user"),
        ["password and security key in hardware"] = (
            s_password.Proved(ProvedFactor.WebAuthn, s_now, inHardware: true),
            "phr",
            "pwd user mfa"
        ),
        ["security key"] = (s_session.Proved(ProvedFactor.WebAuthn, s_now), "aal1", "user"),
        ["password and security key"] = (s_password.Proved(ProvedFactor.WebAuthn, s_now), "phr", "pwd user mfa"),
        ["provider"] = (s_session.Proved(ProvedFactor.Intent, s_now), "aal1", ""),
        ["provider and app"] = (s_session.Proved(ProvedFactor.Intent, s_now).Proved(ProvedFactor.Totp, s_now), "aal2", "otp mfa"),
    };

    public static TheoryData<string> Logins => [.. s_logins.Keys];

    [Theory]
    [Asvs("6.3.4", "6.8.4")]
    [MemberData(nameof(Logins))]
    public void A_login_has_the_level_and_the_methods_of_its_factors(string what)
    {
        var (session, acr, amr) = s_logins[what];
        var login = Assurance.Login(session, s_user);
        Assert.Equal((what, acr, amr), (what, login.Acr, string.Join(' ', login.Methods)));
        Assert.Equal(s_now, login.AuthenticatedAt);
    }

    [Fact]
    public void The_newest_proof_counts_and_a_password_that_was_changed_since_does_not()
    {
        var session = s_password
            .Proved(ProvedFactor.Password, s_now.AddHours(-1))
            .Proved(ProvedFactor.Totp, s_now)
            .Proved(ProvedFactor.RecoveryCode, s_now.AddHours(1));
        Assert.Equal(s_now, Assurance.Login(session, s_user).AuthenticatedAt);
        var changed = Assurance.Login(session, s_user with { PasswordChangedAt = s_now });
        Assert.Equal((AuthenticationContext.Aal1, "otp"), (changed.Acr, string.Join(' ', changed.Methods)));
        Assert.Null(Assurance.Login(s_session, s_user).AuthenticatedAt);
    }

    [Fact]
    public void A_demand_names_what_is_missing()
    {
        var old = s_password.Proved(ProvedFactor.Password, s_now.AddMinutes(-10));
        Assert.Equal(SessionErrors.LinkFactorMissing, Refusal(s_session));
        Assert.Null(Refusal(old));
        Assert.Equal(SessionErrors.LinkLoginWanted, Refusal(old, login: true));
        Assert.Equal(SessionErrors.LinkTooOld, Refusal(old, maxAge: 599));
        Assert.Null(Refusal(old, maxAge: 600));
        Assert.Null(Refusal(s_password, login: true, maxAge: 0));
        Assert.Null(Refusal(s_password.Proved(ProvedFactor.Password, s_now.AddMinutes(-5)), maxAge: 0, askedAt: s_now.AddHours(-1)));
        Assert.Equal(
            SessionErrors.LinkTooOld,
            Refusal(s_password.Proved(ProvedFactor.Password, s_now.AddMinutes(-6)), maxAge: 0, askedAt: s_now.AddHours(-1))
        );
        Assert.Equal(SessionErrors.LinkSecondFactorMissing, Refusal(old, acr: ["aal2", "phr"]));
        Assert.Equal(SessionErrors.LinkPasskeyMissing, Refusal(old, acr: ["phr"]));
        Assert.Null(Refusal(old, acr: ["phr", "aal1"]));
        Assert.Equal(SessionErrors.LinkHardwareKeyMissing, Refusal(old.Proved(ProvedFactor.WebAuthn, s_now, true), acr: ["aal3"]));
        Assert.Null(Refusal(old.Proved(ProvedFactor.WebAuthn, s_now, true, inHardware: true), acr: ["aal3"], minimum: "phr"));
        Assert.Equal(SessionErrors.LinkPasskeyMissing, Refusal(old.Proved(ProvedFactor.Totp, s_now), acr: ["aal2"], minimum: "phr"));
    }

    [Fact]
    public void A_policy_that_forces_a_second_factor_is_said_to_want_one()
    {
        Assert.Equal(SessionErrors.LinkPolicyWantsMore, Refusal(s_password, forceMfa: true));
        Assert.Null(Refusal(s_password.Proved(ProvedFactor.OtpEmail, s_now), forceMfa: true));
        Assert.Null(Refusal(s_session.Proved(ProvedFactor.WebAuthn, s_now, userVerified: true), forceMfa: true));
        Assert.Equal(SessionErrors.LinkFactorMissing, Refusal(s_session, forceMfa: true));
    }

    [Fact]
    public void A_login_at_a_provider_satisfies_that_policy_unless_it_is_for_such_logins_too()
    {
        var policy = new LoginPolicy { ForceMfa = true };
        var provider = s_session.Proved(ProvedFactor.Intent, s_now);
        Assert.Null(Refusal(provider, policy));
        Assert.Equal(SessionErrors.LinkPolicyWantsMore, Refusal(provider, policy with { ForceMfaForExternalLogins = true }));

        // Neither a person's own second factor nor a level that a request wants is satisfied by it.
        Assert.Equal(SessionErrors.LinkPolicyWantsMore, Refusal(provider, policy, user: s_user with { HasSecondFactor = true }));
        Assert.Equal(SessionErrors.LinkSecondFactorMissing, Refusal(provider, policy, Asked(acr: "aal2")));

        // A link that was removed since is no login at a provider any more.
        var removed = s_user with { Revocations = [new Revocation(ProvedFactor.Intent, s_now)] };
        Assert.Equal(SessionErrors.LinkPolicyWantsMore, Refusal(s_password.Proved(ProvedFactor.Intent, s_now), policy, user: removed));
    }

    [Fact]
    public void A_person_of_whom_nothing_is_proved_is_handed_over_only_where_that_is_allowed_and_nothing_is_asked()
    {
        var allowed = new LoginPolicy { AllowUnprovedLogins = true };
        var byFrontend = Asked() with { ByFrontend = true };
        Assert.Null(Refusal(s_session, allowed, byFrontend));

        Assert.Equal(SessionErrors.LinkFactorMissing, Refusal(s_session, new LoginPolicy(), byFrontend));
        foreach (
            var (session, policy, demand, user) in new[]
            {
                // Whoever holds the session's token has proved nothing.
                (s_session, allowed, Asked(), s_user),
                (s_session, allowed with { ForceMfa = true }, byFrontend, s_user),
                (s_session, allowed, byFrontend with { Login = true }, s_user),
                (s_session, allowed, byFrontend with { MaxAge = TimeSpan.FromDays(1) }, s_user),
                (s_session, allowed, byFrontend with { AcrValues = ["aal1"] }, s_user),
                (s_session, allowed, byFrontend with { MinimumAcr = "aal1" }, s_user),
                (s_session, allowed, byFrontend, s_user with { Kind = UserKind.Machine }),
                // What the session has proved is void, for example because a thief's password was replaced.
                (s_password, allowed, byFrontend, s_user with { PasswordChangedAt = s_now.AddSeconds(1) }),
            }
        )
        {
            Assert.Equal(SessionErrors.LinkFactorMissing, Refusal(session, policy, demand, user));
        }

        var login = Assurance.Login(s_session, s_user);
        Assert.Null(login.Acr);
        Assert.Null(login.AuthenticatedAt);
        Assert.Empty(login.Methods);
        Assert.True(ProofRules.IsUnproved(login.Proofs));
        Assert.False(ProofRules.IsUnproved(Assurance.Login(s_password, s_user).Proofs));
    }

    [Fact]
    public void The_rule_about_the_address_is_told_to_nobody_who_only_typed_a_name_and_holds_where_a_name_is_enough()
    {
        var policy = new LoginPolicy { RequireVerifiedEmail = true };
        var user = s_user with { IsEmailUnverified = true };
        Assert.Equal(SessionErrors.LinkFactorMissing, Refusal(s_session, policy, user: user));
        Assert.Equal(SessionErrors.LinkEmailUnverified, Refusal(s_password, policy, user: user));

        var allowed = policy with { AllowUnprovedLogins = true };
        var byFrontend = Asked() with { ByFrontend = true };
        Assert.Equal(SessionErrors.LinkEmailUnverified, Refusal(s_session, allowed, byFrontend, user));
        Assert.Equal(SessionErrors.LinkFactorMissing, Refusal(s_session, allowed, Asked(), user));
        Assert.Null(Refusal(s_session, allowed, byFrontend));
    }

    [Fact]
    public void A_hint_allows_nobody_else()
    {
        Assert.Equal(SessionErrors.LinkOtherUser, Refusal(s_password, hint: "somebody"));
        Assert.Null(Refusal(s_password, hint: s_user.Id));
    }

    [Theory]
    [InlineData("aal1", "aal1")]
    [InlineData("http://idmanagement.gov/ns/assurance/aal/2", "aal2")]
    [InlineData("phr", "phr")]
    [InlineData("AAL2", null)]
    [InlineData("aal3", "aal3")]
    [InlineData("http://idmanagement.gov/ns/assurance/aal/3", "aal3")]
    [InlineData("aal4", null)]
    public void Levels_are_known_by_their_names(string text, string? acr) => Assert.Equal(acr, AuthenticationContext.Normalize(text));

    private static Demand Asked(string? acr = null) => new(s_now, Login: false, MaxAge: null, acr is null ? [] : [acr], MinimumAcr: null);

    private static SessionError? Refusal(SessionRecord session, LoginPolicy policy, Demand? demand = null, UserIdentity? user = null) =>
        Assurance.Refusal(session, user ?? s_user, demand ?? Asked(), policy, s_now);

    private static SessionError? Refusal(
        SessionRecord session,
        bool login = false,
        int? maxAge = null,
        ImmutableArray<string>? acr = null,
        string? minimum = null,
        string? hint = null,
        bool forceMfa = false,
        DateTimeOffset? askedAt = null
    ) =>
        Assurance.Refusal(
            session,
            s_user,
            new Demand(askedAt ?? s_now, login, maxAge is { } seconds ? TimeSpan.FromSeconds(seconds) : null, acr ?? [], minimum, hint),
            new LoginPolicy { ForceMfa = forceMfa },
            s_now
        );
}
