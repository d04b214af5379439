using Orleans.Sessions.Codes;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Users;

/// <content>
/// What every edit of an account includes: the address for resets, the notices to the person, and the end of the other sessions.
/// </content>
internal sealed partial class UserGrain
{
    /// <summary>How long the service tries to deliver a notice of a change.</summary>
    private static readonly TimeSpan s_noticeLifetime = TimeSpan.FromDays(1);

    /// <summary>The record after one more edit, with the messages that notify the person.</summary>
    private UserRecord Edited(UserRecord before, UserRecord after)
    {
        var next = Stamp(ContactRules.Follow(before, after));
        return _services.Notifier.TellsChanges
            ? AccountChange.Between(before, next).Aggregate(next, (told, change) => WithNotices(before, told, change))
            : next;
    }

    /// <summary>
    /// Notifies the person at the present and the previous e-mail addresses, and of a change of the number also at the previous number.
    /// Without a channel no notice is sent.
    /// </summary>
    private UserRecord WithNotices(UserRecord before, UserRecord after, AccountChange change)
    {
        if (_services.Notifier.Reaches(OtpChannel.Email))
        {
            EmailAddress?[] addresses = [ContactRules.RecoveryEmail(before), before.Email, after.Email];
            foreach (var email in addresses.OfType<EmailAddress>().DistinctBy(email => TextKey.Of(email.Address)))
            {
                if (email.IsVerified || email == addresses[0] || TryCountNotice(ref after))
                {
                    after = after with { Outbox = [.. after.Outbox ?? [], Notice(after, change, OtpChannel.Email, email.Address)] };
                }
            }
        }

        return
            change.Kind == NotificationKind.PhoneChanged
            && before.Phone is { IsVerified: true } phone
            && _services.Notifier.Reaches(OtpChannel.Sms)
            ? after with
            {
                Outbox = [.. after.Outbox ?? [], Notice(after, change, OtpChannel.Sms, phone.Number)],
            }
            : after;
    }

    /// <summary>
    /// An address that is not proved may be a stranger's. It gets at most as many notices a day as codes would be sent there; further
    /// notices are dropped silently.
    /// </summary>
    private bool TryCountNotice(ref UserRecord user)
    {
        try
        {
            user = user with { Notices = DailySends.Take(user.Notices, OtpChannel.Email, Now, _services.Codes.SendsPerUserPerDay) };
            return true;
        }
        catch (SessionException)
        {
            return false;
        }
    }

    private OutboxMessage Notice(UserRecord user, AccountChange change, OtpChannel channel, string recipient) =>
        _services.Notifier.Message(
            change.Kind,
            new NotificationContent
            {
                User = UserRules.Recipient(user),
                Channel = channel,
                Recipient = recipient,
                Code = "",
                ExpiresAt = Now + s_noticeLifetime,
                Factor = change.Factor,
                FormerLoginName = change.FormerLoginName,
            },
            Now
        );

    /// <summary>
    /// Ends the other sessions after a change of the ways in, if that is wanted. The configured default applies to people who change their
    /// own account. A login frontend may itself be using one of the sessions, so for it only the request decides.
    /// </summary>
    private async Task EndOtherSessionsAsync(Caller caller, Change change, bool? asked)
    {
        var isSelf = caller.UserId == Id;
        if (
            !(asked ?? (isSelf && _services.Options.EndOtherSessions))
            || change.Before is not { } before
            || change.After.SessionEpoch != before.SessionEpoch
            || !AccountChange.Between(before, change.After).Any()
        )
        {
            return;
        }

        try
        {
            await UserSessions.DeleteAsync(isSelf && caller.SessionId is { } own ? [own] : []);
        }
        catch (Exception exception)
        {
            UserLog.EndingFailed(_services.Log, Id, exception);
            throw new SessionException(SessionErrors.ClusterAway);
        }
    }
}
