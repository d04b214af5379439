using Orleans.Sessions.Audit;
using Orleans.Sessions.Factors;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>A login at an external identity provider as a factor. There is nothing to guess: its token is a long random one.</summary>
internal static class IntentFactor
{
    /// <summary>Its row in the table of factors. What the provider has checked is not known, so it counts as one known thing.</summary>
    public static readonly Factor Row = new()
    {
        Kind = ProvedFactor.Intent,
        Login = AuditKinds.LoginIdentityProvider,
        CheckAsync = IntentCheckStep.RunAsync,
        UseUpAsync = IntentCheckStep.CommitAsync,
        IsAllowed = (policy, checks, _) => checks.Intent is null || policy.AllowExternalProviders,
        Evidence = Evidence.Knowledge,
        Show = (factors, proof) => factors with { Intent = proof.At },
        Methods = (user, _) => user.Links is { IsEmpty: false } ? [AuthenticationMethod.IdentityProvider] : [],
    };
}
