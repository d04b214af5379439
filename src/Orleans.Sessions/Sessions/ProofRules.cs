using System.Collections.Immutable;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Sessions;

/// <summary>
/// What a session has proved and whether that still stands: what a credential made dies with it. Pure functions of the stored session and
/// of who its user is now, so that a removal holds from the moment it is durable, whatever is written in the sessions.
/// </summary>
internal static class ProofRules
{
    /// <summary>Everything that the session has proved besides who its user is, whether it still stands or not.</summary>
    public static ImmutableArray<Proof> Of(SessionRecord session) => session.Proofs ?? [];

    /// <summary>Whether the session has proved anything, be it void by now.</summary>
    public static bool Any(SessionRecord session) => session.Proofs is { IsEmpty: false };

    /// <summary>The proof of a factor, be it void by now; <c>null</c>: it was not proved.</summary>
    public static Proof? Find(SessionRecord session, ProvedFactor factor) => session.Proofs?.FirstOrDefault(proof => proof.Factor == factor);

    /// <summary>The session with one more proof, which replaces an earlier one of the factor.</summary>
    public static SessionRecord With(SessionRecord session, Proof proof) =>
        session with { Proofs = [.. Of(session).Where(other => other.Factor != proof.Factor), proof] };

    /// <summary>The session without the proof of a factor.</summary>
    public static SessionRecord Without(SessionRecord session, ProvedFactor factor) => Only(session, proof => proof.Factor != factor);

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
    public static SessionRecord Standing(SessionRecord session, UserIdentity user) =>
        Of(session).All(proof => Stands(proof, user)) ? session : Only(session, proof => Stands(proof, user));

    /// <summary>
    /// Whether something is void that the session has proved, besides the password: the database knows by itself when that was changed.
    /// </summary>
    public static bool IsTouchedByRevocations(SessionRecord session, UserIdentity user) =>
        user.Revocations is { } revocations && Of(session).Any(proof => revocations.Any(revocation => revocation.Voids(proof)));

    /// <summary>
    /// Whether a session carries the tokens of a login that rested on <paramref name="proofs"/>: each of them must stand, because the
    /// tokens say what they prove together. For logins of which nobody noted them, all that the session has proved must.
    /// </summary>
    public static bool Carry(ImmutableArray<Proof>? proofs, SessionRecord session, UserIdentity user)
    {
        var needed = proofs ?? Of(session);
        return !needed.IsEmpty && needed.All(proof => Stands(proof, user));
    }

    private static SessionRecord Only(SessionRecord session, Func<Proof, bool> isKept)
    {
        var kept = Of(session).RemoveAll(proof => !isKept(proof));
        return session with { Proofs = kept.IsEmpty ? null : kept };
    }
}
