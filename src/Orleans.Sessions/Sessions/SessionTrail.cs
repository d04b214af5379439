using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Sessions;

/// <summary>What changes of a session mean to the audit trail: the factors that were proved, and its end.</summary>
internal static class SessionTrail
{
    public static IEnumerable<AuditEvent> Of(StateChange<SessionRecord> change)
    {
        var (before, after) = (change.Before, change.After);
        if (after.PasswordCheckedAt != before?.PasswordCheckedAt && after.PasswordCheckedAt is not null)
        {
            yield return Of(after, AuditKinds.LoginPassword);
        }

        if (after.IntentCheckedAt != before?.IntentCheckedAt && after.IntentCheckedAt is not null)
        {
            yield return Of(after, AuditKinds.LoginIdentityProvider);
        }

        if (after.WebAuthn != before?.WebAuthn && after.WebAuthn is { } key)
        {
            yield return Of(after, AuditKinds.LoginWebAuthn) with { Detail = key.UserVerified ? "user verified" : null };
        }

        if (after.TotpCheckedAt != before?.TotpCheckedAt && after.TotpCheckedAt is not null)
        {
            yield return Of(after, AuditKinds.LoginTotp);
        }

        if (after.OtpSmsCheckedAt != before?.OtpSmsCheckedAt && after.OtpSmsCheckedAt is not null)
        {
            yield return Of(after, AuditKinds.LoginOtpSms);
        }

        if (after.OtpEmailCheckedAt != before?.OtpEmailCheckedAt && after.OtpEmailCheckedAt is not null)
        {
            yield return Of(after, AuditKinds.LoginOtpEmail);
        }

        if (after.RecoveryCodeCheckedAt != before?.RecoveryCodeCheckedAt && after.RecoveryCodeCheckedAt is not null)
        {
            yield return Of(after, AuditKinds.LoginRecoveryCode);
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
