using System.Collections.Immutable;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Users;

/// <summary>What changes of a user mean for the audit trail.</summary>
internal static class UserTrail
{
    private const int MaxNameLength = 120;

    /// <summary>The reason for a change of somebody whose organization was closed or opened.</summary>
    private const string Organization = "organization";

    /// <summary>The events of a change, each about this user.</summary>
    public static IEnumerable<AuditEvent> Of(StateChange<UserRecord> change, LockoutOptions lockout)
    {
        var (before, after) = (change.Before, change.After);
        var events =
            before is null || after.State == UserState.Deleted
                ? States(before, after)
                : States(before, after)
                    .Concat(Contacts(before, after))
                    .Concat(Passwords(before, after))
                    .Concat(Factors(before, after))
                    .Concat(Codes(before, after))
                    .Concat(Machines(before, after))
                    .Concat(Roles(before, after))
                    .Concat(Blocks(before, after, lockout));
        if (before is null)
        {
            // Credentials that a new user is created with are reported too: creation is a way to get a credential.
            var empty = new UserRecord { Id = after.Id };
            events = events.Concat(Passwords(empty, after)).Concat(Factors(empty, after)).Concat(Codes(empty, after));
        }

        return events.Select(happened => happened with { TargetKind = "user", TargetId = after.Id, OrganizationId = after.OrganizationId });
    }

    private static IEnumerable<AuditEvent> States(UserRecord? before, UserRecord after)
    {
        if (before is null)
        {
            yield return new(AuditKinds.UserCreated) { Detail = after.Kind == UserKind.Machine ? "machine" : "human" };
            yield break;
        }

        if (after.State == before.State)
        {
            if (after.UserName != before.UserName)
            {
                yield return new(AuditKinds.UserRenamed) { Detail = $"{Quoted(before.UserName)} to {Quoted(after.UserName)}" };
            }

            if (
                HasMoreFailures(after, before)
                && !HasFailures(after)
                && after.Sequence != before.Sequence
                && after.Password == before.Password
            )
            {
                // An administrator lifted the blocks. A right answer alone does not count as a change.
                yield return new(AuditKinds.UserUnlocked) { Reason = "blocks" };
            }

            yield break;
        }

        switch (after.State)
        {
            case UserState.Deleted:
                yield return new(AuditKinds.UserDeleted);
                break;
            case UserState.Locked:
                yield return new(AuditKinds.UserLocked)
                {
                    Reason =
                        before.SuspendedFrom is not null ? Organization
                        : HasMoreFailures(before, after) ? "failures"
                        : null,
                };
                break;
            case UserState.Inactive:
                yield return new(AuditKinds.UserDeactivated) { Reason = after.SuspendedFrom is null ? null : Organization };
                break;
            case UserState.Active when before.State == UserState.Locked:
                yield return new(AuditKinds.UserUnlocked);
                break;
            case UserState.Active when before.State == UserState.Inactive:
                yield return new(AuditKinds.UserReactivated) { Reason = before.SuspendedFrom is null ? null : Organization };
                break;
        }
    }

    /// <summary>
    /// A name may have spaces and quotation marks and must not be able to tell of another change; of a very long one there is the
    /// beginning.
    /// </summary>
    private static string Quoted(string? name) =>
        $"\"{(name?.Length > MaxNameLength ? name[..MaxNameLength] + "…" : name)?.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static bool HasMoreFailures(UserRecord before, UserRecord after) =>
        FactorTable.Guessed.Any(factor => GuessRules.CountOf(after, factor) > GuessRules.CountOf(before, factor));

    private static bool HasFailures(UserRecord user) => FactorTable.Guessed.Any(factor => GuessRules.CountOf(user, factor) > 0);

    /// <summary>
    /// While a factor is blocked no answer counts. An answer that counts and causes a block therefore begins a new block.
    /// </summary>
    private static IEnumerable<AuditEvent> Blocks(UserRecord before, UserRecord after, LockoutOptions lockout) =>
        from factor in FactorTable.Guessed
        where after.State != UserState.Locked && GuessRules.CountOf(after, factor) > GuessRules.CountOf(before, factor)
        let whom = GuessRules.BlockOf(after, factor, lockout)
        where whom is not null
        select new AuditEvent(AuditKinds.FactorBlocked) { Detail = factor.Name, Reason = whom };

    private static IEnumerable<AuditEvent> Contacts(UserRecord before, UserRecord after)
    {
        if (after.Email is { } email && email != before.Email)
        {
            if (email.Address != before.Email?.Address)
            {
                yield return new(AuditKinds.EmailChanged);
            }

            if (email.IsVerified)
            {
                yield return new(AuditKinds.EmailVerified);
            }
        }

        if (after.Phone is not { } phone)
        {
            if (before.Phone is not null)
            {
                yield return new(AuditKinds.PhoneRemoved);
            }

            yield break;
        }

        if (phone.Number != before.Phone?.Number)
        {
            yield return new(AuditKinds.PhoneChanged);
        }

        if (phone.IsVerified && phone != before.Phone)
        {
            yield return new(AuditKinds.PhoneVerified);
        }
    }

