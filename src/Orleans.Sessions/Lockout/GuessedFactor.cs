using System.Collections.Immutable;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Lockout;

/// <summary>A factor that can be guessed, and how its wrong answers count.</summary>
/// <param name="Kind">The factor.</param>
/// <param name="Name">Its name in the log and the audit trail.</param>
/// <param name="Limit">How many consecutive wrong answers from one source block it; 0 means never.</param>
/// <param name="Blocked">The error while it is blocked.</param>
internal sealed record GuessedFactor(ProvedFactor Kind, string Name, Func<LockoutOptions, int> Limit, SessionError Blocked)
{
    /// <summary>The wrong answers in the user's record; <c>null</c> means none.</summary>
    public FactorFailures? Get(UserRecord user) => user.Guesses?.GetValueOrDefault(Kind);

    /// <summary>The user with these wrong answers instead.</summary>
    public UserRecord Set(UserRecord user, FactorFailures? failures)
    {
        var guesses = user.Guesses ?? ImmutableDictionary<ProvedFactor, FactorFailures>.Empty;
        guesses = failures is null ? guesses.Remove(Kind) : guesses.SetItem(Kind, failures);
        return user with { Guesses = guesses.IsEmpty ? null : guesses };
    }
}
