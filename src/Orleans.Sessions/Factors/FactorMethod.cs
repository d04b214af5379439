using Orleans.Sessions.Sessions;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Factors;

/// <summary>A way to prove a factor that people and clients know by a name of its own.</summary>
/// <param name="Kind">Its name.</param>
internal sealed record FactorMethod(AuthenticationMethod Kind)
{
    /// <summary>Whether a login may begin with it, whoever the person is.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Whether a person can add it to others.</summary>
    public bool IsEnrollable { get; init; }

    /// <summary>Whether only an authenticator that has verified the person proves it.</summary>
    public bool VerifiesUser { get; init; }

    /// <summary>Whether the user has it ready, for a relying party's domain or, with <c>null</c>, for any domain.</summary>
    public required Func<UserRecord, string?, bool> IsReady { get; init; }

    /// <summary>Whether the login policy allows it.</summary>
    public required Func<LoginPolicy, bool> IsAllowed { get; init; }

    /// <summary>How long the login policy accepts its proof; zero means for any time.</summary>
    public required Func<LoginPolicy, TimeSpan> Lifetime { get; init; }

    /// <summary>The method of a kind of second factor, which people set up and which the policy allows by its kind.</summary>
    public static FactorMethod OfSecondFactor(AuthenticationMethod kind, FactorKind factor, Func<UserRecord, string?, bool> isReady) =>
        new(kind)
        {
            IsEnrollable = true,
            IsReady = isReady,
            IsAllowed = policy => policy.SecondFactors.Contains(factor),
            Lifetime = policy => policy.SecondFactorCheckLifetime,
        };

    /// <summary>
    /// Whether a proof of the factor proves the method. A key that verified the person also counts where any key is wanted.
    /// </summary>
    public bool IsProvedBy(Proof proof) => proof.UserVerified || !VerifiesUser;
}
