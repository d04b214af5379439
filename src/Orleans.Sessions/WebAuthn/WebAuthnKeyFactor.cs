using Orleans.Sessions.Audit;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.WebAuthn;

/// <summary>Passkeys and security keys as a factor. They sign a random challenge, so there is nothing to guess.</summary>
internal static class WebAuthnKeyFactor
{
    /// <summary>Its row in the table of factors.</summary>
    public static readonly Factor Row = new()
    {
        Kind = ProvedFactor.WebAuthn,
        Login = AuditKinds.LoginWebAuthn,
        CheckAsync = WebAuthnCheck.RunAsync,
        ChallengeAsync = WebAuthnChallenge.RunAsync,
        IsAllowed = IsAllowed,
        Evidence = Evidence.Possession,
        EvidenceOfUser = Evidence.Knowledge | Evidence.Inherence,
        ResistsPhishing = true,
        Amr = "user",
        Show = (factors, proof) => factors with { WebAuthn = new WebAuthnFactor(proof.At, proof.UserVerified) },
        Methods = Methods,
        Credentials = user =>
            (user.WebAuthnKeys ?? []).Where(key => key.Credential is not null).Select(key => new Credential(key.Id, key.Id)),
        SecondFactors = WebAuthnRules.SecondFactors,
        Names = user =>
            (user.WebAuthnKeys ?? [])
                .Where(key => key.Credential is not null)
                .Select(key => $"{(key.Kind == WebAuthnKind.Passkey ? "passkey" : "security_key")} {key.Id}"),
    };

    /// <summary>
    /// A challenge that requires user verification is for passkeys; any other is for security keys. An answer may come from either.
    /// </summary>
    private static bool IsAllowed(LoginPolicy policy, Checks checks, RequestedChallenges challenges)
    {
        var securityKeys = policy.SecondFactors.Contains(FactorKind.U2F);
        return (checks.WebAuthn is null || policy.AllowPasskeys || securityKeys)
            && challenges.WebAuthn switch
            {
                null => true,
                { UserVerification: UserVerification.Required } => policy.AllowPasskeys,
                _ => securityKeys,
            };
    }

    private static IEnumerable<AuthenticationMethod> Methods(UserRecord user, string? domain)
    {
        if (WebAuthnRules.HasReady(user, WebAuthnKind.Passkey, domain))
        {
            yield return AuthenticationMethod.Passkey;
        }

        if (WebAuthnRules.HasReady(user, WebAuthnKind.U2F, domain))
        {
            yield return AuthenticationMethod.U2F;
        }
    }
}
