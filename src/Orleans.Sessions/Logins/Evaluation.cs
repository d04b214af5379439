using System.Collections.Immutable;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Logins;

/// <summary>
/// Whether a session is enough for a login and, if not, what would make it enough. Pure functions over the same rule that decides about
/// real logins: a way is tried out on a copy of the session.
/// </summary>
internal sealed class Evaluation(UserIdentity user, LoginDemand demand, LoginPolicy policy, DateTimeOffset now, bool isByFrontend = false)
{
    private Demand Asked => new(demand.AskedAt ?? now, demand.NewLogin, demand.MaxAge, demand.AcrValues, demand.MinimumAcr, demand.UserId);

    /// <summary>The verdict about a session whose person has these methods ready.</summary>
    public LoginVerdict Judge(SessionRecord session, ImmutableArray<AuthenticationMethod> ready)
    {
        var standing = ProofRules.Standing(session, user);
        ImmutableArray<Proof> stale = demand.ChecksLifetimes
            ? [.. ProofRules.Of(standing).Where(proof => MethodRules.IsStale(proof, policy, now))]
            : [];
        var counted = stale.Aggregate(standing, (left, proof) => ProofRules.Without(left, proof.Factor));

        // A session whose proofs are void or too old is not one in which nothing was proved: a login refuses it.
        var refusal = Refusal(counted, policy, isByFrontend && !ProofRules.Any(session));
        var isProved = SessionRules.ProvedFactors(counted, user) > 0;
        var login = Assurance.Login(counted, user);
        var verdict = new LoginVerdict
        {
            Refusal = refusal,
            RequiredAcr = AuthenticationContext.Required(demand.MinimumAcr, demand.AcrValues),
            Acr = isProved ? login.Acr : null,
            Amr = login.Methods,
            AuthenticatedAt = login.AuthenticatedAt,
            Stale = [.. stale.Select(MethodRules.Of)],
            UserId = user.Id,
        };
        if (refusal is null)
        {
            return verdict;
        }

        if (policy.IgnoreUnknownUserNames && !ProofRules.Any(standing))
        {
            // Whoever only typed a login name learns what everybody is offered, whether or not the name exists.
            return verdict with { Next = MethodRules.FirstMethods(policy) };
        }

        // The rule about the address is told after the first proof. It must not hide the ways to that proof.
        var rules = refusal == SessionErrors.LinkFactorMissing ? policy with { RequireVerifiedEmail = false } : policy;
        var ways = Ways(counted, [.. ready.Where(method => MethodRules.IsAllowed(method, policy))], rules);
        return verdict with
        {
            Ways = ways,
            Next = [.. ways.SelectMany(way => way.Methods).Distinct().Order()],
            Enrolments = isProved ? [.. MethodRules.Enrollable.Where(method => !ready.Contains(method) && Leads(counted, method))] : [],
        };
    }

    private SessionError? Refusal(SessionRecord session, LoginPolicy rules, bool mayBeUnproved = false) =>
        Assurance.Refusal(session, user, Asked with { ByFrontend = mayBeUnproved }, rules, now)
        ?? (
            demand.Methods.All(method => MethodRules.IsProved(method, ProofRules.Standing(session, user)))
                ? null
                : SessionErrors.LinkMethodMissing
        );

    private ImmutableArray<LoginWay> Ways(SessionRecord session, ImmutableArray<AuthenticationMethod> methods, LoginPolicy rules)
    {
        var alone = methods.Where(method => Refusal(MethodRules.With(session, method, now), rules) is null).ToList();
        var others = methods.Except(alone).ToList();
        var pairs =
            from first in others
            from second in others
            where first < second && MethodRules.FactorOf(first) != MethodRules.FactorOf(second)
            where Refusal(MethodRules.With(MethodRules.With(session, first, now), second, now), rules) is null
            select new LoginWay([first, second]);
        return [.. alone.Select(method => new LoginWay([method])), .. pairs];
    }

    private bool Leads(SessionRecord session, AuthenticationMethod method) =>
        MethodRules.IsAllowed(method, policy) && Refusal(MethodRules.With(session, method, now), policy) is null;
}
