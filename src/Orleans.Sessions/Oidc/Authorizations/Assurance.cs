using System.Collections.Immutable;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Policies;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Oidc.Authorizations;

/// <summary>What a session proves to relying parties, and whether that is enough for a request: pure functions.</summary>
internal static class Assurance
{
    /// <summary>
    /// How long after its last factor a login that a request has asked for counts as fresh for it, even for <c>max_age=0</c>: people need
    /// time to come back.
    /// </summary>
    private static readonly TimeSpan s_loginTime = TimeSpan.FromMinutes(5);

    /// <summary>The login of a session, as tokens tell it.</summary>
    public static AuthorizationLogin Login(SessionRecord session, UserIdentity user) => new()
    {
        UserId = user.Id,
        OrganizationId = user.OrganizationId,
        SessionId = session.Id,
        AuthenticatedAt = AuthenticatedAt(session, user),
        Methods = Methods(session, user),
        Acr = Level(session, user),
        AgentId = session.FingerprintId,
        Proofs = [.. ProofRules.Of(ProofRules.Standing(session, user))],
    };

    /// <summary>Why the login of a session is not enough; <c>null</c>: it is.</summary>
    public static SessionError? Objection(SessionRecord session, UserIdentity user, Demand demand, LoginPolicy policy, DateTimeOffset now)
    {
        if (demand.UserId is { } userId && userId != user.Id)
        {
            return SessionErrors.LinkOtherUser;
        }

        if (SessionRules.ProvedFactors(session, user) == 0 || AuthenticatedAt(session, user) is not { } provedAt)
        {
            return SessionErrors.LinkFactorMissing;
        }

        if (SessionRules.MustChangePassword(session, user, policy, now))
        {
            return SessionErrors.PasswordOutdated;
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
                return wanted == AuthenticationContext.PhishingResistant ? SessionErrors.LinkPasskeyMissing : SessionErrors.LinkSecondFactorMissing;
            }
        }

        return null;
    }

    /// <summary>The newest proof that stands. A last resort, such as a recovery code, counts only when there is nothing else.</summary>
    private static DateTimeOffset? AuthenticatedAt(SessionRecord session, UserIdentity user)
    {
        var standing = Standing(session, user).ToLookup(one => one.Factor.IsLastResort, one => (DateTimeOffset?)one.Proof.At);
        return standing[false].Max() ?? standing[true].Max();
    }

    private static ImmutableArray<string> Methods(SessionRecord session, UserIdentity user)
    {
        var methods = Standing(session, user).Select(one => one.Factor.Amr).OfType<string>().Distinct();
        return [.. SessionRules.ProvedFactors(session, user) >= 2 ? methods.Append("mfa") : methods];
    }

    /// <summary>
    /// NIST SP 800-63B: the second level needs something known (or proved by another provider) and something possessed, or a passkey that
    /// verified the person. Codes by e-mail prove no possession.
    /// </summary>
    private static string Level(SessionRecord session, UserIdentity user)
    {
        var standing = Standing(session, user).ToList();
        var evidence = standing.Aggregate(
            Evidence.None, (all, one) => all | one.Factor.Evidence | (one.Proof.UserVerified ? one.Factor.EvidenceOfUser : Evidence.None));
        return !evidence.HasFlag(Evidence.Knowledge) ? AuthenticationContext.Aal1
            : standing.Any(one => one.Factor.ResistsPhishing) ? AuthenticationContext.PhishingResistant
            : evidence.HasFlag(Evidence.Possession) ? AuthenticationContext.Aal2
            : AuthenticationContext.Aal1;
    }

    /// <summary>What stands, in the order of the table.</summary>
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

/// <summary>What a login must prove.</summary>
/// <param name="AskedAt">When it was asked for.</param>
/// <param name="Login">Whether a factor must have been proved after that (<c>prompt=login</c>).</param>
/// <param name="MaxAge">How old the newest proof may be.</param>
/// <param name="AcrValues">The levels of which one is enough.</param>
/// <param name="MinimumAcr">The level that the client's registration demands anyway.</param>
/// <param name="UserId">Who must log in; <c>null</c>: whoever likes.</param>
internal sealed record Demand(
    DateTimeOffset AskedAt, bool Login, TimeSpan? MaxAge, ImmutableArray<string> AcrValues, string? MinimumAcr, string? UserId = null);
