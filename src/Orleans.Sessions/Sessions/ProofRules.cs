using System.Collections.Immutable;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Sessions;

/// <summary>
/// What a session has proved, and whether that still counts: a proof ends with the credential that made it. Pure functions of the stored
/// session and of the user's present identity. A removal therefore takes effect as soon as it is durable, whatever is stored in the
/// sessions.
/// </summary>
internal static class ProofRules
{
    /// <summary>Everything the session has proved besides the user's identity, whether it still counts or not.</summary>
    public static ImmutableArray<Proof> Of(SessionRecord session) => session.Proofs ?? [];

    /// <summary>Whether the session has proved anything, even if it is void by now.</summary>
    public static bool Any(SessionRecord session) => session.Proofs is { IsEmpty: false };

    /// <summary>The proof of a factor, even if it is void by now; <c>null</c> if the session has not proved the factor.</summary>
    public static Proof? Find(SessionRecord session, ProvedFactor factor) =>
        session.Proofs?.FirstOrDefault(proof => proof.Factor == factor);

    /// <summary>
    /// Stands for the proofs of a login that proved nothing: the time at which the user was named. So its tokens have an end, as those of
    /// other logins have.
    /// </summary>
    public static Proof OfUserCheck(SessionRecord session) => new(ProvedFactor.User, session.UserCheckedAt!.Value);

    /// <summary>Whether a login rested on nothing but the name of the user.</summary>
    public static bool IsUnproved(ImmutableArray<Proof> proofs) => proofs is [{ Factor: ProvedFactor.User, Credential: null }];

    /// <summary>The session with one more proof, which replaces an earlier proof of the same factor.</summary>
    public static SessionRecord With(SessionRecord session, Proof proof) =>
        session with
        {
            Proofs = [.. Of(session).Where(other => other.Factor != proof.Factor), proof],
        };

    /// <summary>The session without the proof of a factor.</summary>
    public static SessionRecord Without(SessionRecord session, ProvedFactor factor) => Only(session, proof => proof.Factor != factor);

    /// <summary>Whether the session has proved at least one factor, and none after <paramref name="time"/>.</summary>
    public static bool IsProvedBefore(SessionRecord session, DateTimeOffset time) =>
        Any(session) && Of(session).All(proof => proof.At <= time);

    /// <summary>Whether the user still has the credential that made the proof.</summary>
    public static bool Stands(Proof proof, UserIdentity user) =>
        !(proof.Factor == ProvedFactor.Password && proof.At < user.PasswordChangedAt)
        && !(user.Revocations ?? []).Any(revocation => revocation.Voids(proof));

    /// <summary>The earliest time at which a new proof counts.</summary>
    public static DateTimeOffset EarliestProof(UserIdentity user)
    {
        var revoked = user.Revocations is { } revocations
            ? revocations.Max(revocation => revocation.At).AddMicroseconds(1)
            : DateTimeOffset.MinValue;
        return user.PasswordChangedAt > revoked ? user.PasswordChangedAt.Value : revoked;
    }

    /// <summary>
    /// The session with only the proofs that still count, and with those that it gained by its person's own changes; usually the session
    /// itself.
    /// </summary>
    public static SessionRecord Standing(SessionRecord session, UserIdentity user)
    {
        var taken = user.OwnChanges is null ? session : OwnChangeRules.TakeOver(session, user);
        return Of(taken).All(proof => Stands(proof, user)) ? taken : Only(taken, proof => Stands(proof, user));
    }

    /// <summary>
    /// Whether the stored session says something else than what counts: a proof other than the password's is void, or one was gained. For
    /// passwords the database itself knows the date of the last change.
    /// </summary>
    public static bool IsTouchedByChanges(SessionRecord session, UserIdentity user) =>
        (user.Revocations is { } revocations && Of(session).Any(proof => revocations.Any(revocation => revocation.Voids(proof))))
        || !ReferenceEquals(OwnChangeRules.TakeOver(session, user), session);

    /// <summary>
    /// Whether the tokens of a login that rested on <paramref name="proofs"/> may still be valid. Each of the proofs must still count,
    /// because the tokens state what they prove together.
    /// </summary>
    public static bool Carry(ImmutableArray<Proof> proofs, UserIdentity user) =>
        !proofs.IsEmpty && proofs.All(proof => Stands(proof, user));

    private static SessionRecord Only(SessionRecord session, Func<Proof, bool> isKept)
    {
        var kept = Of(session).RemoveAll(proof => !isKept(proof));
        return session with { Proofs = kept.IsEmpty ? null : kept };
    }
}
