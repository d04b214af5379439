using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>What a new session is to begin with; everything but the caller is optional.</summary>
[GenerateSerializer, Immutable, Alias("sessions.CreateSession")]
public sealed record CreateSession
{
    /// <summary>Who asks.</summary>
    [Id(0)]
    public required Caller Caller { get; init; }

    /// <summary>What the person has to prove.</summary>
    [Id(1)]
    public Checks Checks { get; init; } = Checks.None;

    /// <summary>What the person will be asked to prove next.</summary>
    [Id(2)]
    public RequestedChallenges Challenges { get; init; } = RequestedChallenges.None;

    /// <summary>Free metadata; at most 100 keys and 64 KiB in all. Entries with an empty value are ignored.</summary>
    [Id(3)]
    public ImmutableDictionary<string, ImmutableArray<byte>> Metadata { get; init; } = ImmutableDictionary<string, ImmutableArray<byte>>.Empty;

    /// <summary>The browser or device; it can never be changed later.</summary>
    [Id(4)]
    public UserAgent? UserAgent { get; init; }

    /// <summary>How long the session lives from now on; <c>null</c>: it never expires. Greater than zero.</summary>
    [Id(5)]
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Makes a repeated request harmless; <c>null</c>: a repetition is a new request.</summary>
    [Id(6)]
    public Idempotency? Idempotency { get; init; }

    /// <summary>
    /// The token the session is to get (<see cref="SessionToken.Create"/>), so that a repetition after a lost answer is
    /// recognised and answered the same; <c>null</c>: the grain makes one.
    /// </summary>
    [Id(7)]
    public string? Token { get; init; }

    /// <summary>
    /// How long the session lives without being used, within its lifetime; <c>null</c>: as long as that. Greater than zero. Uses are a read
    /// with the session token, the token as bearer, and every change; one is noted when a tenth of the time has passed since the last one
    /// that was, so the session may expire that much early.
    /// </summary>
    [Id(8)]
    public TimeSpan? IdleTimeout { get; init; }

    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Caller = ").Append(Caller).Append(", Checks = ").Append(Checks).Append(", Challenges = ").Append(Challenges)
            .Append(", Lifetime = ").Append(Lifetime).Append(", IdleTimeout = ").Append(IdleTimeout);
        return true;
    }
}

/// <summary>What is to change in a session; everything but the caller is optional.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SetSession")]
public sealed record SetSession
{
    /// <summary>Who asks.</summary>
    [Id(0)]
    public required Caller Caller { get; init; }

    /// <summary>What the person proves.</summary>
    [Id(1)]
    public Checks Checks { get; init; } = Checks.None;

    /// <summary>What the person will be asked to prove next.</summary>
    [Id(2)]
    public RequestedChallenges Challenges { get; init; } = RequestedChallenges.None;

    /// <summary>Merged into what is there: a key overwrites, an empty value removes the key.</summary>
    [Id(3)]
    public ImmutableDictionary<string, ImmutableArray<byte>> Metadata { get; init; } = ImmutableDictionary<string, ImmutableArray<byte>>.Empty;

    /// <summary>How long the session lives from now on; <c>null</c>: unchanged. Greater than zero.</summary>
    [Id(4)]
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Makes a repeated request harmless; <c>null</c>: a repetition is a new request.</summary>
    [Id(5)]
    public Idempotency? Idempotency { get; init; }

    /// <summary>Fails with <c>SESSION-Seq01</c> unless the session is still at this sequence; <c>null</c>: whatever it is at.</summary>
    [Id(6)]
    public long? ExpectedSequence { get; init; }

    /// <summary>As <see cref="CreateSession.Token"/>: the token to rotate to.</summary>
    [Id(7)]
    public string? Token { get; init; }

    /// <summary>As <see cref="CreateSession.IdleTimeout"/>; <c>null</c>: unchanged.</summary>
    [Id(8)]
    public TimeSpan? IdleTimeout { get; init; }

    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Caller = ").Append(Caller).Append(", Checks = ").Append(Checks).Append(", Challenges = ").Append(Challenges)
            .Append(", Lifetime = ").Append(Lifetime).Append(", IdleTimeout = ").Append(IdleTimeout)
            .Append(", ExpectedSequence = ").Append(ExpectedSequence);
        return true;
    }
}

/// <summary>An <c>Idempotency-Key</c> header and what was asked under it.</summary>
/// <param name="Key">The client's key, 1 to 200 characters.</param>
/// <param name="Request">The request as bytes: the same key with another request is refused (<c>SESSION-Idem2</c>).</param>
[GenerateSerializer, Immutable, Alias("sessions.Idempotency")]
public sealed record Idempotency([property: Id(0)] string Key, [property: Id(1)] ImmutableArray<byte> Request)
{
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Request = ").Append(Request.Length).Append(" bytes");
        return true;
    }
}
