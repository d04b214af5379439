using System.Collections.Immutable;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Tests.Users;

/// <summary>The rule for acting upon users. The test of all methods checks that every method applies it.</summary>
public sealed class UserAccessTests
{
    private const string Organization = "org-1";
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_maxAge = TimeSpan.FromMinutes(10);

    [Theory]
    [Asvs("6.4.4")]
    [InlineData("ORG_USER_MANAGER", "", true)]
    [InlineData("ORG_USER_MANAGER", "ORG_USER_MANAGER", true)]
    [InlineData("ORG_USER_MANAGER", "ORG_OWNER", false)]
    [InlineData("ORG_USER_MANAGER", "IAM_OWNER_VIEWER", false)]
    [InlineData("ORG_USER_MANAGER", "IAM_OWNER", false)]
    [InlineData("ORG_USER_MANAGER", "IAM_LOGIN_CLIENT", false)]
    [InlineData("ORG_OWNER", "ORG_USER_MANAGER", true)]
    [InlineData("ORG_OWNER", "IAM_USER_MANAGER", false)]
    [InlineData("IAM_USER_MANAGER", "ORG_USER_MANAGER", true)]
    [InlineData("IAM_USER_MANAGER", "ORG_OWNER", false)]
    [InlineData("IAM_USER_MANAGER", "IAM_OWNER", false)]
    [InlineData("IAM_ORG_MANAGER", "IAM_USER_MANAGER", true)]
    [InlineData("IAM_OWNER", "IAM_OWNER", true)]
    [InlineData("IAM_OWNER", "IAM_LOGIN_CLIENT", true)]
    [InlineData("IAM_OWNER", "ORG_OWNER", true)]
    [InlineData("IAM_LOGIN_CLIENT", "IAM_OWNER", true)]
    [InlineData("IAM_LOGIN_CLIENT", "IAM_LOGIN_CLIENT", true)]
    public void Who_changes_somebody_needs_that_persons_rights(string callerRole, string otherRole, bool isAllowed)
    {
        var error = ErrorOf(With(callerRole), User(UserKind.Human, otherRole), UserAct.ChangeContact);
        Assert.Equal(isAllowed ? null : SessionErrors.PermissionMissing, error);
        Assert.Null(ErrorOf(With(callerRole), User(UserKind.Human, otherRole), UserAct.Read));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("IAM_OWNER", false)]
    [InlineData("ORG_OWNER", false)]
    [InlineData("IAM_LOGIN_CLIENT", true)]
    public void A_login_frontend_acts_for_people_and_not_for_services(string otherRole, bool isAllowed) =>
        Assert.Equal(
            isAllowed ? null : SessionErrors.PermissionMissing,
            ErrorOf(With("IAM_LOGIN_CLIENT"), User(UserKind.Machine, otherRole), UserAct.Equip)
        );

    [Fact]
    public void Rights_on_another_organization_do_not_count()
    {
        var elsewhere = With("ORG_OWNER", "org-2");
        Assert.Equal(SessionErrors.PermissionMissing, ErrorOf(elsewhere, User(UserKind.Human, ""), UserAct.Read));
        Assert.Equal(SessionErrors.PermissionMissing, ErrorOf(elsewhere, User(UserKind.Human, ""), UserAct.Update));
        var manager = With("ORG_USER_MANAGER");
        var other = User(UserKind.Human, "") with { Roles = [new RoleGrant("org-2", ["ORG_USER_MANAGER"])] };
        Assert.Equal(SessionErrors.PermissionMissing, ErrorOf(manager, other, UserAct.Update));
    }

    [Fact]
    public void Nobody_changes_their_own_state()
    {
        var owner = User(UserKind.Human, "IAM_OWNER");
        foreach (var act in new[] { UserAct.Lock, UserAct.Unlock, UserAct.Deactivate, UserAct.Reactivate })
        {
            Assert.Equal(SessionErrors.OwnState, ErrorOf(Self(owner, s_now), owner, act));
        }

        var locked = owner with { State = UserState.Locked };
        Assert.Equal(SessionErrors.PermissionMissing, ErrorOf(Self(owner, s_now), locked, UserAct.Unlock));
    }

