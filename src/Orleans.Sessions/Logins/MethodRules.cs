using System.Collections.Immutable;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Logins;

/// <summary>What the methods of a person mean for the proofs of a session, by the table of factors. Pure functions.</summary>
internal static class MethodRules
{
    /// <summary>The methods that a person can add to others.</summary>
    public static readonly ImmutableArray<AuthenticationMethod> Enrollable = Those(method => method.IsEnrollable);

    /// <summary>The methods with which a login may begin, whoever the person is.</summary>
    public static ImmutableArray<AuthenticationMethod> FirstMethods(LoginPolicy policy) =>
        Those(method => method.IsFirst && method.IsAllowed(policy));

    /// <summary>Whether the login policy allows a method.</summary>
    public static bool IsAllowed(AuthenticationMethod kind, LoginPolicy policy) =>
        Find(kind) is var (_, method) && method.IsAllowed(policy);

    /// <summary>The factor that a method proves; <c>null</c> if only a newer version of the service knows the method.</summary>
    public static ProvedFactor? FactorOf(AuthenticationMethod kind) => Find(kind)?.Factor.Kind;

    /// <summary>The method that made a proof.</summary>
    public static AuthenticationMethod Of(Proof proof) => MethodOf(proof)?.Kind ?? AuthenticationMethod.Unspecified;

    /// <summary>Whether a method is proved in a session.</summary>
    public static bool IsProved(AuthenticationMethod kind, SessionRecord session) =>
        Find(kind) is var (factor, method) && ProofRules.Find(session, factor.Kind) is { } proof && method.IsProvedBy(proof);

    /// <summary>
    /// The session as it would be if the person used the method now. A passkey may be in certified hardware; that shows when it answers.
    /// </summary>
    public static SessionRecord With(SessionRecord session, AuthenticationMethod kind, DateTimeOffset now) =>
        Find(kind) is var (factor, method)
            ? ProofRules.With(
                session,
                new Proof(factor.Kind, now, UserVerified: method.VerifiesUser) { IsHardwareBound = method.VerifiesUser }
            )
            : session;

    /// <summary>
    /// Whether a proof is older than the login settings accept. A lifetime of zero means any age. What only a newer version of the service
    /// knows counts as one more factor, so it is good for as long as a second factor.
    /// </summary>
    public static bool IsStale(Proof proof, LoginPolicy policy, DateTimeOffset now)
    {
        var lifetime = MethodOf(proof)?.Lifetime(policy) ?? policy.SecondFactorCheckLifetime;
        return lifetime > TimeSpan.Zero && now - proof.At > lifetime;
    }

    private static FactorMethod? MethodOf(Proof proof) =>
        FactorTable.Find(proof.Factor)?.Methods.FirstOrDefault(method => method.IsProvedBy(proof));

    private static (Factor Factor, FactorMethod Method)? Find(AuthenticationMethod kind)
    {
        foreach (var row in FactorTable.Methods)
        {
            if (row.Method.Kind == kind)
            {
                return row;
            }
        }

        return null;
    }

    private static ImmutableArray<AuthenticationMethod> Those(Func<FactorMethod, bool> isWanted) =>
        [.. FactorTable.Methods.Select(row => row.Method).Where(isWanted).Select(method => method.Kind)];
}
