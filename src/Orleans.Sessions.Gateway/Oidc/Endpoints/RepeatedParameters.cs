using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// Refuses requests that repeat a parameter (RFC 6749 §3.1, §3.2), and names it. OpenIddict by itself treats a repeated parameter as
/// absent; then a <c>max_age</c> or a <c>prompt</c> would have no effect. It runs before OpenIddict misses a parameter that is there twice,
/// and after <see cref="RequestParameters"/> has taken out what is ignored.
/// </summary>
internal sealed class RepeatedParameters
    : IOpenIddictServerHandler<ExtractAuthorizationRequestContext>,
        IOpenIddictServerHandler<ExtractPushedAuthorizationRequestContext>,
        IOpenIddictServerHandler<ExtractTokenRequestContext>,
        IOpenIddictServerHandler<ExtractDeviceAuthorizationRequestContext>,
        IOpenIddictServerHandler<ExtractEndUserVerificationRequestContext>,
        IOpenIddictServerHandler<ExtractIntrospectionRequestContext>,
        IOpenIddictServerHandler<ExtractRevocationRequestContext>,
        IOpenIddictServerHandler<ExtractEndSessionRequestContext>,
        IOpenIddictServerHandler<ExtractUserInfoRequestContext>
{
    private const int MaxName = 64;

    public ValueTask HandleAsync(ExtractAuthorizationRequestContext context) => Check(context);

    public ValueTask HandleAsync(ExtractPushedAuthorizationRequestContext context) => Check(context);

    public ValueTask HandleAsync(ExtractTokenRequestContext context) => Check(context);

    public ValueTask HandleAsync(ExtractDeviceAuthorizationRequestContext context) => Check(context);

    public ValueTask HandleAsync(ExtractEndUserVerificationRequestContext context) => Check(context);

    public ValueTask HandleAsync(ExtractIntrospectionRequestContext context) => Check(context);

    public ValueTask HandleAsync(ExtractRevocationRequestContext context) => Check(context);

    public ValueTask HandleAsync(ExtractEndSessionRequestContext context) => Check(context);

    public ValueTask HandleAsync(ExtractUserInfoRequestContext context) => Check(context);

    private static ValueTask Check(BaseValidatingContext context)
    {
        if (context.Transaction.Request is { } request && context.Transaction.GetHttpRequest() is { } http)
        {
            // OpenIddict's own request does not have every value: the client in the header replaces the one in the form.
            IEnumerable<KeyValuePair<string, StringValues>> sent =
                HttpMethods.IsPost(http.Method) && http.HasFormContentType ? http.Form : http.Query;
            foreach (var (name, values) in sent)
            {
                // These two may be repeated (RFC 8693 §2.1, RFC 8707 §2).
                if (values.Count > 1 && name is not (Parameters.Audience or Parameters.Resource) && request.HasParameter(name))
                {
                    context.Reject(OAuthError.InvalidRequest, $"{(IsPlain(name) ? $"The parameter {name}" : "A parameter")} is repeated.");
                    break;
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Whether a name can be a part of an error's description (RFC 6749 §5.2).</summary>
    private static bool IsPlain(string name) =>
        name.Length is > 0 and <= MaxName && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.');
}
