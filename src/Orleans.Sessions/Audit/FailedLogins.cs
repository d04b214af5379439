using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Audit;

/// <summary>Counts checks of sessions that failed. A name that nobody has is not kept: people type passwords into that field.</summary>
public sealed class FailedLogins(AuditTrail trail, FailureCounts counts)
{
    /// <summary>Counts a check that failed, unless that was the service's own doing.</summary>
    internal void Count(AuditKind kind, SessionRecord session, SessionError error)
    {
        if (error.Code is not (ErrorCode.Unavailable or ErrorCode.Internal or ErrorCode.ResourceExhausted or ErrorCode.DeadlineExceeded))
        {
            counts.Add(trail.Row(SessionTrail.Of(session, kind) with
            {
                SessionId = null,
                Outcome = AuditOutcome.Failure,
                Reason = error.Id.Length > 0 ? error.Id : error.Text,
            }));
        }
    }
}
