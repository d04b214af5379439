using Microsoft.Extensions.Options;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Tests.Sessions;

/// <summary>When a login depends on a password that may only be used to choose another one.</summary>
public sealed class OutdatedPasswordTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [Asvs("6.2.10")]
    [InlineData(0, false, 100_000, false)]
    [InlineData(0, true, 0, true)]
    [InlineData(90, false, 89, false)]
    [InlineData(90, false, 90, true)]
    [InlineData(90, true, 1, true)]
    public void A_password_is_outdated_when_it_is_old_or_was_set_to_be_changed(
        int maxAgeDays,
        bool changeRequired,
        int ageDays,
        bool outdated
    )
    {
        var user = User(maxAgeDays, changeRequired, s_now.AddDays(-ageDays));
        Assert.Equal(outdated, SessionRules.MustChangePassword(Session(), user, new LoginPolicy(), s_now));
    }

    [Fact]
    public void What_makes_a_login_without_the_password_still_does()
    {
        var user = User(0, changeRequired: true, s_now);
        var policy = new LoginPolicy();
        Assert.False(SessionRules.MustChangePassword(ProofRules.Without(Session(), ProvedFactor.Password), user, policy, s_now));
        Assert.False(SessionRules.MustChangePassword(Session().Proved(ProvedFactor.Intent, s_now), user, policy, s_now));
        Assert.False(
            SessionRules.MustChangePassword(Session().Proved(ProvedFactor.WebAuthn, s_now, userVerified: true), user, policy, s_now)
        );
        Assert.True(
            SessionRules.MustChangePassword(Session().Proved(ProvedFactor.Totp, s_now), user with { HasSecondFactor = true }, policy, s_now)
        );
        var forced = policy with { ForceMfa = true };
        Assert.False(SessionRules.MustChangePassword(Session().Proved(ProvedFactor.Intent, s_now), user, forced, s_now));
        Assert.True(
            SessionRules.MustChangePassword(
                Session().Proved(ProvedFactor.Intent, s_now),
                user,
                forced with
                {
                    ForceMfaForExternalLogins = true,
                },
                s_now
            )
        );
    }

    private static SessionRecord Session() =>
        new()
        {
            Id = "1",
            CreatedAt = s_now,
            ChangedAt = s_now,
            UserId = "minnie",
            UserCheckedAt = s_now,
            Proofs = [new Proof(ProvedFactor.Password, s_now)],
        };

    private static UserIdentity User(int maxAgeDays, bool changeRequired, DateTimeOffset changedAt) =>
        UserRules.Identity(
            new UserRecord
            {
                Id = "minnie",
                Kind = UserKind.Human,
                Password = new StoredPassword("hash", changedAt, changeRequired),
            },
            new PasswordPolicy(Options.Create(new PasswordPolicyOptions { MaxAgeDays = maxAgeDays }))
        );
}
