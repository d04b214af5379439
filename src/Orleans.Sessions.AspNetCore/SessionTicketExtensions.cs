using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orleans.Sessions.AspNetCore;

/// <summary>Stores the tickets of a cookie scheme in the cluster.</summary>
public static class SessionTicketExtensions
{
    /// <summary>
    /// Stores the tickets of one cookie scheme as sessions. The application needs a <c>SessionClient</c> (<c>UseOrleansClient</c> with
    /// <c>AddSessions</c>).
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="scheme">The cookie scheme.</param>
    /// <param name="configure">Sets options.</param>
    public static IServiceCollection AddSessionTickets(
        this IServiceCollection services,
        string scheme = CookieAuthenticationDefaults.AuthenticationScheme,
        Action<SessionTicketOptions>? configure = null
    )
    {
        services
            .AddOptions<SessionTicketOptions>()
            .Configure(options => configure?.Invoke(options))
            .Validate(options => options.Lifetime > TimeSpan.Zero, "SessionTicketOptions.Lifetime must be greater than zero.")
            .ValidateOnStart();
        services.TryAddSingleton<SessionTicketStore>();
        services
            .AddOptions<CookieAuthenticationOptions>(scheme)
            .Configure<SessionTicketStore>((options, store) => options.SessionStore = store)
            .PostConfigure(options =>
                options.CookieManager = new TicketCookies(options.CookieManager ?? new ChunkingCookieManager(), options)
            );
        return services;
    }
}
