using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Client;

namespace Orleans.Sessions.AspNetCore;

/// <summary>
/// Keeps each ticket of cookie authentication as a session of the cluster. The cookie only names the session, so a session that ends, by
/// whomever and on whichever node, signs the browser out at its next request. The ticket itself is a metadata entry, encrypted with the
/// application's data protection keys: at most 64 KiB, all nodes of the application need the same keys.
/// <para>
/// Whoever signs in gets a session of their own, also over the cookie of somebody who is signed in, whose session then ends. Only a ticket that came out of a
/// session and is still about the same person renews it, as the handler's sliding expiration does; to change the claims of a signed-in person and
/// keep the session, sign in with the properties that <c>AuthenticateAsync</c> gave.
/// </para>
/// </summary>
public sealed class SessionTicketStore(
    SessionClient sessions, IDataProtectionProvider protection, IOptions<SessionTicketOptions> options, TimeProvider clock) : ITicketStore
{
    /// <summary>The metadata entry that holds the ticket.</summary>
    public const string MetadataKey = "aspnetcore.ticket";

    /// <summary>The property of a ticket that says out of which session, and whose, it came.</summary>
    private const string Origin = ".sessions.origin";

    private const int MaxDescription = 200;

    private readonly IDataProtector _protector = protection.CreateProtector(typeof(SessionTicketStore).FullName!);

    /// <inheritdoc/>
    public Task<string> StoreAsync(AuthenticationTicket ticket) => StoreAsync(ticket, CancellationToken.None);

    /// <inheritdoc/>
    public Task<string> StoreAsync(AuthenticationTicket ticket, CancellationToken cancellationToken) => StoreAsync(ticket, agent: null, cancellationToken);

    /// <inheritdoc/>
    public Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var description = httpContext.Request.Headers.UserAgent.ToString();
        return StoreAsync(
            ticket,
            new UserAgent
            {
                Ip = httpContext.Connection.RemoteIpAddress?.ToString(),
                Description = description.Length > MaxDescription ? description[..MaxDescription] : description,
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task RenewAsync(string key, AuthenticationTicket ticket) => RenewAsync(key, ticket, CancellationToken.None);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Somebody signs in: that needs the overload with the request, which makes another session.</exception>
    public Task RenewAsync(string key, AuthenticationTicket ticket, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return IsOf(key, ticket)
            ? RenewOwnAsync(key, ticket, cancellationToken)
            : throw new InvalidOperationException("A sign-in gets a session of its own; it cannot take over the one that the cookie names.");
    }

    /// <inheritdoc/>
    public async Task RenewAsync(string key, AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        ArgumentNullException.ThrowIfNull(httpContext);
        var current = TicketSuccessors.Latest(httpContext, key);
        if (IsOf(current, ticket))
        {
            await RenewOwnAsync(current, ticket, cancellationToken);
            return;
        }

        // First the new one: who cannot sign in leaves whoever is signed in as they are.
        var successor = await StoreAsync(ticket, httpContext, cancellationToken);
        await sessions.TerminateAsync(current, cancellationToken);
        TicketSuccessors.Add(httpContext, current, successor);
    }

    /// <inheritdoc/>
    public Task<AuthenticationTicket?> RetrieveAsync(string key) => RetrieveAsync(key, CancellationToken.None);

    /// <inheritdoc/>
    public async Task<AuthenticationTicket?> RetrieveAsync(string key, CancellationToken cancellationToken)
    {
        if (await sessions.GetAsync(key, token: null, cancellationToken) is not { } session
            || session.ExpirationDate <= clock.GetUtcNow()
            || !session.Metadata.TryGetValue(MetadataKey, out var stored))
        {
            return null;
        }

        try
        {
            var ticket = TicketSerializer.Default.Deserialize(_protector.Unprotect([.. stored]));
            ticket?.Properties.Items[Origin] = OriginOf(key, session.Factors?.User.Id);
            return ticket;
        }
        catch (CryptographicException)
        {
            // Made by an application with other keys, or by somebody who is none.
            return null;
        }
    }

    /// <inheritdoc/>
    public Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken) =>
        RetrieveAsync(TicketSuccessors.Latest(httpContext, key), cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(string key) => RemoveAsync(key, CancellationToken.None);

    /// <inheritdoc/>
    public Task RemoveAsync(string key, CancellationToken cancellationToken) => sessions.TerminateAsync(key, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken) =>
        RemoveAsync(TicketSuccessors.Latest(httpContext, key), cancellationToken);

    private async Task<string> StoreAsync(AuthenticationTicket ticket, UserAgent? agent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        var userId = options.Value.UserId(ticket.Principal);
        var session = await sessions.CreateAsync(
            create => create with
            {
                Checks = userId is null ? Checks.None : new Checks { User = new UserCheck { UserId = userId } },
                Metadata = Protect(ticket),
                UserAgent = agent,
                Lifetime = LifetimeOf(ticket),
            },
            cancellationToken);
        return session.SessionId;
    }

    private async Task RenewOwnAsync(string key, AuthenticationTicket ticket, CancellationToken cancellationToken)
    {
        try
        {
            await sessions.SetAsync(key, set => set with { Metadata = Protect(ticket), Lifetime = LifetimeOf(ticket) }, cancellationToken);
        }
        catch (SessionException exception) when (IsOver(exception.Error))
        {
            // It was ended while the request ran: the next one finds nothing and signs out. Renewing must not bring it back.
        }
    }

    private bool IsOf(string key, AuthenticationTicket ticket) =>
        ticket.Properties.Items.TryGetValue(Origin, out var origin) && origin == OriginOf(key, options.Value.UserId(ticket.Principal));

    private static string OriginOf(string key, string? userId) => $"{key} {userId}";

    private static bool IsOver(SessionError error) =>
        error == SessionErrors.SessionNotFound || error == SessionErrors.SessionTerminated || error == SessionErrors.SessionExpired
        || error == SessionErrors.UserNotActive;

    private ImmutableDictionary<string, ImmutableArray<byte>> Protect(AuthenticationTicket ticket) =>
        ImmutableDictionary<string, ImmutableArray<byte>>.Empty.Add(
            MetadataKey, [.. _protector.Protect(TicketSerializer.Default.Serialize(ticket))]);

    /// <summary>A ticket that is over already lives for a moment: a session's lifetime is never zero.</summary>
    private TimeSpan LifetimeOf(AuthenticationTicket ticket)
    {
        var left = ticket.Properties.ExpiresUtc - clock.GetUtcNow() ?? options.Value.Lifetime;
        return left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
    }
}
