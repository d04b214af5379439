using Orleans.Sessions.Audit;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Factors;

/// <summary>
/// One kind of factor: all that checks, counters, views, the login policy and the audit trail need to know about it. Each kind has a
/// folder of its own with a class that holds this row, and <see cref="FactorTable"/> lists the rows.
/// </summary>
internal sealed record Factor
{
    /// <summary>The factor that sessions record as proved.</summary>
    public required ProvedFactor Kind { get; init; }

    /// <summary>The audit event of a check of the factor.</summary>
    public required AuditKind Login { get; init; }

    /// <summary>Checks the request's answer to the factor, if it has one.</summary>
    public required Func<SessionDraft, Checks, Task> CheckAsync { get; init; }

    /// <summary>Issues the factor's challenge, if the request asks for one; <c>null</c> if the factor has no challenge.</summary>
    public Func<SessionDraft, RequestedChallenges, Task>? ChallengeAsync { get; init; }

    /// <summary>
    /// Uses up what the check has found outside the user's record, once all checks of the request have succeeded; <c>null</c> if the factor
    /// has nothing to use up there.
    /// </summary>
    public Func<SessionDraft, Task>? UseUpAsync { get; init; }

    /// <summary>Whether the login policy allows the factor's part of a request.</summary>
    public required Func<LoginPolicy, Checks, RequestedChallenges, bool> IsAllowed { get; init; }

    /// <summary>What the factor proves.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>What it also proves if the authenticator has verified the person. Such a proof counts as two factors.</summary>
    public Evidence EvidenceOfUser { get; init; }

    /// <summary>Whether a fake login page cannot get the factor from the person.</summary>
    public bool ResistsPhishing { get; init; }

    /// <summary>Its value in <c>amr</c> (RFC 8176); <c>null</c> if there is no value for it.</summary>
    public string? Amr { get; init; }

    /// <summary>Whether the time of its proof counts as the time of the login only if no other factor was proved.</summary>
    public bool IsLastResort { get; init; }

    /// <summary>How its wrong answers count; <c>null</c> if it cannot be guessed.</summary>
    public GuessedFactor? Guesses { get; init; }

    /// <summary>Adds a proof to the client's view of a session.</summary>
    public required Func<SessionFactors, Proof, SessionFactors> Show { get; init; }

    /// <summary>The methods that prove it, the strongest first.</summary>
    public required FactorMethod[] Methods { get; init; }

    /// <summary>
    /// The user's credentials of this kind that sessions can prove. When a change takes one away, all that sessions have proved with it is
    /// void, and so are the tokens of these logins. A factor without this member would go on counting.
    /// </summary>
    public required Func<UserRecord, IEnumerable<Credential>> Credentials { get; init; }

    /// <summary>The user's second factors of this kind, ready or not.</summary>
    public Func<UserRecord, IEnumerable<AuthenticationFactor>> SecondFactors { get; init; } = _ => [];

    /// <summary>
    /// The user's factors that count, by unique names. The audit trail and the notices to the person compare these names to report what was
    /// added or removed.
    /// </summary>
    public Func<UserRecord, IEnumerable<string>> Names { get; init; } = _ => [];
}
