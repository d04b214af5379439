using Orleans.Sessions.Factors;

namespace Orleans.Sessions.Policies;

/// <summary>Checks requests against the login policy.</summary>
internal static class LoginPolicyRules
{
    /// <summary>Fails with <c>SESSION-Pol01</c> unless the policy allows every check and challenge of the request.</summary>
    public static void Ensure(LoginPolicy policy, Checks checks, RequestedChallenges challenges)
    {
        if (!FactorTable.All.All(factor => factor.IsAllowed(policy, checks, challenges)))
        {
            throw new SessionException(SessionErrors.FactorNotAllowed);
        }
    }
}
