using Orleans.Sessions.Audit;
using Orleans.Sessions.Factors;

namespace Orleans.Sessions.WebAuthn;

/// <summary>Passkeys and security keys as a factor. They sign a random challenge, so there is nothing to guess.</summary>
internal static class WebAuthnKeyFactor
{
    private static readonly FactorMethod s_passkey = new(AuthenticationMethod.Passkey)
    {
        IsFirst = true,
        IsEnrollable = true,
        VerifiesUser = true,
        IsReady = (user, domain) => WebAuthnRules.HasReady(user, WebAuthnKind.Passkey, domain),
        IsAllowed = policy => policy.AllowPasskeys,
        Lifetime = policy => policy.MultiFactorCheckLifetime,
    };

    private static readonly FactorMethod s_securityKey = FactorMethod.OfSecondFactor(
        AuthenticationMethod.U2F,
        FactorKind.U2F,
        (user, domain) => WebAuthnRules.HasReady(user, WebAuthnKind.U2F, domain)
    );

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
        Methods = [s_passkey, s_securityKey],
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
    private static bool IsAllowed(LoginPolicy policy, Checks checks, RequestedChallenges challenges) =>
        (checks.WebAuthn is null || s_passkey.IsAllowed(policy) || s_securityKey.IsAllowed(policy))
        && challenges.WebAuthn switch
        {
            null => true,
            { UserVerification: UserVerification.Required } => s_passkey.IsAllowed(policy),
            _ => s_securityKey.IsAllowed(policy),
        };
}
