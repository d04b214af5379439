using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Orleans.Sessions.AspNetCore;

/// <summary>
/// Writes the cookies of a scheme. After a sign-in that got a new session, the handler still writes the session of the request's cookie,
/// because the store cannot give the handler another key. In that case this class creates the cookie again with the right session.
/// </summary>
internal sealed class TicketCookies(ICookieManager inner, CookieAuthenticationOptions options) : ICookieManager
{
    public string? GetRequestCookie(HttpContext context, string key) => inner.GetRequestCookie(context, key);

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions cookie) =>
        inner.AppendResponseCookie(context, key, key == options.Cookie.Name && value is not null ? Latest(context, value) : value, cookie);

    public void DeleteCookie(HttpContext context, string key, CookieOptions cookie) => inner.DeleteCookie(context, key, cookie);

    private string Latest(HttpContext context, string value)
    {
        // The cookie is bound to the TLS channel if the server supports it, as in the handler.
        var binding = context.Features.Get<ITlsTokenBindingFeature>()?.GetProvidedTokenBindingId();
        var purpose = binding is null ? null : Convert.ToBase64String(binding);
        var named = options.TicketDataFormat.Unprotect(value, purpose);
        if (
            named?.Principal.Claims.SingleOrDefault() is not { } session
            || TicketSuccessors.Latest(context, session.Value) is var latest && latest == session.Value
        )
        {
            return value;
        }

        var identity = new ClaimsIdentity(
            [new Claim(session.Type, latest, session.ValueType, session.Issuer)],
            named.Principal.Identity?.AuthenticationType
        );
        return options.TicketDataFormat.Protect(
            new AuthenticationTicket(new ClaimsPrincipal(identity), named.Properties, named.AuthenticationScheme),
            purpose
        );
    }
}
