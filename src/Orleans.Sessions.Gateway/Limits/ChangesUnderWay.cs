namespace Orleans.Sessions.Gateway.Limits;

/// <summary>
/// Bounds the changes of each session that are under way at this node. A session makes one change after the other. A client that sends
/// changes faster is refused at once. Without this bound, the session's queue would fill with changes whose callers have given up.
/// </summary>
internal sealed class ChangesUnderWay
{
    /// <summary>Several requests of one page may change a session at the same time. Hundreds of them are a fault of the client.</summary>
    private const int MaxOfSession = 256;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>
    /// Begins a change. Disposing the result ends the change. Fails with <c>SESSION-Busy2</c> if too many changes are under way.
    /// </summary>
    public IDisposable Begin(string sessionId)
    {
        lock (_lock)
        {
            var count = _counts.GetValueOrDefault(sessionId);
            if (count == MaxOfSession)
            {
                throw new SessionException(SessionErrors.SessionBusy) { RetryAfter = s_pause };
            }

            _counts[sessionId] = count + 1;
        }

        return new Change(this, sessionId);
    }

    private void End(string sessionId)
    {
        lock (_lock)
        {
            if (--_counts[sessionId] is var left && left == 0)
            {
                _counts.Remove(sessionId);
            }
        }
    }

    private sealed class Change(ChangesUnderWay changes, string sessionId) : IDisposable
    {
        public void Dispose() => changes.End(sessionId);
    }
}
