namespace Orleans.Sessions.Cluster;

/// <summary>
/// How long this node may answer from memory. Another node changes what this node has in memory only after this node was voted out, and
/// acknowledges the change only when this lease must have ended (<see cref="TakeoverFence"/>). So everything in memory is true while the
/// lease is held. A renewal reads from the database whether this node is still a member, and counts from the moment before that read.
/// <para>
/// A check of the lease at any moment between the arrival of a request and its read of memory is sufficient for that request, even if the
/// process pauses in between: what was true at the check was true during the request.
/// </para>
/// </summary>
/// <param name="clock">The clock. Its timestamps must advance while the process or the machine is suspended.</param>
/// <param name="length">How long a renewal lasts; <c>null</c> if this is the only process, which nobody can vote out.</param>
public sealed class ClusterLease(TimeProvider clock, TimeSpan? length = null)
{
    private volatile Term? _term;
    private volatile bool _hasEnded;

    /// <summary>How long a renewal lasts; <c>null</c> means for ever.</summary>
    public TimeSpan? Length => length;

    /// <summary>Whether this node may answer from memory.</summary>
    public bool IsHeld =>
        length is null || (!_hasEnded && _term is { } term && clock.GetTimestamp() < term.Until && clock.GetUtcNow() < term.UntilTime);

    /// <summary>The moment for <see cref="Renew"/>; take it before asking the database.</summary>
    public LeaseMoment Now => new(clock.GetTimestamp(), clock.GetUtcNow());

    /// <summary>Fails with <c>SESSION-Lease</c> if this node may not answer.</summary>
    public void Ensure()
    {
        if (!IsHeld)
        {
            throw new SessionException(SessionErrors.LeaseLost);
        }
    }

    /// <summary>Renews the lease: the database, asked at <paramref name="asked"/>, has this node as a member.</summary>
    public void Renew(LeaseMoment asked)
    {
        // There are two clocks, because one may stop with a virtual machine and the other may be set back. The lease ends when either of
        // them says so.
        if (length is { } time)
        {
            _term = new Term(asked.Timestamp + (long)(time.TotalSeconds * clock.TimestampFrequency), asked.Time + time);
        }
    }

    /// <summary>
    /// Ends the lease because this node leaves: it answers no more requests, and a renewal in progress does not change that.
    /// </summary>
    public void End() => _hasEnded = true;

    private sealed record Term(long Until, DateTimeOffset UntilTime);
}
