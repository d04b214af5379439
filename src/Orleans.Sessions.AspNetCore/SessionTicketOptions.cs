using System.Security.Claims;

namespace Orleans.Sessions.AspNetCore;

/// <summary>The settings for tickets that are stored as sessions.</summary>
public sealed class SessionTicketOptions
{
    /// <summary>
    /// The user id, in the sessions' cluster, of the person of a ticket. <c>null</c> if the session has no user; then no list of a user's
    /// sessions shows it. A person who is locked, or whom the cluster does not know, cannot sign in (<c>QUERY-Dfbg2</c>,
    /// <c>SESSION-Gj4ko</c>). Default: the claim <see cref="ClaimTypes.NameIdentifier"/>, otherwise <c>sub</c>.
    /// </summary>
    public Func<ClaimsPrincipal, string?> UserId { get; set; } =
        principal => principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? principal.FindFirstValue("sub");

    /// <summary>The lifetime of a ticket that sets none. Default: 14 days, the same as in the cookie handler.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(14);
}
