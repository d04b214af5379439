using System.Collections.Immutable;

namespace Orleans.Sessions.Lockout;

/// <summary>The wrong answers to one factor of a user, by where they came from; those from where a right one came are gone.</summary>
public sealed record FactorFailures
{
    /// <summary>By source, the one that failed last at the end. There are never more than a few: the oldest are counted together.</summary>
    public ImmutableArray<SourceFailures> Sources { get; init; } = [];

    /// <summary>How many came from sources that are not kept apart any more.</summary>
    public int Elsewhere { get; init; }

    /// <summary>When the last of those came.</summary>
    public DateTimeOffset? ElsewhereAt { get; init; }

    /// <summary>The calls that failed last, so that one that is repeated because its answer was lost counts once.</summary>
    public ImmutableArray<string>? Calls { get; init; }
}

/// <summary>Wrong answers in a row from one source.</summary>
/// <param name="Source">A keyed hash of the address or device.</param>
/// <param name="Count">How many.</param>
/// <param name="LastAt">When the last one came.</param>
public sealed record SourceFailures(string Source, int Count, DateTimeOffset LastAt);

/// <summary>An address or device where the user has logged in.</summary>
/// <param name="Source">A keyed hash of it.</param>
/// <param name="SeenAt">When that was noted last.</param>
public sealed record KnownSource(string Source, DateTimeOffset SeenAt);
