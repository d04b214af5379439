using System.Collections.Immutable;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Logins;

/// <summary>What a session proves to relying parties, and whether that is enough for a request. Pure functions.</summary>
internal static class Assurance
{
    /// <summary>
    /// How long after its last factor a login made for a request counts as fresh for that request, even with <c>max_age=0</c>: people need
    /// time to return to the application.
    /// </summary>
    private static readonly TimeSpan s_loginTime = TimeSpan.FromMinutes(5);

    /// <summary>The login of a session, in the form that tokens contain.</summary>
    public static SessionLogin Login(SessionRecord session, UserIdentity user) =>
        new()
        {
            UserId = user.Id,
            OrganizationId = user.OrganizationId,
            SessionId = session.Id,
            AuthenticatedAt = AuthenticatedAt(session, user),
            Methods = Methods(session, user),
            Acr = IsUnproved(session, user) ? null : Level(session, user),
            AgentId = session.FingerprintId,
            Proofs = IsUnproved(session, user) ? [ProofRules.OfUserCheck(session)] : [.. ProofRules.Of(ProofRules.Standing(session, user))],
        };

    /// <summary>Why the login of a session is not enough; <c>null</c> if it is.</summary>
    public static SessionError? Refusal(SessionRecord session, UserIdentity user, Demand demand, LoginPolicy policy, DateTimeOffset now)
    {
        if (demand.UserId is { } userId && userId != user.Id)
        {
            return SessionErrors.LinkOtherUser;
        }

        // Whoever only typed a name must not learn from the rule about the address whom the name belongs to.
        var authenticatedAt = IsUnproved(session, user) ? null : AuthenticatedAt(session, user);
        if (authenticatedAt is null && !MayBeUnproved(session, user, demand, policy))
        {
            return SessionErrors.LinkFactorMissing;
        }

        if (policy.RequireVerifiedEmail && user.IsEmailUnverified)
        {
            return SessionErrors.LinkEmailUnverified;
        }

        if (authenticatedAt is not { } provedAt)
        {
            return null;
        }

        if (SessionRules.MustChangePassword(session, user, policy, now))
        {
            return SessionErrors.LinkPasswordOutdated;
        }

        if (policy.ForceMfa && SessionRules.MissesSecondFactor(session, user, policy))
        {
            return SessionErrors.LinkPolicyWantsMore;
        }

        if (demand.Login && provedAt < demand.AskedAt)
        {
            return SessionErrors.LinkLoginWanted;
        }

        if (demand.MaxAge is { } maxAge && now - provedAt > (provedAt < demand.AskedAt || maxAge > s_loginTime ? maxAge : s_loginTime))
        {
            return SessionErrors.LinkTooOld;
        }

        var level = Level(session, user);
        var lowest = demand.AcrValues.OrderBy(AuthenticationContext.Rank).FirstOrDefault(AuthenticationContext.Aal1);
        foreach (var wanted in new[] { demand.MinimumAcr ?? AuthenticationContext.Aal1, lowest })
        {
            if (!AuthenticationContext.Satisfies(level, wanted))
            {
                return MissingFor(wanted);
            }
        }

        return null;
    }

    /// <summary>
    /// Whether the refusal is about age or level, so that another login of the same person can satisfy the request.
    /// </summary>
    public static bool IsForAgeOrLevel(SessionError refusal) =>
        refusal == SessionErrors.LinkTooOld
        || refusal == SessionErrors.LinkLoginWanted
        || refusal == SessionErrors.LinkPasswordOutdated
        || refusal == SessionErrors.LinkPolicyWantsMore
        || MissingLevel(refusal) is not null;

    /// <summary>Why a login that does not reach a level is not enough.</summary>
    public static SessionError MissingFor(string wanted) =>
        wanted switch
        {
            AuthenticationContext.Aal3 => SessionErrors.LinkHardwareKeyMissing,
            AuthenticationContext.PhishingResistant => SessionErrors.LinkPasskeyMissing,
            _ => SessionErrors.LinkSecondFactorMissing,
        };

    /// <summary>The level that the login did not reach; <c>null</c> if the refusal is not about a level.</summary>
    public static string? MissingLevel(SessionError refusal) =>
        refusal == SessionErrors.LinkSecondFactorMissing ? AuthenticationContext.Aal2
        : refusal == SessionErrors.LinkPasskeyMissing ? AuthenticationContext.PhishingResistant
        : refusal == SessionErrors.LinkHardwareKeyMissing ? AuthenticationContext.Aal3
        : null;

    private static bool IsUnproved(SessionRecord session, UserIdentity user) => SessionRules.ProvedFactors(session, user) == 0;

    /// <summary>
    /// Whether a login frontend may answer with a person of whom nothing was proved. Services do not log in, and a request that asks for a
    /// proof gets one.
    /// </summary>
    private static bool MayBeUnproved(SessionRecord session, UserIdentity user, Demand demand, LoginPolicy policy) =>
        policy is { AllowUnprovedLogins: true, ForceMfa: false }
        && demand is { ByFrontend: true, WantsProof: false }
        && user.Kind == UserKind.Human
        && !ProofRules.Any(session);

    /// <summary>
    /// The time of the newest proof that counts. A last resort, such as a recovery code, is used only if there is no other proof.
    /// </summary>
    private static DateTimeOffset? AuthenticatedAt(SessionRecord session, UserIdentity user)
    {
        var standing = Standing(session, user).ToLookup(one => one.Factor.IsLastResort, one => (DateTimeOffset?)one.Proof.At);
        return standing[false].Max() ?? standing[true].Max();
    }

    private static ImmutableArray<string> Methods(SessionRecord session, UserIdentity user)
    {
        var methods = Standing(session, user).Select(one => one.Factor.Amr).OfType<string>().Distinct();
        return Level(session, user) switch
        {
            AuthenticationContext.Aal1 => [.. methods],
            AuthenticationContext.Aal3 => [.. methods, "hwk", "mfa"],
            _ => [.. methods, "mfa"],
        };
    }

    /// <summary>
    /// NIST SP 800-63B-4: the second level needs knowledge (or a login at another provider) and possession, or a passkey that verified the
    /// person. Codes by e-mail do not prove possession. The third level needs a key that cannot leave certified hardware, and that verified
    /// the person; the session's grain takes that away in time (<see cref="HardwareProof"/>).
    /// </summary>
    public static string Level(SessionRecord session, UserIdentity user)
    {
        var standing = Standing(session, user).ToList();
        var evidence = standing.Aggregate(Evidence.None, (all, one) =>
            all | one.Factor.Evidence | (one.Proof.UserVerified ? one.Factor.EvidenceOfUser : Evidence.None)
        );
        return !evidence.HasFlag(Evidence.Knowledge) ? AuthenticationContext.Aal1
            : standing.Any(one => one.Proof is { UserVerified: true, IsHardwareBound: true }) ? AuthenticationContext.Aal3
            : standing.Any(one => one.Factor.ResistsPhishing) ? AuthenticationContext.PhishingResistant
            : evidence.HasFlag(Evidence.Possession) ? AuthenticationContext.Aal2
            : AuthenticationContext.Aal1;
    }

    /// <summary>The proofs that count, in the order of the table.</summary>
    private static IEnumerable<(Factor Factor, Proof Proof)> Standing(SessionRecord session, UserIdentity user)
    {
        var standing = ProofRules.Standing(session, user);
        foreach (var factor in FactorTable.All)
        {
            if (ProofRules.Find(standing, factor.Kind) is { } proof)
            {
                yield return (factor, proof);
            }
        }
    }
}
