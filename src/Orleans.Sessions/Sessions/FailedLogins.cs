using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Sessions;

/// <summary>Counts failed checks of sessions. An unknown name is not recorded: people type passwords into that field.</summary>
internal sealed class FailedLogins(AuditTrail trail, FailureCounts counts)
{
    /// <summary>Counts a failed check, unless the service itself caused the failure.</summary>
    internal void Count(AuditKind kind, SessionRecord session, SessionError error)
    {
        if (error.Code is not (ErrorCode.Unavailable or ErrorCode.Internal or ErrorCode.ResourceExhausted or ErrorCode.DeadlineExceeded))
        {
            counts.Add(
                trail.Row(
                    SessionTrail.Of(session, kind) with
                    {
                        SessionId = null,
                        Outcome = AuditOutcome.Failure,
                        Reason = error.Id.Length > 0 ? error.Id : error.Text,
                    }
                )
            );
        }
    }
}
