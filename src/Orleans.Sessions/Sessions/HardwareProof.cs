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
    public static bool Any(SessionRecord session) => Find(session) is not null;

    /// <summary>
    /// The session as it counts at <paramref name="now"/>, usually the session itself. It is to be taken before a use is noted, because a
    /// use that comes too late does not bring the level back.
    /// </summary>
    public static SessionRecord At(SessionRecord session, DateTimeOffset now) =>
        Find(session) is { } proof && (now - proof.At >= s_lifetime || now - SessionExpiry.LastUse(session) >= s_unused)
            ? session with
            {
                Proofs = session.Proofs!.Value.Replace(proof, proof with { IsHardwareBound = false }),
            }
            : session;

    /// <summary>The proof; there is at most one, because only one factor has keys. Each read of a session comes here.</summary>
    private static Proof? Find(SessionRecord session)
    {
        foreach (var proof in ProofRules.Of(session))
        {
            if (proof.IsHardwareBound)
            {
                return proof;
            }
        }

        return null;
    }
}
