using System.Collections.Immutable;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Tests.Harness;

/// <summary>Puts proofs and wrong answers into stored records, and reads them back.</summary>
internal static class StoredFactors
{
    public static SessionRecord Proved(
        this SessionRecord session,
        ProvedFactor factor,
        DateTimeOffset at,
        bool userVerified = false,
        bool inHardware = false
    ) => ProofRules.With(session, new Proof(factor, at, UserVerified: userVerified) { IsHardwareBound = inHardware });

    public static DateTimeOffset? ProvedAt(this SessionRecord session, ProvedFactor factor) => ProofRules.Find(session, factor)?.At;

    public static UserRecord Guessed(this UserRecord user, ProvedFactor factor, FactorFailures failures) =>
        user with
        {
            Guesses = (user.Guesses ?? ImmutableDictionary<ProvedFactor, FactorFailures>.Empty).SetItem(factor, failures),
        };

    public static FactorFailures? GuessesOf(this UserRecord user, ProvedFactor factor) => user.Guesses?.GetValueOrDefault(factor);
}
