using System.Collections.Immutable;

namespace Orleans.Sessions.Lockout;

/// <summary>The wrong answers to one factor of a user, by source. A right answer deletes the wrong ones from its source.</summary>
internal sealed record FactorFailures
{
    /// <summary>By source; the source that failed last is at the end. The number is bounded: the oldest are counted together.</summary>
    public ImmutableArray<SourceFailures> Sources { get; init; } = [];

    /// <summary>The number of wrong answers from sources that are no longer counted separately.</summary>
    public int Elsewhere { get; init; }

    /// <summary>When the last of those answers came.</summary>
    public DateTimeOffset? ElsewhereAt { get; init; }

    /// <summary>The last failed calls, so that a call that is repeated because its answer was lost counts once.</summary>
    public ImmutableArray<string>? Calls { get; init; }
}
