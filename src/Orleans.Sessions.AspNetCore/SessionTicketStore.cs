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
/// Stores each ticket of cookie authentication as a session of the cluster. The cookie contains only the name of the session. So when a
/// session ends, for any reason and on any node, the browser is signed out at its next request. The ticket is a metadata entry, at most 64
/// KiB, encrypted with the application's data protection keys. All nodes of the application need the same keys.
/// <para>
/// Each sign-in gets a session of its own. If a person signs in with a cookie of a person who is already signed in, the earlier session
/// ends. A ticket renews its session only if it was read from that session and still belongs to the same person, as with the handler's
/// sliding expiration. To change the claims of a signed-in person and keep the session, sign in with the properties from
/// <c>AuthenticateAsync</c>.
/// </para>
/// </summary>
public sealed class SessionTicketStore(
    SessionClient sessions,
    IDataProtectionProvider protection,
    IOptions<SessionTicketOptions> options,
    TimeProvider clock
) : ITicketStore
{
    /// <summary>The metadata entry that holds the ticket.</summary>
    public const string MetadataKey = "aspnetcore.ticket";

    /// <summary>The property of a ticket that names the session it was read from, and that session's user.</summary>
    private const string Origin = ".sessions.origin";

    private const int MaxDescription = 200;

    private readonly IDataProtector _protector = protection.CreateProtector(typeof(SessionTicketStore).FullName!);

    /// <inheritdoc/>
    public Task<string> StoreAsync(AuthenticationTicket ticket) => StoreAsync(ticket, CancellationToken.None);

    /// <inheritdoc/>
    public Task<string> StoreAsync(AuthenticationTicket ticket, CancellationToken cancellationToken) =>
        StoreAsync(ticket, agent: null, cancellationToken);

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
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task RenewAsync(string key, AuthenticationTicket ticket) => RenewAsync(key, ticket, CancellationToken.None);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A sign-in needs the overload with the request, which creates another
    /// session.</exception>
    public Task RenewAsync(string key, AuthenticationTicket ticket, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return IsOf(key, ticket)
            ? RenewOwnAsync(key, ticket, cancellationToken)
            : throw new InvalidOperationException(
                "A sign-in gets a session of its own; it cannot take over the one that the cookie names."
            );
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

        // The new session is created first. If the sign-in fails, the earlier session stays as it is.
        var successor = await StoreAsync(ticket, httpContext, cancellationToken);
        await sessions.TerminateAsync(current, cancellationToken);
        TicketSuccessors.Add(httpContext, current, successor);
    }

    /// <inheritdoc/>
    public Task<AuthenticationTicket?> RetrieveAsync(string key) => RetrieveAsync(key, CancellationToken.None);

    /// <inheritdoc/>
    public async Task<AuthenticationTicket?> RetrieveAsync(string key, CancellationToken cancellationToken)
    {
        if (
            await sessions.GetAsync(key, token: null, cancellationToken) is not { } session
            || session.ExpirationDate <= clock.GetUtcNow()
            || !session.Metadata.TryGetValue(MetadataKey, out var stored)
        )
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
            // An application with other keys made this ticket, or it was forged.
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
            create =>
                create with
                {
                    Checks = userId is null ? Checks.None : new Checks { User = new UserCheck { UserId = userId } },
                    Metadata = Protect(ticket),
                    UserAgent = agent,
                    Lifetime = LifetimeOf(ticket),
                },
            cancellationToken
        );
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
            // The session ended while the request ran. The next request finds no session and signs out. Renewing must not bring the session
            // back.
        }
    }

    private bool IsOf(string key, AuthenticationTicket ticket) =>
        ticket.Properties.Items.TryGetValue(Origin, out var origin) && origin == OriginOf(key, options.Value.UserId(ticket.Principal));

    private static string OriginOf(string key, string? userId) => $"{key} {userId}";

    private static bool IsOver(SessionError error) =>
        error == SessionErrors.SessionNotFound
        || error == SessionErrors.SessionTerminated
        || error == SessionErrors.SessionExpired
        || error == SessionErrors.UserNotActive;

    private ImmutableDictionary<string, ImmutableArray<byte>> Protect(AuthenticationTicket ticket) =>
        ImmutableDictionary<string, ImmutableArray<byte>>.Empty.Add(
            MetadataKey,
            [.. _protector.Protect(TicketSerializer.Default.Serialize(ticket))]
        );

    /// <summary>A ticket that has already expired gets a very short lifetime, because the lifetime of a session cannot be zero.</summary>
    private TimeSpan LifetimeOf(AuthenticationTicket ticket)
    {
        var left = ticket.Properties.ExpiresUtc - clock.GetUtcNow() ?? options.Value.Lifetime;
        return left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
    }
}
