using Orleans.Sessions.Audit;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Factors;

/// <summary>
/// One kind of factor: all that checking, counting, showing, the login policy and the audit trail need to know of it. Each kind has a
/// folder of its own with a class that holds this row, and <see cref="FactorTable"/> lists the rows.
/// </summary>
internal sealed record Factor
{
    /// <summary>What sessions note that they have proved.</summary>
    public required ProvedFactor Kind { get; init; }

    /// <summary>The event of the audit trail when it is checked.</summary>
    public required AuditKind Login { get; init; }

    /// <summary>Checks the answer that a request gives, if it gives one.</summary>
    public required Func<SessionDraft, Checks, Task> CheckAsync { get; init; }

    /// <summary>Issues the challenge that a request asks for, if it asks for one; <c>null</c>: the factor has no challenge.</summary>
    public Func<SessionDraft, RequestedChallenges, Task>? ChallengeAsync { get; init; }

    /// <summary>
    /// Uses up what the check has found outside the user's record, once all checks of the request are right; <c>null</c>: there is no such
    /// thing.
    /// </summary>
    public Func<SessionDraft, Task>? UseUpAsync { get; init; }

    /// <summary>Whether the login policy allows what a request asks of the factor.</summary>
    public required Func<LoginPolicy, Checks, RequestedChallenges, bool> IsAllowed { get; init; }

    /// <summary>What it proves.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>What it proves besides, when the authenticator has verified the person: such a proof counts as two factors.</summary>
    public Evidence EvidenceOfUser { get; init; }

    /// <summary>Whether a page that only looks like the right one cannot get it out of the person.</summary>
    public bool ResistsPhishing { get; init; }

    /// <summary>Its value in <c>amr</c> (RFC 8176); <c>null</c>: it has none.</summary>
    public string? Amr { get; init; }

    /// <summary>Whether the time of its proof counts as the time of the login only when nothing else was proved.</summary>
    public bool IsLastResort { get; init; }

    /// <summary>How its wrong answers count; <c>null</c>: it cannot be guessed.</summary>
    public GuessedFactor? Guesses { get; init; }

    /// <summary>Adds a proof to what clients see of a session.</summary>
    public required Func<SessionFactors, Proof, SessionFactors> Show { get; init; }

    /// <summary>The methods of a user that are ready, for a relying party's domain or, with <c>null</c>, for any.</summary>
    public required Func<UserRecord, string?, IEnumerable<AuthenticationMethod>> Methods { get; init; }

    /// <summary>The user's second factors of this kind, whether they are ready or not.</summary>
    public Func<UserRecord, IEnumerable<AuthenticationFactor>> SecondFactors { get; init; } = _ => [];

    /// <summary>
    /// The user's factors that count, by names that tell them apart: the audit trail and the notices to the person tell what came and went.
    /// </summary>
    public Func<UserRecord, IEnumerable<string>> Names { get; init; } = _ => [];
}
