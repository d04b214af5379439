using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>
/// The debug outbox, for development: it keeps the last 200 messages of channels that are not configured, in memory, newest first. The key
/// is 0. It keeps nothing unless <c>Sessions:Notifications:ShowAtDebugOutbox</c> is set.
/// </summary>
[Alias("sessions.IDebugOutboxGrain")]
public interface IDebugOutboxGrain : IGrainWithIntegerKey
{
    /// <summary>Adds a message. If the same message is added twice, it is kept once.</summary>
    [Alias("Add")]
    Task AddAsync(DebugMessage message);

    /// <summary>The messages, newest first.</summary>
    [Alias("List")]
    Task<ImmutableList<DebugMessage>> ListAsync();
}
