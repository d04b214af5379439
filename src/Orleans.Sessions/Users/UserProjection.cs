using Orleans.Sessions.Notifications;
using Orleans.Sessions.States;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Users;

/// <summary>What the database must know about a user.</summary>
internal static class UserProjection
{
    private const string OwnerRole = "IAM_OWNER";

    public static Projection Of(UserRecord? before, UserRecord after) =>
        new(
            new UserColumns
            {
                UserId = after.Id,
                State = after.State,
                Kind = after.Kind,
                OrganizationId = after.OrganizationId,
                LoginName = after.UserName,
                LoginNameKey = after.LoginNameKey,
                UserName = after.UserName,
                GivenName = after.Profile?.GivenName,
                FamilyName = after.Profile?.FamilyName,
                NickName = after.Profile?.NickName,
                DisplayName = after.Profile?.DisplayName,
                Email = after.Email?.Address,
                IsEmailVerified = after.Email is { IsVerified: true },
                Phone = after.Phone?.Number,
                CreatedAt = after.CreatedAt,
                PasswordChangedAt = after.Password?.ChangedAt,
                SessionEpoch = after.SessionEpoch,
                EpochChangedAt = after.EpochChangedAt,
                EndingSessions = after.EndingSessions is not null,
            },
            [
                .. Identities(before, after),
                .. Ownership(before, after),
                .. Email(before, after),
                .. Messages(before, after),
                .. ProjectRoles(before, after),
            ]
        );

    /// <summary>Whether the user is active, has the role on the installation, and has something to log in with.</summary>
    public static bool IsOwner(UserRecord? user) =>
        user is { State: UserState.Active, Roles: { } roles }
        && roles.Any(grant => grant.OrganizationId is null && grant.Roles.Contains(OwnerRole))
        && (
            user.Password is not null
            || user.Links is { IsEmpty: false }
            || user.AccessTokens is { IsEmpty: false }
            || user.Keys is { IsEmpty: false }
            || user.ClientSecret is not null
            // A key whose registration is not finished has no credential.
            || user.WebAuthnKeys is { } keys && keys.Any(key => key.Credential is not null)
        );

    private static IEnumerable<StateEffect> Identities(UserRecord? before, UserRecord after)
    {
        var (old, links) = (before?.Links ?? [], after.Links ?? []);
        if (old == links)
        {
            yield break;
        }

        foreach (var link in old.Where(link => !links.Any(other => IsSame(link, other))))
        {
            yield return new IdentityUnlinked(link.ProviderId, link.ExternalId);
        }

        foreach (var link in links.Where(link => !old.Any(other => IsSame(link, other))))
        {
            yield return new IdentityLinked(link.ProviderId, link.ExternalId, after.Id);
        }
    }

    private static bool IsSame(IdentityLink one, IdentityLink other) =>
        (one.ProviderId, one.ExternalId) == (other.ProviderId, other.ExternalId);

    private static IEnumerable<StateEffect> Ownership(UserRecord? before, UserRecord after) =>
        (IsOwner(before), IsOwner(after)) switch
        {
            (false, true) => [new OwnerGained()],
            (true, false) => [new OwnerLost()],
            _ => [],
        };

    private static IEnumerable<StateEffect> Email(UserRecord? before, UserRecord after) =>
        after is { HasUniqueEmail: true, Email: { IsVerified: true } email }
        && TextKey.Of(email.Address) is var key
        && !(before is { Email: { IsVerified: true } earlier } && TextKey.Of(earlier.Address) == key)
            ? [new EmailClaimed(key)]
            : [];

    private static IEnumerable<StateEffect> ProjectRoles(UserRecord? before, UserRecord after) =>
        UserRules.Exists(before) && !UserRules.Exists(after) ? [new AllRolesUnassigned()] : [];

    private static IEnumerable<StateEffect> Messages(UserRecord? before, UserRecord after)
    {
        // A person who can no longer log in gets no codes that were made before.
        if (before is not null && before.State != after.State && after.State is UserState.Inactive or UserState.Deleted or UserState.Locked)
        {
            yield return new MessagesDropped();
        }

        foreach (var message in MessageEffects.Of(before?.Outbox, after.Outbox, sessionId: null, after.Id))
        {
            yield return message;
        }
    }
}
