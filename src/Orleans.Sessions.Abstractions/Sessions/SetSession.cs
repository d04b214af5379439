using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>The command that changes a session. Everything but the caller is optional.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SetSession")]
public sealed record SetSession
{
    /// <summary>The caller.</summary>
    [Id(0)]
    public required Caller Caller { get; init; }

    /// <summary>The checks that the person must pass.</summary>
    [Id(1)]
    public Checks Checks { get; init; } = Checks.None;

    /// <summary>The challenges for later checks.</summary>
    [Id(2)]
    public RequestedChallenges Challenges { get; init; } = RequestedChallenges.None;

    /// <summary>Metadata that is merged into the existing metadata. A key overwrites; an empty value removes the key.</summary>
    [Id(3)]
    public ImmutableDictionary<string, ImmutableArray<byte>> Metadata { get; init; } =
        ImmutableDictionary<string, ImmutableArray<byte>>.Empty;

    /// <summary>How long the session lives from now on; greater than zero. <c>null</c> leaves it unchanged.</summary>
    [Id(4)]
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Makes a repeated request harmless. <c>null</c> if a repetition is a new request.</summary>
    [Id(5)]
    public Idempotency? Idempotency { get; init; }

    /// <summary>
    /// The call fails with <c>SESSION-Seq01</c> unless the session is still at this sequence. <c>null</c> accepts any sequence.
    /// </summary>
    [Id(6)]
    public long? ExpectedSequence { get; init; }

    /// <summary>The session's new token, as in <see cref="CreateSession.Token"/>.</summary>
    [Id(7)]
    public string? Token { get; init; }

    /// <summary>The idle timeout, as in <see cref="CreateSession.IdleTimeout"/>; <c>null</c> leaves it unchanged.</summary>
    [Id(8)]
    public TimeSpan? IdleTimeout { get; init; }

    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder
            .Append("Caller = ")
            .Append(Caller)
            .Append(", Checks = ")
            .Append(Checks)
            .Append(", Challenges = ")
            .Append(Challenges)
            .Append(", Lifetime = ")
            .Append(Lifetime)
            .Append(", IdleTimeout = ")
            .Append(IdleTimeout)
            .Append(", ExpectedSequence = ")
            .Append(ExpectedSequence);
        return true;
    }
}
