using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// Refuses requests that repeat a parameter (RFC 6749 §3.1, §3.2). OpenIddict by itself treats a repeated parameter as absent; then a
/// <c>max_age</c> or a <c>prompt</c> would have no effect.
/// </summary>
internal sealed class RepeatedParameters : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        // These two may be repeated (RFC 8693 §2.1, RFC 8707 §2).
        if (
            context
                .Request!.GetParameters()
                .Any(parameter => parameter.Value.Count > 1 && parameter.Key is not (Parameters.Audience or Parameters.Resource))
        )
        {
            context.Reject(OAuthError.InvalidRequest, "A parameter is repeated.");
        }

        return ValueTask.CompletedTask;
    }
}
