using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Logins;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Gateway.Oidc.Logouts;

/// <summary>
/// Tells clients in the browser that a session has ended (OpenID Connect Front-Channel Logout 1.0): the browser visits a page that shows
/// the registered address of each client in a frame, and goes on. Who took part in the session is only known until it ends, so the address
/// of the page carries that, encrypted.
/// </summary>
internal sealed class FrontChannelLogout(Grains grains, ClientDirectory clients, SecretProtector secrets, TimeProvider clock)
{
    /// <summary>The page.</summary>
    public const string Page = "/logout/applications";

    private const int MaxFrames = 30;

    /// <summary>Servers and proxies take request lines of 8 KiB.</summary>
    private const int MaxAddress = 7500;

    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Where the browser goes when the session has ended: to the page, or straight to <paramref name="next"/> if no client of the session
    /// has an address for frames. Call it before the session ends. The caller must have checked <paramref name="next"/>. If it is too long
    /// for the address of the page, the browser goes there at once, and only the back channel tells the clients.
    /// </summary>
    public async Task<string> AddressAsync(string issuer, string sessionId, string next, CancellationToken cancellationToken)
    {
        var told = ImmutableArray.CreateBuilder<FrontChannelTicket.Client>();
        foreach (var client in await grains.CallAsync(() => grains.LogoutLedger.OfSessionAsync(sessionId), cancellationToken))
        {
            if (
                told.Count < MaxFrames
                && await clients.FindAsync(client.ClientId, cancellationToken) is { FrontChannelLogoutUri: not null }
            )
            {
                told.Add(new FrontChannelTicket.Client(client.ClientId, client.Issuer == issuer ? null : client.Issuer));
            }
        }

        if (told.Count == 0)
        {
            return next;
        }

        var ticket = new FrontChannelTicket(issuer, sessionId, next, told.ToImmutable(), clock.GetUtcNow() + s_lifetime);
        var address = UrlParameters.Add($"{issuer}{Page}", ("ticket", ticket.Protect(secrets)));
        return address.Length <= MaxAddress ? address : next;
    }

    /// <summary>Answers with the page.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        var ticket = FrontChannelTicket.Read(http.Request.Query["ticket"].ToString(), secrets);
        if (ticket is null || clock.GetUtcNow() >= ticket.EndsAt)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync("This page has expired. You are signed out.", http.RequestAborted);
            return;
        }

        var frames = new List<string>();
        foreach (var told in ticket.Clients)
        {
            // An address that is not registered any more is not shown.
            if (await clients.FindAsync(told.Id, http.RequestAborted) is { FrontChannelLogoutUri: { } address })
            {
                frames.Add(UrlParameters.Add(address, ("iss", told.Issuer ?? ticket.Issuer), ("sid", ticket.SessionId)));
            }
        }

        await FrontChannelPage.WriteAsync(http, frames, ticket.Next);
    }
}
