using System.Collections.Immutable;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Users;

/// <summary>How others see a stored user, and how its state changes. Pure functions.</summary>
internal static class UserRules
{
    /// <summary>Whether the user exists; a deleted user does not count.</summary>
    public static bool Exists(UserRecord? user) => user is { State: not UserState.Deleted };

    /// <summary>The user active again, with all wrong answers forgotten.</summary>
    public static UserRecord Activate(UserRecord user) => GuessRules.Forgotten(user with { State = UserState.Active });

    /// <summary>
    /// Whether a user of a closed organization can still log in, or has sessions that have not all ended.
    /// </summary>
    public static bool IsToSuspend(UserRecord user) =>
        user.State is UserState.Active or UserState.Initial or UserState.Locked
        || user is { SuspendedFrom: not null, EndingSessions: not null };

    /// <summary>The user, inactive as long as the organization is closed. An inactive or deleted user does not change.</summary>
    public static UserRecord Suspend(UserRecord user) =>
        user.State is UserState.Active or UserState.Initial or UserState.Locked
            ? EndSessions(user with { State = UserState.Inactive, SuspendedFrom = user.State }, SessionEndReason.UserDeactivated)
            : user;

    /// <summary>The user in the state from before the organization was closed.</summary>
    public static UserRecord Restore(UserRecord user) =>
        user is { State: UserState.Inactive, SuspendedFrom: { } state } ? user with { State = state, SuspendedFrom = null } : user;

    /// <summary>
    /// The user with all sessions dead that were bound to it until now. The order to end them is part of the record, so it survives a
    /// crash.
    /// </summary>
    public static UserRecord EndSessions(UserRecord user, SessionEndReason reason) =>
        user with
        {
            SessionEpoch = user.SessionEpoch + 1,
            EndingSessions = reason,
        };

    /// <summary>
    /// The user with everything void that sessions have proved until <paramref name="now"/>. The sessions live on, but nobody is logged in
    /// with them: they make no bearer token and no login, and the tokens of earlier logins end.
    /// </summary>
    public static UserRecord VoidProofs(UserRecord user, DateTimeOffset now) => RevocationRules.Add(user, new Revocation(null, now));

    /// <summary>
    /// Like <see cref="VoidProofs"/>, with an order to end those sessions. Sessions without a proved factor live on: nobody is logged in
    /// with them, and the person who has just begun to log in may be using one.
    /// </summary>
    public static UserRecord EndProvedSessions(UserRecord user, DateTimeOffset now, SessionEndReason reason) =>
        VoidProofs(user, now) with
        {
            EndingSessions = reason,
            EndingProvedBefore = now,
        };

    /// <summary>What remains of a deleted user: that the id was used, and the order to end its sessions.</summary>
    public static UserRecord Tombstone(UserRecord user) =>
        EndSessions(
            new UserRecord
            {
                Id = user.Id,
                State = UserState.Deleted,
                Kind = user.Kind,
                OrganizationId = user.OrganizationId,
                CreatedAt = user.CreatedAt,
                ChangedAt = user.ChangedAt,
                Sequence = user.Sequence,
                SessionEpoch = user.SessionEpoch,
            },
            SessionEndReason.UserDeleted
        );

    /// <summary>The user's sequence, dates and organization.</summary>
    public static UserDetails Details(UserRecord user) => new(user.Sequence, user.ChangedAt, user.OrganizationId, user.CreatedAt);

    /// <summary>What sessions see.</summary>
    public static UserIdentity Identity(UserRecord user, PasswordPolicy passwords) =>
        new()
        {
            Id = user.Id,
            State = user.State,
            Kind = user.Kind,
            OrganizationId = user.OrganizationId,
            LoginName = user.UserName ?? "",
            DisplayName = user.Profile?.DisplayName ?? "",
            PasswordChangedAt = user.Password?.ChangedAt,
            PasswordOutdatedFrom = user.Password is { } password
                ? passwords.OutdatedFrom(password.ChangedAt, password.ChangeRequired)
                : null,
            SessionEpoch = user.SessionEpoch,
            HasSecondFactor = HasSecondFactor(user),
            Revocations = user.Revocations,
            OwnChanges = user.OwnChanges,
            IsEmailUnverified = user.Email is { IsVerified: false },
            HasPasskey = WebAuthnRules.HasReady(user, WebAuthnKind.Passkey, rpId: null),
            HasLink = user.Links is { IsEmpty: false },
        };

    /// <summary>Whether a second factor is ready.</summary>
    public static bool HasSecondFactor(UserRecord user) =>
        FactorTable.SecondFactorsOf(user).Any(factor => factor.State == FactorState.Ready);

    /// <summary>The person as the messages address them.</summary>
    public static NotificationUser Recipient(UserRecord user) =>
        new()
        {
            Id = user.Id,
            OrganizationId = user.OrganizationId,
            LoginName = user.UserName ?? "",
            GivenName = user.Profile?.GivenName ?? "",
            FamilyName = user.Profile?.FamilyName ?? "",
            NickName = user.Profile?.NickName ?? "",
            DisplayName = user.Profile?.DisplayName ?? "",
            PreferredLanguage = user.Profile?.PreferredLanguage ?? "und",
            Email = user.Email?.Address,
            IsEmailVerified = user.Email?.IsVerified ?? false,
            Phone = user.Phone?.Number,
            IsPhoneVerified = user.Phone?.IsVerified ?? false,
            CreatedAt = user.CreatedAt,
            ChangedAt = user.ChangedAt,
        };

    /// <summary>What clients see.</summary>
    public static UserView View(UserRecord user) =>
        new()
        {
            Id = user.Id,
            Details = Details(user),
            State = user.State,
            UserName = user.UserName ?? "",
            Machine = user.Machine,
            Metadata = user.Metadata ?? [],
            Human = user.Profile is null
                ? null
                : new HumanView
                {
                    Profile = user.Profile,
                    Email = user.Email!,
                    Phone = user.Phone,
                    PasswordChangeRequired = user.Password?.ChangeRequired ?? false,
                    PasswordChangedAt = user.Password?.ChangedAt,
                    MfaInitSkippedAt = user.MfaInitSkippedAt,
                    VerifiedEmail = user is { Email.IsVerified: false, RecoveryEmail: { IsVerified: true } verified }
                        ? verified.Address
                        : null,
                },
        };

    /// <summary>The credentials that are ready for use, for a relying party's domain or, with <c>null</c>, for any domain.</summary>
    public static ImmutableArray<AuthenticationMethod> Methods(UserRecord user, string? domain) =>
        [.. FactorTable.Methods.Where(row => row.Method.IsReady(user, domain)).Select(row => row.Method.Kind)];

    /// <summary>The caller that this user's roles make it.</summary>
    public static Caller Caller(UserRecord user)
    {
        var grants = user.Roles ?? [];
        return new Caller
        {
            UserId = user.Id,
            OrganizationId = user.OrganizationId,
            Kind = user.Kind,
            InstancePermissions = grants
                .Where(grant => grant.OrganizationId is null)
                .Aggregate(Permission.None, (all, grant) => all | Roles.PermissionsOf(grant.Roles)),
            OrganizationPermissions =
            [
                .. grants
                    .Where(grant => grant.OrganizationId is not null)
                    .Select(grant => new OrganizationPermissions(grant.OrganizationId!, Roles.PermissionsOf(grant.Roles))),
            ],
        };
    }
}