    private static IEnumerable<AuditEvent> Passwords(UserRecord before, UserRecord after)
    {
        // The same password under another hash is not a change.
        if (after.Password is { } password && password.ChangedAt != before.Password?.ChangedAt)
        {
            var isReset =
                after.EndingSessions == SessionEndReason.PasswordReset
                && (after.SessionEpoch != before.SessionEpoch || after.EndingProvedBefore != before.EndingProvedBefore);
            yield return before.Password is null
                ? new(AuditKinds.PasswordSet)
                : new(AuditKinds.PasswordChanged) { Reason = isReset ? "reset" : null };
        }
    }

    private static IEnumerable<AuditEvent> Factors(UserRecord before, UserRecord after)
    {
        var (had, has) = (FactorTable.NamesOf(before), FactorTable.NamesOf(after));
        return
        [
            .. has.Except(had).Select(factor => new AuditEvent(AuditKinds.FactorAdded) { Detail = factor }),
            .. had.Except(has).Select(factor => new AuditEvent(AuditKinds.FactorRemoved) { Detail = factor }),
            .. RecoveryCodes(before, after),
            .. LinksOf(after).Except(LinksOf(before)).Select(link => new AuditEvent(AuditKinds.LinkAdded) { Detail = link.ProviderId }),
            .. LinksOf(before).Except(LinksOf(after)).Select(link => new AuditEvent(AuditKinds.LinkRemoved) { Detail = link.ProviderId }),
        ];
    }

    /// <summary>
    /// Using up a code removes one, and the trail reports it as a login. A new set of codes contains codes that were not there before.
    /// </summary>
    private static IEnumerable<AuditEvent> RecoveryCodes(UserRecord before, UserRecord after)
    {
        var had = before.RecoveryCodes ?? [];
        var has = after.RecoveryCodes ?? [];
        if (has.Any(code => !had.Any(other => other.Hash.AsSpan().SequenceEqual(code.Hash.AsSpan()))))
        {
            yield return new(AuditKinds.FactorAdded) { Detail = "recovery_codes" };
        }
        else if (has.IsEmpty && had.Length > 1)
        {
            yield return new(AuditKinds.FactorRemoved) { Detail = "recovery_codes" };
        }
    }

    private static IEnumerable<AuditEvent> Codes(UserRecord before, UserRecord after)
    {
        foreach (var kind in new[] { UserCode.Email, UserCode.Phone, UserCode.Password, UserCode.Invite })
        {
            if (kind.Get(after) is { } code && !(kind.Get(before) is { } known && known.Hash.AsSpan().SequenceEqual(code.Hash.AsSpan())))
            {
                yield return new(AuditKinds.CodeIssued) { Detail = kind.Name };
            }
        }

        foreach (var _ in (after.PasskeyCodes ?? []).Where(code => !(before.PasskeyCodes ?? []).Any(known => known.Id == code.Id)))
        {
            yield return new(AuditKinds.CodeIssued) { Detail = "passkey" };
        }
    }

    private static IEnumerable<AuditEvent> Machines(UserRecord before, UserRecord after)
    {
        if (after.ClientSecret != before.ClientSecret)
        {
            yield return new(after.ClientSecret is null ? AuditKinds.SecretRemoved : AuditKinds.SecretSet);
        }

        foreach (
            var happened in Ids(
                    before.AccessTokens,
                    after.AccessTokens,
                    token => token.Id,
                    AuditKinds.AccessTokenAdded,
                    AuditKinds.AccessTokenRemoved
                )
                .Concat(Ids(before.Keys, after.Keys, key => key.Id, AuditKinds.KeyAdded, AuditKinds.KeyRemoved))
        )
        {
            yield return happened;
        }
    }

    private static IEnumerable<AuditEvent> Roles(UserRecord before, UserRecord after)
    {
        var (had, has) = (before.Roles ?? [], after.Roles ?? []);
        foreach (var grant in has)
        {
            var known = had.FirstOrDefault(other => other.OrganizationId == grant.OrganizationId);
            if (known is null || !known.Roles.SequenceEqual(grant.Roles))
            {
                yield return new(AuditKinds.RolesGranted) { Detail = Describe(grant) };
            }
        }

        foreach (var grant in had.Where(grant => !has.Any(other => other.OrganizationId == grant.OrganizationId)))
        {
            yield return new(AuditKinds.RolesRemoved) { Detail = Describe(grant) };
        }
    }

    private static string Describe(RoleGrant grant)
    {
        var place = grant.OrganizationId is { } organization ? $"organization {organization}" : "the instance";
        return $"{string.Join(' ', grant.Roles)} on {place}";
    }

    private static IEnumerable<AuditEvent> Ids<T>(
        ImmutableArray<T>? before,
        ImmutableArray<T>? after,
        Func<T, string> id,
        AuditKind added,
        AuditKind removed
    )
    {
        var (had, has) = ((before ?? []).Select(id).ToHashSet(), (after ?? []).Select(id).ToHashSet());
        return has.Except(had)
            .Select(one => new AuditEvent(added) { Detail = one })
            .Concat(had.Except(has).Select(one => new AuditEvent(removed) { Detail = one }));
    }

    private static ImmutableArray<IdentityLink> LinksOf(UserRecord user) => user.Links ?? [];
}
