using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Notifications;

/// <inheritdoc cref="IDebugOutboxGrain"/>
[GrainType("debug-outbox")]
internal sealed class DebugOutboxGrain(IOptions<NotificationOptions> options) : Grain, IDebugOutboxGrain
{
    private const int Most = 200;

    private ImmutableList<DebugMessage> _messages = [];

    /// <inheritdoc/>
    public Task AddAsync(DebugMessage message)
    {
        if (options.Value.ShowAtDebugOutbox && !_messages.Any(known => known.Id == message.Id))
        {
            _messages = _messages.Insert(0, message);
            _messages = _messages.Count > Most ? _messages.RemoveAt(Most) : _messages;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ImmutableList<DebugMessage>> ListAsync() => Task.FromResult(_messages);
}
