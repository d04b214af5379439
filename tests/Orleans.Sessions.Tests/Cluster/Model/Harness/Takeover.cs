namespace Orleans.Sessions.Tests.Cluster.Model.Harness;

/// <summary>The progress of a node's write. Each node makes one write.</summary>
public enum WriteStage
{
    None,
    Looked,
    Committed,
    Ended,
}

/// <summary>The progress of a read.</summary>
public enum ReadStage
{
    None,
    Arrived,
    Checked,
}

/// <summary>The progress of a renewal.</summary>
public enum RenewalStage
{
    None,
    Asked,
    Granted,
    Refused,
}

/// <summary>
/// The protocol by which a node takes over a session from another node, including messages that are late or never arrive. The old node has
/// the session in memory. At any moment it may be voted out; then the new node may load the session. Both nodes read and write it. A third
/// node has an activation of its own if the directory allows that. Pauses and lost or slow messages need no steps of their own: any step
/// may come at any later time, or never.
/// </summary>
/// <param name="rules">The rules.</param>
public sealed class Takeover(TakeoverRules rules)
{
    private const int Lease = 1;
    private const int LastTime = 3;
    private const int MaxRenewals = 2;

    /// <summary>The state. The session's values are counted: a higher value is a later one.</summary>
    public readonly record struct State
    {
        public sbyte Time { get; init; }

        // The database.
        public byte Stored { get; init; }

        public bool IsDead { get; init; }

        public bool SaidGoodbye { get; init; }

        public byte Renewals { get; init; }

        // The old node.
        public sbyte LeaseUntil { get; init; }

        public RenewalStage Renewal { get; init; }

        public sbyte AskedAt { get; init; }

        public bool HasLeft { get; init; }

        public byte OldMemory { get; init; }

        public WriteStage OldWrite { get; init; }

        public ReadStage OldRead { get; init; }

        public byte OldFloor { get; init; }

        // The new node.
        public bool IsLooking { get; init; }

        public byte LookedRenewals { get; init; }

        public bool LookedDead { get; init; }

        public bool LookedGoodbye { get; init; }

        public byte SeenRenewals { get; init; }

        public sbyte SeenAt { get; init; }

        public bool KnowsDeath { get; init; }

        public sbyte FencedUntil { get; init; }

        public bool IsActive { get; init; }

        public byte NewMemory { get; init; }

        public WriteStage NewWrite { get; init; }

        public ReadStage NewRead { get; init; }

        public byte NewFloor { get; init; }

        // The clients: the latest value that any client knows, from an acknowledgement or an answer.
        public byte Known { get; init; }

        /// <summary>Whether an answer was older than the value that was known when the question was asked.</summary>
        public bool IsWrong { get; init; }
    }

    public IEnumerable<(string Step, State Next)> Steps(State s)
    {
        if (s.Time < LastTime)
        {
            yield return ("time passes", s with { Time = (sbyte)(s.Time + 1) });
        }

        if (!s.IsDead && !(rules.VotesWait && s.OldWrite == WriteStage.Looked))
        {
            yield return ("the old node is voted out", s with { IsDead = true });
        }

        foreach (var step in Renewal(s).Concat(OldNode(s)).Concat(Looks(s)).Concat(NewNode(s)))
        {
            yield return step;
        }
    }

    private IEnumerable<(string Step, State Next)> Renewal(State s)
    {
        switch (s.Renewal)
        {
            case RenewalStage.None when !s.HasLeft && s.Renewals < MaxRenewals:
                yield return ("old: asks for a renewal", s with { Renewal = RenewalStage.Asked, AskedAt = s.Time });
                break;
            case RenewalStage.Asked when s.IsDead && rules.RenewalsAreOrdered:
                yield return ("database: refuses the renewal", s with { Renewal = RenewalStage.Refused });
                break;
            case RenewalStage.Asked:
                yield return ("database: renews", s with { Renewal = RenewalStage.Granted, Renewals = (byte)(s.Renewals + 1) });
                break;
            case RenewalStage.Granted:
                var from = rules.CountsFromBefore ? s.AskedAt : s.Time;
                yield return (
                    "old: has the renewal",
                    s with
                    {
                        Renewal = RenewalStage.None,
                        AskedAt = 0,
                        LeaseUntil = (sbyte)(from + Lease),
                    }
                );
                break;
            case RenewalStage.Refused when !s.HasLeft:
                yield return ("old: learns of its death", s with { HasLeft = true });
                if (!rules.GoodbyeIsLast)
                {
                    yield return ("old: says goodbye at once", s with { SaidGoodbye = true });
                }

                break;
            case RenewalStage.Refused when !s.SaidGoodbye:
                yield return ("old: says goodbye", s with { SaidGoodbye = true });
                break;
        }
    }

