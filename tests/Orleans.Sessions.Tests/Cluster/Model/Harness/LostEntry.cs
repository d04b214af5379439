namespace Orleans.Sessions.Tests.Cluster.Model.Harness;

/// <summary>Where the directory leads.</summary>
public enum Entry
{
    Old,
    Nowhere,
    New,
}

/// <summary>How far an activation has compared its memory with the database since its node read the change.</summary>
public enum ComparedWhen
{
    None,
    Settling,
    Settled,
}

/// <summary>
/// A node joins at time 0, and the directory forgets an entry while it moves a part. So the next caller makes a second activation, on a
/// node that has the change in its directory. Each node reads the change from the database at any later time. Both activations read, and
/// each makes one write. Pauses and slow messages need no steps of their own: any step may come at any later time, or never.
/// <para>
/// Two things are taken for granted: a node without its lease begins nothing before it has read the change, and a write does not take
/// longer than from the end of the move to the end of settling.
/// </para>
/// </summary>
/// <param name="rules">The rules.</param>
public sealed class LostEntry(LostEntryRules rules)
{
    private const int Move = 1;
    private const int Lease = 2;
    private const int LastTime = 4;

    private readonly int _settling = rules.SettlesForALease ? Lease : Move;

    /// <summary>An activation and its node.</summary>
    public readonly record struct Activation
    {
        /// <summary>When the node read the change; <c>null</c> if it has not yet.</summary>
        public sbyte? ReadAt { get; init; }

        public byte Memory { get; init; }

        public ComparedWhen Compared { get; init; }

        public bool IsFound { get; init; }

        public bool IsLost { get; init; }

        public WriteStage Write { get; init; }

        public ReadStage Read { get; init; }

        public byte Floor { get; init; }
    }

    /// <summary>The state. The record's values are counted: a higher value is a later one.</summary>
    public readonly record struct State
    {
        public sbyte Time { get; init; }

        public byte Stored { get; init; }

        public Entry Directory { get; init; }

        public Activation Old { get; init; }

        public Activation? New { get; init; }

        /// <summary>The latest value that any client knows, from an acknowledgement or an answer.</summary>
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

        if (s is { Directory: Entry.Old, Time: <= Move })
        {
            yield return ("the directory forgets the entry", s with { Directory = Entry.Nowhere });
        }

        if (s is { Directory: Entry.Nowhere, New: null })
        {
            yield return (
                $"new: loads {s.Stored}",
                s with
                {
                    Directory = Entry.New,
                    New = new Activation { Memory = s.Stored },
                }
            );
        }

        foreach (var step in Of(s, s.Old, isNew: false))
        {
            yield return step;
        }

        if (s.New is { } second)
        {
            foreach (var step in Of(s, second, isNew: true))
            {
                yield return step;
            }
        }
    }

    private IEnumerable<(string Step, State Next)> Of(State s, Activation one, bool isNew)
    {
        var name = isNew ? "new" : "old";
        if (one.ReadAt is null)
        {
            yield return ($"{name}: the node reads the change", With(s, one with { ReadAt = s.Time, Compared = ComparedWhen.None }, isNew));
        }

        foreach (var (step, next) in Writing(s, one, isNew).Concat(Reading(s, one, isNew)))
        {
            yield return ($"{name}: {step}", next);
        }
    }

    private IEnumerable<(string Step, State Next)> Writing(State s, Activation one, bool isNew)
    {
        var mayWrite = !isNew || !rules.WritesWait || s.Old.ReadAt is not null || s.Time > Lease;
        switch (one.Write)
        {
            case WriteStage.None when MayBegin(s, one) && mayWrite && !one.IsLost && one.Memory == s.Stored:
                var believes = one.ReadAt is null || (IsSettled(s, one) && one.IsFound);
                if (rules.WritesAsk && !believes && !IsLedTo(s, isNew))
                {
                    yield return ("is lost when it asks for a write", With(s, one with { IsLost = true }, isNew));
                    yield break;
                }

                var written = one with
                {
                    Write = WriteStage.Committed,
                    IsFound = one.IsFound || (rules.WritesAsk && IsSettled(s, one)),
                    Compared = Present(s, one),
                };
                yield return ("the write is committed", With(s, written, isNew) with { Stored = (byte)(s.Stored + 1) });
                break;
            case WriteStage.Committed:
                var value = (byte)(one.Memory + 1);
                yield return (
                    "acknowledges the write",
                    With(s, one with { Write = WriteStage.Ended, Memory = value }, isNew) with
                    {
                        Known = Math.Max(s.Known, value),
                    }
                );
                break;
        }
    }

    private IEnumerable<(string Step, State Next)> Reading(State s, Activation one, bool isNew)
    {
        if (one.Read == ReadStage.None)
        {
            if (MayBegin(s, one))
            {
                yield return ("a read arrives", With(s, one with { Read = ReadStage.Arrived, Floor = s.Known }, isNew));
            }

            yield break;
        }

        if (one.Write == WriteStage.Committed)
        {
            // A read waits for a write in progress.
            yield break;
        }

        if (IsSettled(s, one) && rules.ReadsAsk && !one.IsFound && !one.IsLost)
        {
            var isFound = IsLedTo(s, isNew);
            yield return (isFound ? "is found" : "is lost", With(s, one with { IsFound = isFound, IsLost = !isFound }, isNew));
            yield break;
        }

        var compares =
            one.ReadAt is null ? isNew && rules.UnreadReadsCompare
            : IsSettled(s, one) ? one.IsLost || one.Compared != ComparedWhen.Settled
            : rules.ReadsCompare || one.Compared == ComparedWhen.None;
        var read = compares ? one with { Memory = s.Stored, Compared = Present(s, one) } : one;
        yield return (
            $"the read is answered with {read.Memory} {(compares ? "from the database" : "from memory")}",
            With(s, read with { Read = ReadStage.None, Floor = 0 }, isNew) with
            {
                Known = Math.Max(s.Known, read.Memory),
                IsWrong = s.IsWrong || read.Memory < one.Floor,
            }
        );
    }

    private bool IsSettled(State s, Activation one) => one.ReadAt is { } readAt && s.Time > readAt + _settling;

    private ComparedWhen Present(State s, Activation one) =>
        one.ReadAt is null ? ComparedWhen.None
        : IsSettled(s, one) ? ComparedWhen.Settled
        : ComparedWhen.Settling;

    private static bool MayBegin(State s, Activation one) => one.ReadAt is not null || s.Time <= Lease;

    private static bool IsLedTo(State s, bool isNew) => s.Directory == (isNew ? Entry.New : Entry.Old);

    private static State With(State s, Activation one, bool isNew) => isNew ? s with { New = one } : s with { Old = one };
}
