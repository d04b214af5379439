using System.Collections.Immutable;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Events;

/// <summary>A stored session as watchers see it.</summary>
internal static class SessionSnapshots
{
    /// <summary>The session as it is at <paramref name="now"/>.</summary>
    public static SessionSnapshot Of(SessionRecord session, DateTimeOffset now)
    {
        var state = SessionRules.StateOf(session, now);
        return new SessionSnapshot
        {
            SessionId = session.Id,
            UserId = session.UserId,
            Sequence = session.Sequence,
            State = state,
            Factors = Factors(session).Where(factor => factor.At is not null).ToImmutableDictionary(factor => factor.Kind, factor => factor.At!.Value),
            At = state == SessionState.Expired ? session.ExpiresAt!.Value : session.EndedAt ?? session.ChangedAt,
        };
    }

    private static IEnumerable<(ProvedFactor Kind, DateTimeOffset? At)> Factors(SessionRecord session) =>
    [
        (ProvedFactor.User, session.UserCheckedAt),
        (ProvedFactor.Password, session.PasswordCheckedAt),
        (ProvedFactor.WebAuthn, session.WebAuthn?.VerifiedAt),
        (ProvedFactor.Intent, session.IntentCheckedAt),
        (ProvedFactor.Totp, session.TotpCheckedAt),
        (ProvedFactor.OtpSms, session.OtpSmsCheckedAt),
        (ProvedFactor.OtpEmail, session.OtpEmailCheckedAt),
        (ProvedFactor.RecoveryCode, session.RecoveryCodeCheckedAt),
    ];
}
