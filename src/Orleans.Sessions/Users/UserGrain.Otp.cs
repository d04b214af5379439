using System.Collections.Immutable;
using Orleans.Sessions.Codes;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Otp;

namespace Orleans.Sessions.Users;

/// <content>
/// Codes by SMS and e-mail. The session has the code itself; this file decides who may have one, and what wrong codes cost.
/// </content>
internal sealed partial class UserGrain
{
    /// <summary>When messages were sent recently. In memory only: after a crash a person may get a few more.</summary>
    private readonly Dictionary<OtpChannel, ImmutableArray<DateTimeOffset>> _sentAt = [];

    /// <inheritdoc/>
    public Task<UserDetails> AddOtpAsync(Caller caller, OtpChannel channel, bool? endOtherSessions) =>
        EditAsync(
            caller,
            UserAct.ChangeFactor,
            user => OwnChangeRules.Added(caller, user, OtpRules.Add(user, channel, Now), Proving(user)),
            endOtherSessions
        );

    /// <inheritdoc/>
    public Task<UserDetails> RemoveOtpAsync(Caller caller, OtpChannel channel, bool? endOtherSessions) =>
        EditAsync(caller, UserAct.ChangeFactor, user => OtpRules.Remove(user, channel), endOtherSessions);

    /// <inheritdoc/>
    public async Task<NotificationUser> PrepareOtpAsync(OtpChannel channel, bool isSent)
    {
        var recipient = OtpRules.Recipient(await _state.ReadAsync(), channel);
        if (!isSent)
        {
            return recipient;
        }

        _services.Notifier.EnsureReaches(channel);
        var change = await DecideAsync(user =>
        {
            OtpRules.Recipient(user, channel);
            return new Verdict(CountSend(user!, channel));
        });
        return OtpRules.Recipient(change.After, channel);
    }

    /// <inheritdoc/>
    public async Task VerifyOtpAsync(OtpChannel channel, OtpAttempt attempt, CheckOrigin? origin = null)
    {
        var from = NoteSource(origin);
        FailIfWrong(await DecideAsync(user => OtpRules.Judge(user, channel, attempt, from, _services.Lockout, Now)));
    }

    /// <summary>
    /// The user with one more message counted. Fails with <c>SESSION-Day01</c> or <c>SESSION-Cool1</c> if there were too many.
    /// </summary>
    private UserRecord CountSend(UserRecord user, OtpChannel channel)
    {
        var sends = DailySends.Take(user.Sends, channel, Now, _services.Codes.SendsPerUserPerDay);
        _sentAt[channel] = SendLimit.Take(
            _sentAt.TryGetValue(channel, out var earlier) ? earlier : null,
            Now,
            _services.Codes.SendsPerUser,
            _services.Codes.Cooldown
        );
        return user with { Sends = sends };
    }

    /// <summary>Takes the messages that a change sends from the installation's budget. Fails with <c>SESSION-Day02</c>.</summary>
    private async Task TakeBudgetAsync(UserRecord? before, UserRecord after)
    {
        var (emails, sms) = DailySends.Added(before?.Sends, after.Sends);
        if (emails > 0)
        {
            await GrainFactory.GetGrain<IMessageBudgetGrain>(GrainKeys.MessageBudget).TakeAsync(OtpChannel.Email, emails);
        }

        if (sms > 0)
        {
            await GrainFactory.GetGrain<IMessageBudgetGrain>(GrainKeys.MessageBudget).TakeAsync(OtpChannel.Sms, sms);
        }
    }
}
