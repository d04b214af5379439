using Orleans.Sessions.Audit;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Totp;
using Orleans.Sessions.Users;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Tests.Audit;

/// <summary>The events for changes of a user: each kind of change alone, for any caller and any call.</summary>
public sealed class UserTrailTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly UserRecord s_user = new()
    {
        Id = "u",
        OrganizationId = "o",
        State = UserState.Active,
        Kind = UserKind.Human,
        UserName = "ada",
        Email = new EmailAddress("ada@example.com", IsVerified: true),
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_is_told_by_its_kind_and_no_other(string what)
    {
        var (_, before, after, kinds, detail) = All().Single(change => change.What == what);
        var events = UserTrail.Of(new("u-u", before, after, Reason: null), new LockoutOptions()).ToList();

        Assert.Equal(
            (what, string.Join(' ', kinds.Select(kind => kind.Name))),
            (what, string.Join(' ', events.Select(one => one.Kind.Name)))
        );
        Assert.All(events, one => Assert.Equal(("user", "u", "o"), (one.TargetKind, one.TargetId, one.OrganizationId)));
        if (detail is not null)
        {
            Assert.Equal(detail, events[0].Detail ?? events[0].Reason);
        }
    }

    public static TheoryData<string> Changes => [.. All().Select(change => change.What)];

    private static List<Change> All()
    {
        var changes = new List<Change>();
        Both(
            "locked by failures",
            user => user,
            user => (user with { State = UserState.Locked }).Guessed(ProvedFactor.Password, Guesses(10)),
            [AuditKinds.UserLocked],
            [AuditKinds.UserUnlocked],
            "failures"
        );
        Both(
            "deactivated",
            user => user,
            user => user with { State = UserState.Inactive },
            [AuditKinds.UserDeactivated],
            [AuditKinds.UserReactivated]
        );
        One(
            "deleted",
            s_user with
            {
                Password = Password(1),
                Totp = new StoredTotp([1], IsReady: true),
            },
            UserRules.Tombstone(s_user),
            AuditKinds.UserDeleted
        );
        Add("renamed", s_user, s_user with { UserName = "lovelace" }, [AuditKinds.UserRenamed], "\"ada\" to \"lovelace\"");
        Add(
            "renamed to deceive",
            s_user,
            s_user with
            {
                UserName = "b\" to \"c",
            },
            [AuditKinds.UserRenamed],
            "\"ada\" to \"b\"\" to \"\"c\""
        );
        Add(
            "renamed at length",
            s_user with
            {
                UserName = new string('a', 200),
            },
            s_user with
            {
                UserName = new string('b', 200),
            },
            [AuditKinds.UserRenamed],
            $"\"{new string('a', 120)}…\" to \"{new string('b', 120)}…\""
        );
        One(
            "other e-mail",
            s_user,
            s_user with
            {
                Email = new EmailAddress("other@example.com", IsVerified: false),
            },
            AuditKinds.EmailChanged
        );
        One(
            "e-mail proved",
            s_user with
            {
                Email = new EmailAddress("ada@example.com", IsVerified: false),
            },
            s_user,
            AuditKinds.EmailVerified
        );
        One(
            "other e-mail, said to be proved",
            s_user,
            s_user with
            {
                Email = new EmailAddress("other@example.com", IsVerified: true),
            },
            AuditKinds.EmailChanged,
            AuditKinds.EmailVerified
        );
        Both(
            "phone",
            user => user,
            user => user with { Phone = new PhoneNumber("+491", IsVerified: false) },
            [AuditKinds.PhoneChanged],
            [AuditKinds.PhoneRemoved]
        );
        One(
            "phone proved",
            s_user with
            {
                Phone = new PhoneNumber("+491", IsVerified: false),
            },
            s_user with
            {
                Phone = new PhoneNumber("+491", IsVerified: true),
            },
            AuditKinds.PhoneVerified
        );
        One("first password", s_user, s_user with { Password = Password(1) }, AuditKinds.PasswordSet);
        One("other password", s_user with { Password = Password(1) }, s_user with { Password = Password(2) }, AuditKinds.PasswordChanged);
        Add(
            "password reset",
            s_user with
            {
                Password = Password(1),
            },
            UserRules.EndSessions(s_user with { Password = Password(2) }, SessionEndReason.PasswordReset),
            [AuditKinds.PasswordChanged],
            "reset"
        );
        One(
            "same password, other hash",
            s_user with
            {
                Password = Password(1),
            },
            s_user with
            {
                Password = Password(1) with { Hash = "other" },
            }
        );
        One("failures only", s_user, s_user.Guessed(ProvedFactor.Password, Guesses(3)).Guessed(ProvedFactor.Totp, Guesses(2)));
        One(
            "blocked",
            s_user.Guessed(ProvedFactor.Password, Guesses(9)).Guessed(ProvedFactor.Totp, Guesses(30)),
            s_user.Guessed(ProvedFactor.Password, Guesses(10)).Guessed(ProvedFactor.Totp, Guesses(30)),
            AuditKinds.FactorBlocked
        );
        Add(
            "blocked for strangers",
            s_user.Guessed(ProvedFactor.Totp, Guesses(1, 49)),
            s_user.Guessed(ProvedFactor.Totp, Guesses(2, 49)),
            [AuditKinds.FactorBlocked],
            "totp"
        );
        One("right after failures", s_user.Guessed(ProvedFactor.Password, Guesses(3)), s_user);
        Add(
            "blocks lifted",
            s_user.Guessed(ProvedFactor.Password, Guesses(30)),
            UserRules.Activate((s_user with { Sequence = 1 }).Guessed(ProvedFactor.Password, Guesses(30))),
            [AuditKinds.UserUnlocked],
            "blocks"
        );
        Both(
            "app",
            user => user,
            user => user with { Totp = new StoredTotp([1], IsReady: true) },
            [AuditKinds.FactorAdded],
            [AuditKinds.FactorRemoved],
            "totp"
        );
        One("app that is not ready", s_user, s_user with { Totp = new StoredTotp([1], IsReady: false) });
        One(
            "app used",
            s_user with
            {
                Totp = new StoredTotp([1], IsReady: true),
            },
            s_user with
            {
                Totp = new StoredTotp([1], IsReady: true, LastStep: 9),
            }
        );
        Both(
            "codes by SMS",
            user => user,
            user => user with { OtpSmsAddedAt = s_now },
            [AuditKinds.FactorAdded],
            [AuditKinds.FactorRemoved],
            "otp_sms"
        );
        Both(
            "codes by e-mail",
            user => user,
            user => user with { OtpEmailAddedAt = s_now },
            [AuditKinds.FactorAdded],
            [AuditKinds.FactorRemoved],
            "otp_email"
        );
        Both(
            "passkey",
            user => user,
            user => user with { WebAuthnKeys = [Key(WebAuthnKind.Passkey)] },
            [AuditKinds.FactorAdded],
            [AuditKinds.FactorRemoved],
            "passkey key-1"
        );
        Both(
            "security key",
            user => user,
            user => user with { WebAuthnKeys = [Key(WebAuthnKind.U2F)] },
            [AuditKinds.FactorAdded],
            [AuditKinds.FactorRemoved],
            "security_key key-1"
        );
        Both(
            "recovery codes",
            user => user,
            user => user with { RecoveryCodes = [new([1]), new([2])] },
            [AuditKinds.FactorAdded],
            [AuditKinds.FactorRemoved],
            "recovery_codes"
        );
        One("recovery code used", s_user with { RecoveryCodes = [new([1]), new([2])] }, s_user with { RecoveryCodes = [new([2])] });
        One(
            "other recovery codes",
            s_user with
            {
                RecoveryCodes = [new([1])],
            },
            s_user with
            {
                RecoveryCodes = [new([3]), new([4])],
            },
            AuditKinds.FactorAdded
        );
        Both(
            "link",
            user => user,
            user => user with { Links = [new IdentityLink("google", "1", "ada")] },
            [AuditKinds.LinkAdded],
            [AuditKinds.LinkRemoved],
            "google"
        );
        One("code for an address", s_user, s_user with { EmailCode = Code(1) }, AuditKinds.CodeIssued);
        One("code tried", s_user with { EmailCode = Code(1) }, s_user with { EmailCode = Code(1) with { Failures = 1 } });
        Add(
            "code that resets",
            s_user with
            {
                PasswordCode = Code(1),
            },
            s_user with
            {
                PasswordCode = Code(2),
            },
            [AuditKinds.CodeIssued],
            "password"
        );
        Add(
            "code for a passkey",
            s_user,
            s_user with
            {
                PasskeyCodes = [new StoredPasskeyCode("c", [1], s_now)],
            },
            [AuditKinds.CodeIssued],
            "passkey"
        );
        Both(
            "token",
            user => user,
            user => user with { AccessTokens = [new StoredAccessToken("t", [1], s_now, null)] },
            [AuditKinds.AccessTokenAdded],
            [AuditKinds.AccessTokenRemoved],
            "t"
        );
        Both(
            "secret",
            user => user,
            user => user with { ClientSecret = new StoredClientSecret([1], s_now) },
            [AuditKinds.SecretSet],
            [AuditKinds.SecretRemoved]
        );
        Both(
            "key",
            user => user,
            user => user with { Keys = [new StoredMachineKey("k", [1], s_now, s_now)] },
            [AuditKinds.KeyAdded],
            [AuditKinds.KeyRemoved],
            "k"
        );
        Both(
            "role",
            user => user,
            user => user with { Roles = [new RoleGrant("o", ["ORG_OWNER"])] },
            [AuditKinds.RolesGranted],
            [AuditKinds.RolesRemoved],
            "ORG_OWNER on organization o"
        );
        One(
            "more roles",
            s_user with
            {
                Roles = [new RoleGrant(null, ["IAM_OWNER_VIEWER"])],
            },
            s_user with
            {
                Roles = [new RoleGrant(null, ["IAM_OWNER"])],
            },
            AuditKinds.RolesGranted
        );
        return changes;

        void Both(
            string what,
            Func<UserRecord, UserRecord> one,
            Func<UserRecord, UserRecord> other,
            AuditKind[] there,
            AuditKind[] back,
            string? detail = null
        )
        {
            Add(what, one(s_user), other(s_user), there, detail);
            Add($"{what}, back", other(s_user), one(s_user), back, null);
        }

        void One(string what, UserRecord before, UserRecord after, params AuditKind[] kinds) => Add(what, before, after, kinds, null);

        void Add(string what, UserRecord before, UserRecord after, AuditKind[] kinds, string? detail) =>
            changes.Add(new(what, before, after, kinds, detail));
    }

    [Fact]
    [Asvs("16.2.5")]
    public void No_event_has_anything_in_it_that_opens_something()
    {
        var secrets = s_user with
        {
            Password = new StoredPassword("SECRET-hash", s_now),
            PasswordCode = new StoredCode([9, 9], s_now, UrlTemplate: "https://SECRET"),
            ClientSecret = new StoredClientSecret([8, 8], s_now),
            Email = new EmailAddress("SECRET@example.com", IsVerified: true),
            Phone = new PhoneNumber("SECRET", IsVerified: true),
            Links = [new IdentityLink("google", "SECRET", "SECRET")],
        };

        foreach (var (before, after) in new[] { (s_user, secrets), (secrets, UserRules.Tombstone(secrets)) })
        {
            var events = UserTrail.Of(new("u-u", before, after, null), new LockoutOptions()).ToList();
            Assert.NotEmpty(events);
            Assert.All(events, one => Assert.DoesNotContain("SECRET", one.ToString(), StringComparison.Ordinal));
        }
    }

    private static FactorFailures Guesses(int count, int elsewhere = 0) =>
        new()
        {
            Sources = [new SourceFailures("somewhere", count, s_now)],
            Elsewhere = elsewhere,
            ElsewhereAt = s_now,
        };

    private static StoredPassword Password(int day) => new($"hash {day}", s_now.AddDays(day));

    private static StoredCode Code(byte hash) => new([hash], s_now);

    private static StoredWebAuthnKey Key(WebAuthnKind kind) =>
        new("key-1", kind, "example.com") { Credential = new WebAuthnCredential([1], [2], 0, false, false, []) };

    private sealed record Change(string What, UserRecord Before, UserRecord After, AuditKind[] Kinds, string? Detail);
}
