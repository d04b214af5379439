using Orleans.Sessions.Factors;

namespace Orleans.Sessions.Policies;

/// <summary>Holds requests to the login policy.</summary>
internal static class LoginPolicyRules
{
    /// <summary>Fails with <c>SESSION-Pol01</c> unless the policy allows every check and challenge that is asked for.</summary>
    public static void Ensure(LoginPolicy policy, Checks checks, RequestedChallenges challenges)
    {
        if (!FactorTable.All.All(factor => factor.IsAllowed(policy, checks, challenges)))
        {
            throw new SessionException(SessionErrors.FactorNotAllowed);
        }
    }
}
