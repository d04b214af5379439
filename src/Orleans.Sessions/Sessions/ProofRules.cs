using System.Collections.Immutable;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Sessions;

/// <summary>
/// What a session has proved and whether that still stands: what a credential made dies with it. Pure functions of the stored session and of who its user is now,
/// so that a removal holds from the moment it is durable, whatever is written in the sessions.
/// </summary>
internal static class ProofRules
{
    /// <summary>Everything that the session has proved besides who its user is, whether it still stands or not.</summary>
    public static IEnumerable<Proof> Of(SessionRecord session)
    {
        (ProvedFactor Factor, DateTimeOffset? At, string? Credential)[] proved =
        [
            (ProvedFactor.Password, session.PasswordCheckedAt, null),
            (ProvedFactor.WebAuthn, session.WebAuthn?.VerifiedAt, session.WebAuthnKeyId),
            (ProvedFactor.Intent, session.IntentCheckedAt, session.IntentLink),
            (ProvedFactor.Totp, session.TotpCheckedAt, null),
            (ProvedFactor.OtpSms, session.OtpSmsCheckedAt, null),
            (ProvedFactor.OtpEmail, session.OtpEmailCheckedAt, null),
            (ProvedFactor.RecoveryCode, session.RecoveryCodeCheckedAt, null),
        ];
        return proved.Where(proof => proof.At is not null).Select(proof => new Proof(proof.Factor, proof.At!.Value, proof.Credential));
    }

    /// <summary>Whether the session has proved anything, be it void by now.</summary>
    public static bool Any(SessionRecord session) =>
        session.PasswordCheckedAt is not null || session.WebAuthn is not null || session.IntentCheckedAt is not null || session.TotpCheckedAt is not null
        || session.OtpSmsCheckedAt is not null || session.OtpEmailCheckedAt is not null || session.RecoveryCodeCheckedAt is not null;

    /// <summary>Whether the session has proved something, and nothing of it after <paramref name="time"/>.</summary>
    public static bool IsProvedBefore(SessionRecord session, DateTimeOffset time) => Any(session) && Of(session).All(proof => proof.At <= time);

    /// <summary>Whether what it was proved with is still the user's.</summary>
    public static bool Stands(Proof proof, UserIdentity user) =>
        !(proof.Factor == ProvedFactor.Password && proof.At < user.PasswordChangedAt)
        && !(user.Revocations ?? []).Any(revocation => revocation.Voids(proof));

    /// <summary>The earliest time at which a new proof counts.</summary>
    public static DateTimeOffset EarliestProof(UserIdentity user)
    {
        var revoked = user.Revocations is { } revocations ? revocations.Max(revocation => revocation.At).AddMicroseconds(1) : DateTimeOffset.MinValue;
        return user.PasswordChangedAt > revoked ? user.PasswordChangedAt.Value : revoked;
    }

    /// <summary>The session with what still stands; mostly the session itself.</summary>
    public static SessionRecord Standing(SessionRecord session, UserIdentity user)
    {
        if (user.Revocations is null && !(session.PasswordCheckedAt < user.PasswordChangedAt))
        {
            return session;
        }

        return Of(session).Where(proof => !Stands(proof, user)).Aggregate(session, (left, proof) => proof.Factor switch
        {
            ProvedFactor.Password => left with { PasswordCheckedAt = null },
            ProvedFactor.WebAuthn => left with { WebAuthn = null, WebAuthnKeyId = null },
            ProvedFactor.Intent => left with { IntentCheckedAt = null, IntentLink = null },
            ProvedFactor.Totp => left with { TotpCheckedAt = null },
            ProvedFactor.OtpSms => left with { OtpSmsCheckedAt = null },
            ProvedFactor.OtpEmail => left with { OtpEmailCheckedAt = null },
            _ => left with { RecoveryCodeCheckedAt = null },
        });
    }

    /// <summary>Whether something is void that the session has proved, besides the password: the database knows by itself when that was changed.</summary>
    public static bool IsTouchedByRevocations(SessionRecord session, UserIdentity user) =>
        user.Revocations is { } revocations && Of(session).Any(proof => revocations.Any(revocation => revocation.Voids(proof)));

    /// <summary>
    /// Whether a session carries the tokens of a login that rested on <paramref name="proofs"/>: each of them must stand, because the tokens say what they prove
    /// together. For logins of which nobody noted them, all that the session has proved must.
    /// </summary>
    public static bool Carry(ImmutableArray<Proof>? proofs, SessionRecord session, UserIdentity user)
    {
        var needed = proofs ?? [.. Of(session)];
        return !needed.IsEmpty && needed.All(proof => Stands(proof, user));
    }
}
