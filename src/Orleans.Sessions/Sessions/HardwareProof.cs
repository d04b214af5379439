namespace Orleans.Sessions.Sessions;

/// <summary>
/// How long a key in certified hardware keeps a session at the third level (NIST SP 800-63B-4, section 2.3.3): 12 hours, and 15 minutes
/// without use. After that it counts like any other key, until it is proved again. Pure functions.
/// </summary>
internal static class HardwareProof
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(12);
    private static readonly TimeSpan s_unused = TimeSpan.FromMinutes(15);

    /// <summary>How exactly the uses of such a session are noted. So the level may end earlier, but by less than this.</summary>
    public static readonly TimeSpan UseStep = TimeSpan.FromMinutes(1);

    /// <summary>Whether the session has such a proof.</summary>
    public static bool Any(SessionRecord session) => ProofRules.Of(session).Any(proof => proof.IsHardwareBound);

    /// <summary>
    /// The session as it counts at <paramref name="now"/>, usually the session itself. It is to be taken before a use is noted, because a
    /// use that comes too late does not bring the level back.
    /// </summary>
    public static SessionRecord At(SessionRecord session, DateTimeOffset now)
    {
        if (!ProofRules.Of(session).Any(proof => IsOver(proof, session, now)))
        {
            return session;
        }

        return session with
        {
            Proofs = [.. ProofRules.Of(session).Select(proof => IsOver(proof, session, now) ? proof with { IsHardwareBound = false } : proof)],
        };
    }

    private static bool IsOver(Proof proof, SessionRecord session, DateTimeOffset now) =>
        proof.IsHardwareBound && (now - proof.At >= s_lifetime || now - SessionExpiry.LastUse(session) >= s_unused);
}
