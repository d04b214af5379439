using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Sessions.State;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Notifications;

/// <inheritdoc cref="IMessageBudgetGrain"/>
[GrainType("message-budget")]
[CollectionAgeLimit(AlwaysActive = true)]
internal sealed class MessageBudgetGrain(
    IGrainContext context,
    StateServices state,
    IOptions<NotificationOptions> options,
    TimeProvider clock
) : Grain, IMessageBudgetGrain
{
    private readonly DurableState<MessageBudget> _reserved = new(StateNames.MessageBudget, context, state);

    /// <summary>What was really sent, as far as this activation knows.</summary>
    private MessageBudget? _taken;

    /// <inheritdoc/>
    public async Task TakeAsync(OtpChannel channel, int messages)
    {
        var most = channel == OtpChannel.Email ? options.Value.EmailsPerDay : options.Value.SmsPerDay;
        if (most == 0)
        {
            return;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var today = DateOnly.FromDateTime(now);
        var reserved = await _reserved.ReadAsync() is { } known && known.Day == today ? known : new MessageBudget(today);
        _taken = _taken?.Day == today ? _taken : reserved;
        var taken = _taken.Of(channel) + messages;
        if (taken > most)
        {
            throw new SessionException(SessionErrors.TooManyMessages) { RetryAfter = now.Date.AddDays(1) - now };
        }

        if (reserved.Reserve(channel, taken, most) is var next && next != reserved)
        {
            await _reserved.ReplaceAsync(next);
        }

        _taken = _taken.With(channel, taken);
    }

    /// <summary>Gives back what was reserved and not sent.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        var hasFailed = reason.ReasonCode == DeactivationReasonCode.ApplicationError;
        if (!hasFailed && _taken is not null && _reserved.Value is { } stored && stored.Day == _taken.Day && stored != _taken)
        {
            await _reserved.ReplaceAsync(_taken);
        }
    }
}
