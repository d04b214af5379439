using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>The command that creates a session. Everything but the caller is optional.</summary>
[GenerateSerializer, Immutable, Alias("sessions.CreateSession")]
public sealed record CreateSession
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

    /// <summary>Free metadata, at most 100 keys and 64 KiB in all. Entries with an empty value are ignored.</summary>
    [Id(3)]
    public ImmutableDictionary<string, ImmutableArray<byte>> Metadata { get; init; } =
        ImmutableDictionary<string, ImmutableArray<byte>>.Empty;

    /// <summary>The browser or device. It can never be changed later.</summary>
    [Id(4)]
    public UserAgent? UserAgent { get; init; }

    /// <summary>How long the session lives from now on; greater than zero. <c>null</c> if it never expires.</summary>
    [Id(5)]
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Makes a repeated request harmless. <c>null</c> if a repetition is a new request.</summary>
    [Id(6)]
    public Idempotency? Idempotency { get; init; }

    /// <summary>
    /// The token for the session (<see cref="SessionToken.Create"/>). With it, the grain recognizes a repetition after a lost answer and
    /// returns the same answer. <c>null</c> if the grain should create the token.
    /// </summary>
    [Id(7)]
    public string? Token { get; init; }

    /// <summary>
    /// How long the session lives without being used, within its lifetime; greater than zero. <c>null</c> if only the lifetime counts. A
    /// use is a read with the session token, a call with the token as bearer, a change, a login of an application, and a use of the tokens
    /// that an application got for it. A use is recorded only if a tenth of this time has passed since the last recorded use, so the
    /// session may expire early by that much.
    /// </summary>
    [Id(8)]
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>
    /// How long the session lives at most from its creation as long as no factor is proved in it; greater than zero. <c>null</c> uses the
    /// setting <c>Sessions:UnprovedLifetime</c>, which also is the maximum.
    /// </summary>
    [Id(9)]
    public TimeSpan? UnprovedLifetime { get; init; }

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
            .Append(IdleTimeout);
        return true;
    }
}
