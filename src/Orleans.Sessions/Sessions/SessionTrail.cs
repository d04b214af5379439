using Orleans.Sessions.Audit;
using Orleans.Sessions.Factors;

namespace Orleans.Sessions.Sessions;

/// <summary>What changes of a session mean to the audit trail: the factors that were proved, and its end.</summary>
internal static class SessionTrail
{
    public static IEnumerable<AuditEvent> Of(StateChange<SessionRecord> change)
    {
        var (before, after) = (change.Before, change.After);
        foreach (var proof in ProofRules.Of(after).Except(before is null ? [] : ProofRules.Of(before)))
        {
            if (FactorTable.Find(proof.Factor) is { } factor)
            {
                yield return Of(after, factor.Login) with { Detail = proof.UserVerified ? "user verified" : null };
            }
        }

        // What ends all sessions of a user is told once, of the user.
        if (after.EndedAt is not null && before?.EndedAt is null && after.Events is [{ Reason: SessionEndReason.Deleted or SessionEndReason.SessionLimit } ended, ..])
        {
            yield return Of(after, AuditKinds.SessionTerminated) with { Reason = ended.Reason.ToString() };
        }
    }

    /// <summary>An event of a session. A login frontend stands for whom it calls for: that is whose address and browser are told.</summary>
    public static AuditEvent Of(SessionRecord session, AuditKind kind)
    {
        var happened = AuditEvent.OfUser(kind, session.UserId, session.OrganizationId) with { SessionId = session.Id };
        return CallOrigin.Current is null or { IsLoginFrontend: true }
            ? happened with { Source = session.UserAgent?.Ip, UserAgent = session.UserAgent?.Description }
            : happened;
    }
}
