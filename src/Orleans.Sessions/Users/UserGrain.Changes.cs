using Orleans.Sessions.Notifications;

namespace Orleans.Sessions.Users;

/// <content>What every edit of an account brings with it: where resets go, what the person is told, and the end of the other sessions.</content>
public sealed partial class UserGrain
{
    /// <summary>How long it is tried to tell a person of a change.</summary>
    private static readonly TimeSpan s_noticeLifetime = TimeSpan.FromDays(1);

    /// <summary>The record as one more change by somebody, with the messages that tell the person of it.</summary>
    private UserRecord Edited(UserRecord before, UserRecord after)
    {
        var next = Stamp(ContactRules.Follow(before, after));
        var changes = _services.Notifier.TellsChanges ? AccountChange.Between(before, next).ToList() : [];
        OutboxMessage[] notices = [.. changes.SelectMany(change => Notices(before, next, change))];
        return notices.Length == 0 ? next : next with { Outbox = [.. next.Outbox ?? [], .. notices] };
    }

    /// <summary>To every address that is, or until now was, the person's; about a number also to the one before. Without a channel nobody is told.</summary>
    private IEnumerable<OutboxMessage> Notices(UserRecord before, UserRecord after, AccountChange change)
    {
        if (_services.Notifier.Reaches(OtpChannel.Email))
        {
            string?[] addresses = [before.Email?.Address, ContactRules.RecoveryEmail(before)?.Address, after.Email?.Address];
            foreach (var address in addresses.OfType<string>().DistinctBy(Directory.TextKey.Of))
            {
                yield return Notice(after, change, OtpChannel.Email, address);
            }
        }

        if (change.Kind == NotificationKind.PhoneChanged && before.Phone is { IsVerified: true } phone && _services.Notifier.Reaches(OtpChannel.Sms))
        {
            yield return Notice(after, change, OtpChannel.Sms, phone.Number);
        }
    }

    private OutboxMessage Notice(UserRecord user, AccountChange change, OtpChannel channel, string recipient) => _services.Notifier.Message(
        change.Kind,
        new NotificationContent
        {
            User = UserRules.Recipient(user), Channel = channel, Recipient = recipient, Code = "", ExpiresAt = Now + s_noticeLifetime, Factor = change.Factor,
        },
        Now);

    /// <summary>
    /// Ends the other sessions after a change of the ways in, if that is asked for. What the configuration says holds for people who change themselves: a login
    /// frontend may just be working with one of the sessions, and says so itself.
    /// </summary>
    private async Task EndOtherSessionsAsync(Caller caller, Change change, bool? asked)
    {
        var isSelf = caller.UserId == Id;
        if (!(asked ?? (isSelf && _services.Options.EndOtherSessions)) || change.Before is not { } before
            || change.After.SessionEpoch != before.SessionEpoch || !AccountChange.Between(before, change.After).Any())
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
