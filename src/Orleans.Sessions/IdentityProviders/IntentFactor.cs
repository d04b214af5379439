using Orleans.Sessions.Audit;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>A login at an external identity provider as a factor. It cannot be guessed: its token is long and random.</summary>
internal static class IntentFactor
{
    private static readonly FactorMethod s_method = new(AuthenticationMethod.IdentityProvider)
    {
        IsFirst = true,
        IsReady = (user, _) => user.Links is { IsEmpty: false },
        IsAllowed = policy => policy.AllowExternalProviders,
        Lifetime = policy => policy.ExternalLoginCheckLifetime,
    };

    /// <summary>Its row in the table of factors. It is unknown what the provider has checked, so it counts as knowledge only.</summary>
    public static readonly Factor Row = new()
    {
        Kind = ProvedFactor.Intent,
        Login = AuditKinds.LoginIdentityProvider,
        CheckAsync = IntentCheckStep.RunAsync,
        UseUpAsync = IntentCheckStep.CommitAsync,
        IsAllowed = (policy, checks, _) => checks.Intent is null || s_method.IsAllowed(policy),
        Evidence = Evidence.Knowledge,
        Show = (factors, proof) => factors with { Intent = proof.At },
        Methods = [s_method],
        Credentials = user =>
            (user.Links ?? [])
                .Select(link => LinkRules.HandleOf(link.ProviderId, link.ExternalId))
                .Select(handle => new Credential(handle, handle)),
    };
}