    private IEnumerable<(string Step, State Next)> OldNode(State s)
    {
        switch (s.OldWrite)
        {
            case WriteStage.None when !s.HasLeft && !(s.IsDead && rules.WritesLook):
                yield return ("old: a write looks", s with { OldWrite = WriteStage.Looked });
                break;
            case WriteStage.Looked when s.Stored == s.OldMemory:
                yield return ("old: the write is committed", s with { OldWrite = WriteStage.Committed, Stored = (byte)(s.Stored + 1) });
                break;
            case WriteStage.Committed when !s.HasLeft:
                var value = (byte)(s.OldMemory + 1);
                yield return (
                    "old: acknowledges the write",
                    s with
                    {
                        OldWrite = WriteStage.Ended,
                        OldMemory = value,
                        Known = Math.Max(s.Known, value),
                    }
                );
                break;
        }

        switch (s.OldRead)
        {
            case ReadStage.None when !s.HasLeft:
                yield return ("old: a read arrives", s with { OldRead = ReadStage.Arrived, OldFloor = s.Known });
                break;
            case ReadStage.Arrived when !s.HasLeft && (!rules.Lease || s.Time < s.LeaseUntil):
                yield return ("old: the read has the lease", s with { OldRead = ReadStage.Checked });
                break;
            case ReadStage.Checked when !(rules.ReadsWait && s.OldWrite is WriteStage.Looked or WriteStage.Committed):
                yield return (
                    $"old: the read is answered with {s.OldMemory}",
                    Answered(s, s.OldMemory, s.OldFloor) with
                    {
                        OldRead = ReadStage.None,
                        OldFloor = 0,
                    }
                );
                break;
        }
    }

    /// <summary>
    /// The new node looks at the membership. The result shows the state at the time when the database read it. The new node counts the
    /// waiting time from when it receives the result.
    /// </summary>
    private static IEnumerable<(string Step, State Next)> Looks(State s)
    {
        if (!s.IsLooking)
        {
            yield return (
                "new: looks at the membership",
                s with
                {
                    IsLooking = true,
                    LookedRenewals = s.Renewals,
                    LookedDead = s.IsDead,
                    LookedGoodbye = s.SaidGoodbye,
                }
            );
            yield break;
        }

        var seenAt = s.LookedRenewals == s.SeenRenewals ? s.SeenAt : s.Time;
        var fenced =
            s.LookedGoodbye ? (sbyte)0
            : s.KnowsDeath ? s.FencedUntil
            : (sbyte)(seenAt + Lease);
        yield return (
            "new: has seen the membership",
            s with
            {
                IsLooking = false,
                LookedRenewals = 0,
                LookedDead = false,
                LookedGoodbye = false,
                SeenRenewals = s.LookedRenewals,
                SeenAt = seenAt,
                KnowsDeath = s.KnowsDeath || s.LookedDead,
                FencedUntil = s.LookedDead ? fenced : s.FencedUntil,
            }
        );
    }

    private IEnumerable<(string Step, State Next)> NewNode(State s)
    {
        if (!s.IsActive)
        {
            if (s.IsDead || !rules.OneActivation)
            {
                yield return ($"new: loads {s.Stored}", s with { IsActive = true, NewMemory = s.Stored });
            }

            yield break;
        }

        switch (s.NewWrite)
        {
            case WriteStage.None when !rules.Fence || !s.IsDead || (s.KnowsDeath && s.Time >= s.FencedUntil):
                yield return ("new: a write is past the fence", s with { NewWrite = WriteStage.Looked });
                break;
            case WriteStage.Looked when s.Stored == s.NewMemory:
                yield return ("new: the write is committed", s with { NewWrite = WriteStage.Committed, Stored = (byte)(s.Stored + 1) });
                break;
            case WriteStage.Committed:
                var value = (byte)(s.NewMemory + 1);
                yield return (
                    "new: acknowledges the write",
                    s with
                    {
                        NewWrite = WriteStage.Ended,
                        NewMemory = value,
                        Known = Math.Max(s.Known, value),
                    }
                );
                break;
        }

        switch (s.NewRead)
        {
            case ReadStage.None:
                yield return ("new: a read arrives", s with { NewRead = ReadStage.Checked, NewFloor = s.Known });
                break;
            case ReadStage.Checked when !(rules.ReadsWait && s.NewWrite is WriteStage.Looked or WriteStage.Committed):
                yield return (
                    $"new: the read is answered with {s.NewMemory}",
                    Answered(s, s.NewMemory, s.NewFloor) with
                    {
                        NewRead = ReadStage.None,
                        NewFloor = 0,
                    }
                );
                break;
        }
    }

    private static State Answered(State s, byte value, byte floor) =>
        s with
        {
            Known = Math.Max(s.Known, value),
            IsWrong = s.IsWrong || value < floor,
        };
}
