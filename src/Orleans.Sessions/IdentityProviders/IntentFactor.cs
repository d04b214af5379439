using Orleans.Sessions.Audit;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>A login at an external identity provider as a factor. It cannot be guessed: its token is long and random.</summary>
internal static class IntentFactor
{
    /// <summary>Its row in the table of factors. It is unknown what the provider has checked, so it counts as knowledge only.</summary>
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
        Credentials = user =>
            (user.Links ?? [])
                .Select(link => LinkRules.HandleOf(link.ProviderId, link.ExternalId))
                .Select(handle => new Credential(handle, handle)),
    };
}
