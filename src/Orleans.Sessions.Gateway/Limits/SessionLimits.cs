using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Origins;

namespace Orleans.Sessions.Gateway.Limits;

/// <summary>
/// The limits of this node by user, by the address of the person at a login frontend, and by caller. An action of a login frontend counts
/// against the user it acts for, and against the address that it passes in the session's user agent (<see cref="ClientAddress"/>).
/// </summary>
internal sealed class SessionLimits : IDisposable
{
    private readonly bool _isEnabled;
    private readonly RequestSource _source;
    private readonly BoundedRateLimiter<string> _checksOfAddress;
    private readonly BoundedRateLimiter<string> _checksOfUser;
    private readonly BoundedRateLimiter<string> _sessionsOfAddress;
    private readonly BoundedRateLimiter<string> _changesOfCaller;
    private readonly BoundedRateLimiter<string> _intentsOfCaller;

    public SessionLimits(IOptions<LimitOptions> options, RequestSource source, TimeProvider clock)
    {
        (_isEnabled, _source) = (options.Value.Enabled, source);
        _checksOfAddress = new(options.Value.ChecksOfAddress, options.Value.MaxPartitions, clock);
        _checksOfUser = new(options.Value.ChecksOfUser, options.Value.MaxPartitions, clock);
        _sessionsOfAddress = new(options.Value.SessionsOfAddress, options.Value.MaxPartitions, clock);
        _changesOfCaller = new(options.Value.ChangesOfCaller, options.Value.MaxPartitions, clock);
        _intentsOfCaller = new(options.Value.IntentsOfCaller, options.Value.MaxPartitions, clock);
    }

    public void Dispose()
    {
        _checksOfAddress.Dispose();
        _checksOfUser.Dispose();
        _sessionsOfAddress.Dispose();
        _changesOfCaller.Dispose();
        _intentsOfCaller.Dispose();
    }

    /// <summary>
    /// Counts the creation of a session. Fails if the address has too many or, for a password check, if the user has too many.
    /// </summary>
    public void Create(HttpContext http, Caller caller, Checks checks, UserAgent? agent)
    {
        if (!_isEnabled)
        {
            return;
        }

        if (checks.Password is not null)
        {
            Check(http, caller, agent, checks.User?.UserId ?? checks.User?.LoginName);
        }
        else if (ClientAddress.Of(caller, source: null, agent) is { } address && !Proves(checks))
        {
            Take(_sessionsOfAddress, ClientAddress.Network(address));
        }
    }

    /// <summary>Counts a password check for a session. Fails if the address or the user has too many.</summary>
    public void Check(HttpContext http, Caller caller, UserAgent? agent, string? user)
    {
        if (!_isEnabled)
        {
            return;
        }

        if (ClientAddress.Of(caller, _source.Of(http)?.ToString(), agent) is { } address)
        {
            Take(_checksOfAddress, ClientAddress.Network(address));
        }

        if (user is not null)
        {
            Take(_checksOfUser, user);
        }
    }

    /// <summary>Counts a change. Fails if a caller without any role has made too many changes.</summary>
    public void Change(Caller caller)
    {
        if (_isEnabled && caller.InstancePermissions == Permission.None && caller.OrganizationPermissions.IsEmpty)
        {
            Take(_changesOfCaller, caller.UserId);
        }
    }

    /// <summary>
    /// Counts the start of a login at a provider, which is stored until someone finishes it. Fails if the caller has started too many.
    /// </summary>
    public void StartIntent(Caller caller)
    {
        if (_isEnabled)
        {
            Take(_intentsOfCaller, caller.UserId);
        }
    }

    /// <summary>The failure for a request over a limit.</summary>
    public static SessionException Refusal(RateLimitLease lease) =>
        new(SessionErrors.TooManyRequests) { RetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : null };

    /// <summary>Whether the checks prove more than knowledge of a name.</summary>
    private static bool Proves(Checks checks) => (checks with { Password = null }).ProveSomething;

    private static void Take(BoundedRateLimiter<string> limiter, string key)
    {
        var lease = limiter.AttemptAcquire(key);
        if (!lease.IsAcquired)
        {
            throw Refusal(lease);
        }
    }
}
