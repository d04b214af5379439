using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Sessions;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Protocol.LoginV1;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Logins;

/// <summary>What requests of applications, and pages themselves, demand of a login.</summary>
internal static class LoginDemands
{
    public static LoginDemand Of(PendingRequest pending) =>
        new()
        {
            AskedAt = pending.CreatedAt,
            NewLogin = pending.Request.Prompts.Contains("login"),
            MaxAge = pending.Request.MaxAge,
            AcrValues = pending.Request.AcrValues,
            MinimumAcr = pending.Request.MinimumAcr,
            UserId = pending.Request.HintUserId,
        };

    public static LoginDemand Of(PendingSamlRequest pending) =>
        new()
        {
            AskedAt = pending.CreatedAt,
            NewLogin = pending.Request.ForceAuthn,
            AcrValues = pending.Request.AcrValues,
            MinimumAcr = pending.Request.MinimumAcr,
        };

    /// <summary>The demand of a page. Fails with <see cref="InvalidRequestException"/>.</summary>
    public static LoginDemand Of(Demand demand)
    {
        var acr = demand.Acr.Length == 0 ? null : AuthenticationContext.Normalize(demand.Acr);
        if (demand.Acr.Length > 0 && acr is null)
        {
            throw new InvalidRequestException($"demand.acr: must be one of {string.Join(", ", AuthenticationContext.All)}");
        }

        if (demand.MaxAge is { Seconds: < 0 } or { Nanos: < 0 })
        {
            throw new InvalidRequestException("demand.maxAge: must not be negative");
        }

        if (demand.Methods.Any(method => method == 0 || !Enum.IsDefined(method)))
        {
            throw new InvalidRequestException("demand.methods: must be values of AuthenticationMethodType other than UNSPECIFIED");
        }

        return new LoginDemand
        {
            MaxAge = SessionRequests.Lifetime(demand.MaxAge),
            MinimumAcr = acr,
            Methods = [.. demand.Methods.Select(method => (AuthenticationMethod)method)],
        };
    }
}
