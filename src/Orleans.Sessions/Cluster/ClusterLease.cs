namespace Orleans.Sessions.Cluster;

/// <summary>
/// How long this node may answer from memory. Another node changes what this one remembers only after it was voted out, and acknowledges
/// that change only when this lease must be over (<see cref="TakeoverFence"/>). So whatever is in memory while the lease is held is the
/// truth. It is renewed by looking into the database whether this node is still a member, and counts from the moment before that look.
/// <para>
/// Who checks the lease at any moment between the arrival of a request and the reading of memory has checked it for that request, however
/// long a pause of the process lies in between: what was true at the check was true during the request.
/// </para>
/// </summary>
/// <param name="clock">Its timestamps must go on while the process or the machine is suspended.</param>
/// <param name="length">How long a look is good for; <c>null</c>: this is the only process, and nobody can vote it out.</param>
public sealed class ClusterLease(TimeProvider clock, TimeSpan? length = null)
{
    private volatile Term? _term;
    private volatile bool _hasEnded;

    /// <summary>How long a look is good for; <c>null</c>: for ever.</summary>
    public TimeSpan? Length => length;

    /// <summary>Whether this node may answer from memory.</summary>
    public bool IsHeld => length is null
        || (!_hasEnded && _term is { } term && clock.GetTimestamp() < term.Until && clock.GetUtcNow() < term.UntilTime);

    /// <summary>The moment to give to <see cref="Renew"/>: taken before the database is asked.</summary>
    public LeaseMoment Now => new(clock.GetTimestamp(), clock.GetUtcNow());

    /// <summary>Fails with <c>SESSION-Lease</c> when this node may not answer.</summary>
    public void Ensure()
    {
        if (!IsHeld)
        {
            throw new SessionException(SessionErrors.LeaseLost);
        }
    }

    /// <summary>The database, asked at <paramref name="asked"/>, has this node as a member.</summary>
    public void Renew(LeaseMoment asked)
    {
        // Two clocks: one may stop with a virtual machine, the other one may be set back. Whichever says first that it is over is believed.
        if (length is { } time)
        {
            _term = new Term(asked.Timestamp + (long)(time.TotalSeconds * clock.TimestampFrequency), asked.Time + time);
        }
    }

    /// <summary>This node leaves: it answers nothing any more, and no renewal that is still under way changes that.</summary>
    public void End() => _hasEnded = true;

    private sealed record Term(long Until, DateTimeOffset UntilTime);
}

/// <summary>A moment by both clocks.</summary>
public readonly record struct LeaseMoment(long Timestamp, DateTimeOffset Time);
