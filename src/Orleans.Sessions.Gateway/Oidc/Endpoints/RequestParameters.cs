using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Oidc.Demands;
using Orleans.Sessions.Gateway.Oidc.Tokens;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// Takes out of a request what the protocol says to ignore: a parameter without a value (RFC 6749 §3.1, §3.2), and a parameter that means
/// nothing where it was sent. OpenIddict by itself refuses some of them.
/// <list type="bullet">
/// <item><c>scope</c> together with an authorization code or a device code: the code has its scopes.</item>
/// <item><c>audience</c>, except in a token exchange: the scopes and the registration say whom a token is for.</item>
/// <item><c>resource</c> where this service has no use for it; elsewhere <see cref="ResourceIndicators"/> keeps it.</item>
/// <item><c>request_uri</c> at a logout: logouts are not pushed.</item>
/// <item>Values of <c>prompt</c> that nobody knows, unless <see cref="OidcProviderOptions.StrictPrompts"/> is set.</item>
/// </list>
/// </summary>
internal sealed class RequestParameters(IOptions<OidcProviderOptions> options)
    : IOpenIddictServerHandler<ExtractAuthorizationRequestContext>,
        IOpenIddictServerHandler<ExtractPushedAuthorizationRequestContext>,
        IOpenIddictServerHandler<ExtractTokenRequestContext>,
        IOpenIddictServerHandler<ExtractDeviceAuthorizationRequestContext>,
        IOpenIddictServerHandler<ExtractIntrospectionRequestContext>,
        IOpenIddictServerHandler<ExtractRevocationRequestContext>,
        IOpenIddictServerHandler<ExtractEndSessionRequestContext>
{
    private static readonly string[] s_prompts =
    [
        PromptValues.None,
        PromptValues.Login,
        PromptValues.Consent,
        PromptValues.SelectAccount,
        PromptValues.Create,
    ];

    public ValueTask HandleAsync(ExtractAuthorizationRequestContext context) => CleanAuthorization(context);

    public ValueTask HandleAsync(ExtractPushedAuthorizationRequestContext context) => CleanAuthorization(context);

    public ValueTask HandleAsync(ExtractDeviceAuthorizationRequestContext context) =>
        Clean(context, Parameters.Audience, Parameters.Resource);

    public ValueTask HandleAsync(ExtractTokenRequestContext context) =>
        context.Transaction.Request?.GrantType switch
        {
            OidcGrantTypes.TokenExchange => CleanExchange(context),
            OidcGrantTypes.AuthorizationCode => CleanWithResources(context, Parameters.Scope, Parameters.Audience),
            OidcGrantTypes.DeviceCode => Clean(context, Parameters.Scope, Parameters.Audience, Parameters.Resource),
            OidcGrantTypes.RefreshToken or OidcGrantTypes.ClientCredentials => CleanWithResources(context, Parameters.Audience),
            _ => Clean(context, Parameters.Audience, Parameters.Resource),
        };

    public ValueTask HandleAsync(ExtractIntrospectionRequestContext context) => Clean(context);

    public ValueTask HandleAsync(ExtractRevocationRequestContext context) => Clean(context);

    public ValueTask HandleAsync(ExtractEndSessionRequestContext context) => Clean(context, Parameters.RequestUri);

    private ValueTask CleanAuthorization(BaseContext context)
    {
        // A repeated prompt has several values here; it is refused later.
        if (!options.Value.StrictPrompts && context.Transaction.Request is { } request && (string?)request[Parameters.Prompt] is { } prompt)
        {
            request.Prompt = string.Join(
                ' ',
                prompt.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(value => s_prompts.Contains(value, StringComparer.Ordinal))
            );
        }

        return CleanWithResources(context, Parameters.Audience);
    }

    private static ValueTask CleanWithResources(BaseContext context, params ReadOnlySpan<string> ignored)
    {
        if (context.Transaction.Request is { } request)
        {
            ResourceIndicators.Keep(request);
        }

        return Clean(context, ignored);
    }

    /// <summary>OpenIddict cannot be asked for JWTs by their type. To this service they are a form of access tokens.</summary>
    private static ValueTask CleanExchange(BaseContext context)
    {
        if (context.Transaction.Request is { RequestedTokenType: TokenExchange.JwtType } request)
        {
            request.RequestedTokenType = TokenTypeIdentifiers.AccessToken;
            TransactionState.Of(context.Transaction).IsJwtRequested = true;
        }

        return Clean(context);
    }

    private static ValueTask Clean(BaseContext context, params ReadOnlySpan<string> ignored)
    {
        if (context.Transaction.Request is not { } request)
        {
            return ValueTask.CompletedTask;
        }

        foreach (var name in ignored)
        {
            request.RemoveParameter(name);
        }

        foreach (var (name, value) in request.GetParameters().ToList())
        {
            if (OpenIddictParameter.IsNullOrEmpty(value))
            {
                request.RemoveParameter(name);
            }
        }

        return ValueTask.CompletedTask;
    }
}
