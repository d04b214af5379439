using System.Collections.Immutable;
using Orleans.Sessions.Codes;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Otp;

namespace Orleans.Sessions.Users;

/// <content>Codes by SMS and e-mail. The code itself is the session's; here is who may have one, and what wrong ones cost.</content>
public sealed partial class UserGrain
{
    /// <summary>When messages went out lately. In memory only: after a crash somebody may get a few more.</summary>
    private readonly Dictionary<OtpChannel, ImmutableArray<DateTimeOffset>> _sentAt = [];

    /// <inheritdoc/>
    public Task<UserDetails> AddOtpAsync(Caller caller, OtpChannel channel) => EditAsync(
        caller, Permission.UserCredentialWrite, SessionErrors.UserNotFound, user => OtpRules.Add(user, channel, Now));

    /// <inheritdoc/>
    public Task<UserDetails> RemoveOtpAsync(Caller caller, OtpChannel channel) => EditAsync(
        caller, Permission.UserCredentialWrite, SessionErrors.UserNotFound, user => OtpRules.Remove(user, channel));

    /// <inheritdoc/>
    public async Task<NotificationUser> PrepareOtpAsync(OtpChannel channel, bool isSent)
    {
        var recipient = OtpRules.Recipient(await _state.ReadAsync(), channel);
        if (isSent)
        {
            _services.Notifier.EnsureReaches(channel);
            CountSend(channel);
        }

        return recipient;
    }

    /// <inheritdoc/>
    public async Task VerifyOtpAsync(OtpChannel channel, OtpAttempt attempt, CheckOrigin? origin = null)
    {
        var from = SourceOf(origin);
        FailIfWrong(await DecideAsync(user => OtpRules.Judge(user, channel, attempt, from, _services.Lockout, Now)));
    }

    private void CountSend(OtpChannel channel) => _sentAt[channel] = SendLimit.Take(
        _sentAt.TryGetValue(channel, out var earlier) ? earlier : null, Now, _services.Codes.SendsPerUser, _services.Codes.Cooldown);
}
