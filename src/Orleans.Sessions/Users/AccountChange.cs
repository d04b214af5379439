using System.Collections.Immutable;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.RecoveryCodes;

namespace Orleans.Sessions.Users;

/// <summary>A change of the ways into an account, which the person is notified of.</summary>
/// <param name="Kind">The message.</param>
/// <param name="Factor">The changed factor, as the message texts name it; <c>null</c> if the change is about no factor.</param>
/// <param name="FormerLoginName">The previous login name; <c>null</c> if the change is about another thing.</param>
internal sealed record AccountChange(NotificationKind Kind, string? Factor = null, string? FormerLoginName = null)
{
    private static readonly NotificationKind s_added = NotificationKind.FactorAdded;
    private static readonly NotificationKind s_removed = NotificationKind.FactorRemoved;

    /// <summary>
    /// The changes between two records of an edit. A first credential is not a change of the ways in. Do not call this method for a login
    /// that used up a code or a key: that is not a removal.
    /// </summary>
    public static IEnumerable<AccountChange> Between(UserRecord before, UserRecord after)
    {
        if (after.Kind != UserKind.Human || after.State == UserState.Deleted)
        {
            return [];
        }

        var known = Name(before, after).Concat(Contacts(before, after));
        return UserRules.Methods(before, domain: null).IsEmpty
            ? known
            : known.Concat(Password(before, after)).Concat(Factors(before, after));
    }

    private static IEnumerable<AccountChange> Name(UserRecord before, UserRecord after) =>
        before.UserName != after.UserName ? [new(NotificationKind.UserNameChanged, FormerLoginName: before.UserName)] : [];

    private static IEnumerable<AccountChange> Contacts(UserRecord before, UserRecord after)
    {
        if (before.Email?.Address != after.Email?.Address)
        {
            yield return new(NotificationKind.EmailChanged);
        }

        if (before.Phone?.Number != after.Phone?.Number)
        {
            yield return new(NotificationKind.PhoneChanged);
        }
    }

    private static IEnumerable<AccountChange> Password(UserRecord before, UserRecord after) =>
        before.Password?.Hash != after.Password?.Hash ? [new(NotificationKind.PasswordChanged)] : [];

    private static IEnumerable<AccountChange> Factors(UserRecord before, UserRecord after)
    {
        var (had, has) = (All(before), All(after));
        return has.Except(had)
            .Select(factor => new AccountChange(s_added, NameOf(factor)))
            .Concat(had.Except(has).Select(factor => new AccountChange(s_removed, NameOf(factor))))
            .Concat(RecoveryCodes(before.RecoveryCodes ?? [], after.RecoveryCodes ?? []))
            .Distinct();
    }

    /// <summary>Additional codes are reported even if there were some before.</summary>
    private static IEnumerable<AccountChange> RecoveryCodes(
        ImmutableArray<StoredRecoveryCode> before,
        ImmutableArray<StoredRecoveryCode> after
    ) =>
        after.Length > before.Length ? [new(s_added, "recovery_codes")]
        : after.IsEmpty && !before.IsEmpty ? [new(s_removed, "recovery_codes")]
        : [];

    private static IEnumerable<string> All(UserRecord user) =>
        FactorTable.NamesOf(user).Concat((user.Links ?? []).Select(link => $"link {link.ProviderId} {link.ExternalId}"));

    /// <summary>The factor's name without the part that distinguishes it from others of its kind.</summary>
    private static string NameOf(string factor) => factor.Split(' ')[0];
}