    [Theory]
    [Asvs("6.4.4", "7.5.1")]
    [InlineData(0, true)]
    [InlineData(600, true)]
    [InlineData(601, false)]
    [InlineData(null, false)]
    public void A_person_needs_a_recent_proof_for_their_own_credentials(int? seconds, bool isAllowed)
    {
        foreach (var role in new[] { "", "IAM_OWNER" })
        {
            var user = User(UserKind.Human, role);
            var caller = Self(user, seconds is { } age ? s_now - TimeSpan.FromSeconds(age) : null);
            var exception =
                Record.Exception(() => UserAccess.Require(caller, user.Id, user, UserAct.ChangeFactor, s_now, s_maxAge))
                as SessionException;
            Assert.Equal(isAllowed ? null : SessionErrors.BearerProofTooOld, exception?.Error);
            Assert.Equal(isAllowed ? null : s_maxAge, exception?.MaxProofAge);
            Assert.Null(ErrorOf(caller, user, UserAct.Update));
            Assert.Null(ErrorOf(caller, user, UserAct.ChangePassword));
        }
    }

    [Theory]
    [InlineData("", false, false)]
    [InlineData("", true, true)]
    [InlineData("IAM_OWNER", false, true)]
    [InlineData("IAM_LOGIN_CLIENT", false, true)]
    [InlineData("IAM_OWNER_VIEWER", false, false)]
    public void The_token_of_a_service_makes_no_others_unless_it_was_got_by_a_key_or_the_service_may_equip_others(
        string role,
        bool isProved,
        bool isAllowed
    )
    {
        var machine = User(UserKind.Machine, role);
        Assert.Equal(
            isAllowed ? null : SessionErrors.BearerProofTooOld,
            ErrorOf(Self(machine, isProved ? s_now : null), machine, UserAct.Equip)
        );
    }

    [Fact]
    public void What_nobody_may_do_to_themselves_takes_the_permission_and_for_people_a_proof()
    {
        var user = User(UserKind.Human, "");
        Assert.Equal(SessionErrors.PermissionMissing, ErrorOf(Self(user, s_now), user, UserAct.SetPassword));
        var manager = User(UserKind.Human, "ORG_USER_MANAGER");
        Assert.Equal(SessionErrors.BearerProofTooOld, ErrorOf(Self(manager, null), manager, UserAct.SetPassword));
        Assert.Null(ErrorOf(Self(manager, s_now), manager, UserAct.SetPassword));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(600, null)]
    [InlineData(601, "AUTHZ-Prf01")]
    [InlineData(null, "AUTHZ-Prf01")]
    public void To_renew_a_password_takes_a_recent_proof_of_that_very_password(int? seconds, string? refusal)
    {
        var provedAt = seconds is { } age ? s_now - TimeSpan.FromSeconds(age) : (DateTimeOffset?)null;
        var password = new StoredPassword("hash", s_now.AddDays(-1), ChangeRequired: true);
        var user = User(UserKind.Human, "") with { Password = password };
        var caller = Self(user, s_now) with { PasswordProvedAt = provedAt };
        Assert.Equal(refusal, ErrorOf(caller, user, UserAct.RenewPassword)?.Id);

        var reset = user with { Password = password with { ChangedAt = s_now.AddSeconds(1) } };
        Assert.Equal(SessionErrors.BearerProofTooOld, ErrorOf(caller, reset, UserAct.RenewPassword));
        Assert.Equal(SessionErrors.BearerProofTooOld, ErrorOf(caller, user with { Password = null }, UserAct.RenewPassword));
        Assert.Equal(SessionErrors.PermissionMissing, ErrorOf(caller, user with { State = UserState.Locked }, UserAct.RenewPassword));
    }

    private static SessionError? ErrorOf(Caller caller, UserRecord user, UserAct act) =>
        (Record.Exception(() => UserAccess.Require(caller, user.Id, user, act, s_now, s_maxAge)) as SessionException)?.Error;

    private static UserRecord User(UserKind kind, string role) =>
        new()
        {
            Id = "user",
            State = UserState.Active,
            Kind = kind,
            OrganizationId = Organization,
            Roles = Grants(role, Organization),
        };

    private static Caller With(string role, string organization = Organization) =>
        UserRules.Caller(new UserRecord { Id = "caller", Roles = Grants(role, organization) });

    private static Caller Self(UserRecord user, DateTimeOffset? provedAt) => UserRules.Caller(user) with { ProvedAt = provedAt };

    private static ImmutableArray<RoleGrant>? Grants(string role, string organization) =>
        role.Length == 0 ? null : [new RoleGrant(Roles.IsInstanceRole(role) ? null : organization, [role])];
}
