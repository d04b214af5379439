using System.Security.Claims;

namespace Orleans.Sessions.AspNetCore;

/// <summary>How tickets become sessions.</summary>
public sealed class SessionTicketOptions
{
    /// <summary>
    /// The id, in the sessions' cluster, of the person a ticket is about; <c>null</c>: the session belongs to nobody and is not listed under a user.
    /// A person the cluster does not know, or who is locked, cannot sign in (<c>QUERY-Dfbg2</c>, <c>SESSION-Gj4ko</c>). Default: the claim
    /// <see cref="ClaimTypes.NameIdentifier"/>, else <c>sub</c>.
    /// </summary>
    public Func<ClaimsPrincipal, string?> UserId { get; set; } =
        principal => principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? principal.FindFirstValue("sub");

    /// <summary>How long a ticket lives that says nothing about it. Default 14 days, as the cookie handler has it.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(14);
}
