using Orleans.Sessions.Audit;
using Orleans.Sessions.Factors;

namespace Orleans.Sessions.Sessions;

/// <summary>What changes of a session mean for the audit trail: the proved factors, and the session's end.</summary>
internal static class SessionTrail
{
    public static IEnumerable<AuditEvent> Of(StateChange<SessionRecord> change)
    {
        var (before, after) = (change.Before, change.After);

        // Most writes leave the proofs as they are, and then it is the same array.
        if (after.Proofs != before?.Proofs)
        {
            foreach (var proof in ProofRules.Of(after).Except(before is null ? [] : ProofRules.Of(before)))
            {
                if (FactorTable.Find(proof.Factor) is { } factor)
                {
                    yield return Of(after, factor.Login) with
                    {
                        Detail = proof.UserVerified ? "user verified" : null,
                    };
                }
            }
        }

        // If all sessions of a user end, the audit trail has one event about the user instead.
        if (
            after.EndedAt is not null
            && before?.EndedAt is null
            && after.Events is [{ Reason: SessionEndReason.Deleted or SessionEndReason.SessionLimit } ended, ..]
        )
        {
            yield return Of(after, AuditKinds.SessionTerminated) with
            {
                Reason = ended.Reason.ToString(),
            };
        }
    }

    /// <summary>
    /// An event of a session. A login frontend acts for another person, so the event names that person's address and browser.
    /// </summary>
    public static AuditEvent Of(SessionRecord session, AuditKind kind)
    {
        var happened = AuditEvent.OfUser(kind, session.UserId, session.OrganizationId) with { SessionId = session.Id };
        return CallOrigin.Current is null or { IsLoginFrontend: true }
            ? happened with
            {
                Source = session.UserAgent?.Ip,
                UserAgent = session.UserAgent?.Description,
            }
            : happened;
    }
}
