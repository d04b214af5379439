using System.Collections.Immutable;

namespace Orleans.Sessions.Sessions;

/// <summary>The user of a session at some time, and what the session had proved by then.</summary>
/// <param name="UserId">The user.</param>
/// <param name="OrganizationId">The user's organization.</param>
/// <param name="UserCheckedAt">When the user was identified.</param>
/// <param name="Proofs">What was proved; <c>null</c> means nothing. Two levels of one session are equal when this is the same
/// array.</param>
[GenerateSerializer, Immutable, Alias("sessions.ProvedLevel")]
internal sealed record ProvedLevel(
    [property: Id(0)] string? UserId,
    [property: Id(1)] string? OrganizationId,
    [property: Id(2)] DateTimeOffset? UserCheckedAt,
    [property: Id(3)] ImmutableArray<Proof>? Proofs
)
{
    /// <summary>The level of a session.</summary>
    public static ProvedLevel Of(SessionRecord session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new(session.UserId, session.OrganizationId, session.UserCheckedAt, session.Proofs);
    }

    /// <summary>
    /// The session as shown to a token holder who has no more than this level. What the person's own changes proved is not taken over
    /// either.
    /// </summary>
    public SessionRecord Lower(SessionRecord session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session with
        {
            UserId = UserId,
            OrganizationId = OrganizationId,
            UserCheckedAt = UserCheckedAt,
            Proofs = Proofs,
            OwnChangesUntil = DateTimeOffset.MaxValue,
        };
    }
}
