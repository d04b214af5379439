using System.Collections.Immutable;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Origins;

namespace Orleans.Sessions.Gateway.Limits;

/// <summary>
/// The limits of this node by source and client. They count failures and the work for strangers; known callers cost nothing. A request over
/// a limit fails with <c>SESSION-Limit</c>. Each surface reports that in its own form, with <c>Retry-After</c>.
/// </summary>
internal sealed partial class RequestLimits : IDisposable
{
    private readonly LimitOptions _options;
    private readonly RequestSource _source;
    private readonly TimeProvider _clock;
    private readonly ILogger<RequestLimits> _log;
    private readonly ImmutableArray<IPNetwork> _exempt;
    private readonly BoundedRateLimiter<Network> _failures;
    private readonly BoundedRateLimiter<(string Client, Network Source)> _secretsOfClient;
    private readonly BoundedRateLimiter<Network> _visits;
    private readonly BoundedRateLimiter<Network> _bytesOfSource;
    private readonly BoundedRateLimiter<string> _requestsOfClient;
    private readonly BoundedRateLimiter<string> _bytesOfClient;
    private readonly KnownTokens _goodTokens;
    private readonly KnownTokens _frontendTokens;
    private readonly KnownTokens _rightSecrets;
    private readonly LoginFrontendSources _frontends;
    private long _warnedAt = long.MinValue;
    private bool _hasWarnedOfProxy;

    public RequestLimits(IOptions<LimitOptions> options, RequestSource source, TimeProvider clock, ILogger<RequestLimits> log)
    {
        (_options, _source, _clock, _log) = (options.Value, source, clock, log);
        _exempt = [.. _options.ExemptSources.Select(text => PublicOriginOptions.TryParse(text, out var network) ? network : default)];
        _failures = Limiter<Network>(_options.Failures);
        _secretsOfClient = Limiter<(string, Network)>(_options.SecretsOfClient);
        _visits = Limiter<Network>(_options.Visits);
        _bytesOfSource = Limiter<Network>(_options.BytesOfSource);
        _requestsOfClient = Limiter<string>(_options.RequestsOfClient);
        _bytesOfClient = Limiter<string>(_options.BytesOfClient);
        _goodTokens = new KnownTokens(TimeSpan.FromMinutes(5), _options.MaxPartitions, clock);
        _frontendTokens = new KnownTokens(TimeSpan.FromDays(1), _options.MaxPartitions, clock);
        _rightSecrets = new KnownTokens(TimeSpan.FromDays(1), _options.MaxPartitions, clock);
        _frontends = new LoginFrontendSources(clock);
    }

    public void Dispose()
    {
        _failures.Dispose();
        _secretsOfClient.Dispose();
        _visits.Dispose();
        _bytesOfSource.Dispose();
        _requestsOfClient.Dispose();
        _bytesOfClient.Dispose();
    }

    /// <summary>
    /// Runs before a credential is checked. Fails if the source has sent too many wrong credentials. A bearer token that was good a short
    /// time ago is still looked up.
    /// </summary>
    public void EnsureMayTry(HttpContext http, string? token = null)
    {
        if (!_options.Enabled || _failures.IsEmpty || !IsLimited(http, out var source))
        {
            return;
        }

        var lease = _failures.AttemptAcquire(Network.Of(source), 0);
        if (!lease.IsAcquired && !(token is not null && (_goodTokens.Contains(token) || _frontendTokens.Contains(token))))
        {
            throw Refused(http, source, nameof(LimitOptions.Failures), lease);
        }
    }

    /// <summary>Counts a wrong credential of a source.</summary>
    public void Failed(HttpContext http)
    {
        if (_options.Enabled && IsLimited(http, out var source))
        {
            _failures.AttemptAcquire(Network.Of(source));
        }
    }

    /// <summary>Records that a bearer token was looked up and is good.</summary>
    public void Succeeded(HttpContext http, string token, Caller caller)
    {
        if (!_options.Enabled)
        {
            return;
        }

        if (caller.IsLoginFrontend)
        {
            _frontendTokens.Add(token);

            // A forwarded address may be the browser's address, which the frontend passes on.
            if (Network.Of(_source.Of(http)) is var source && source == Network.Of(http.Connection.RemoteIpAddress))
            {
                _frontends.Add(source);
                if (IsUntrustedProxy(http, _source.Of(http)) && Interlocked.Exchange(ref _hasWarnedOfProxy, true) == false)
                {
                    FrontendsComeByProxy(_log, http.Connection.RemoteIpAddress);
                }
            }
        }
        else if (!_failures.IsEmpty)
        {
            // While nobody fails, nobody is refused, and no token needs to be remembered.
            _goodTokens.Add(token);
        }
    }

    /// <summary>
    /// Runs before a client's secret is compared. Fails if too many wrong secrets of the client have come from the source, unless this one
    /// was right within the last day. So whoever guesses locks out neither the client elsewhere nor a client that is at work.
    /// </summary>
    public void EnsureMayProve(HttpContext http, string clientId, string secret)
    {
        if (!_options.Enabled || _secretsOfClient.IsEmpty || !IsLimited(http, out var source))
        {
            return;
        }

        var lease = _secretsOfClient.AttemptAcquire((clientId, Network.Of(source)), 0);
        if (!lease.IsAcquired && !_rightSecrets.Contains(secret))
        {
            throw Refused(http, source, nameof(LimitOptions.SecretsOfClient), lease);
        }
    }

    /// <summary>Counts a wrong secret of a client.</summary>
    public void WrongSecret(HttpContext http, string clientId)
    {
        if (_options.Enabled && IsLimited(http, out var source))
        {
            _secretsOfClient.AttemptAcquire((clientId, Network.Of(source)));
        }
    }

    /// <summary>Records that a client's secret was right.</summary>
    public void Proved(string secret)
    {
        if (_options.Enabled)
        {
            _rightSecrets.Add(secret);
        }
    }

    /// <summary>Counts a request at an endpoint that is open to anyone. Fails if the source has sent too many.</summary>
    public void Visit(HttpContext http)
    {
        if (_options.Enabled && IsLimited(http, out var source))
        {
            Take(_visits, Network.Of(source), 1, http, nameof(LimitOptions.Visits));
        }
    }

    /// <summary>
    /// Counts a request that will be stored although nobody has logged in. Fails if the client has too many requests or too many bytes.
    /// Unless the client has authenticated, the same applies to the source.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="client">The client or service provider that the request is for.</param>
    /// <param name="bytes">About how many bytes will be stored.</param>
    /// <param name="isProved">Whether the client itself has sent the request and has authenticated.</param>
    public void Store(HttpContext http, string client, int bytes, bool isProved = false)
    {
        if (!_options.Enabled)
        {
            return;
        }

        if (!isProved && IsLimited(http, out var source))
        {
            Take(_bytesOfSource, Network.Of(source), bytes, http, nameof(LimitOptions.BytesOfSource));
        }

        Take(_requestsOfClient, client, 1, http, nameof(LimitOptions.RequestsOfClient));
        Take(_bytesOfClient, client, bytes, http, nameof(LimitOptions.BytesOfClient));
    }

    private BoundedRateLimiter<TKey> Limiter<TKey>(Rate rate)
        where TKey : notnull => new(rate, _options.MaxPartitions, _clock);

    /// <summary>
    /// The source, unless limits by source do not apply to it. Login frontends are exempt: they send requests for all users who log in
    /// there.
    /// </summary>
    private bool IsLimited(HttpContext http, out IPAddress? source)
    {
        var address = source = _source.Of(http);
        return !_frontends.Contains(Network.Of(source))
            && (address is null || _exempt.IsEmpty || !_exempt.Any(network => network.Contains(address)));
    }

    private void Take<TKey>(BoundedRateLimiter<TKey> limiter, TKey key, int count, HttpContext http, string limit)
        where TKey : notnull
    {
        var lease = limiter.AttemptAcquire(key, count);
        if (!lease.IsAcquired)
        {
            throw Refused(http, _source.Of(http), limit, lease);
        }
    }

    private SessionException Refused(HttpContext http, IPAddress? source, string limit, RateLimitLease lease)
    {
        var now = _clock.GetTimestamp();
        var warnedAt = Interlocked.Read(ref _warnedAt);
        if (
            (warnedAt == long.MinValue || _clock.GetElapsedTime(warnedAt, now) > TimeSpan.FromMinutes(1))
            && Interlocked.CompareExchange(ref _warnedAt, now, warnedAt) == warnedAt
        )
        {
            Warn(http, source, limit);
        }

        return SessionLimits.Refusal(lease);
    }

    /// <summary>
    /// Warns at most once a minute. The likeliest mistake is a proxy that is not configured here, so that all requests seem to come from
    /// one source.
    /// </summary>
    private void Warn(HttpContext http, IPAddress? source, string limit)
    {
        if (IsUntrustedProxy(http, source))
        {
            ProxyIsLimited(_log, source, limit);
        }
        else
        {
            SourceIsLimited(_log, source, limit);
        }
    }

    private static bool IsUntrustedProxy(HttpContext http, IPAddress? source) =>
        source is not null
        && Network.Of(source) == Network.Of(http.Connection.RemoteIpAddress)
        && !IPAddress.IsLoopback(source)
        && http.Request.Headers.ContainsKey("X-Forwarded-For");

    [LoggerMessage(
        LogLevel.Warning,
        "Login frontends call through {Source}, which forwards for others but is not in Sessions:Origin:TrustedProxies: "
            + "no limit by source applies to callers who come that way"
    )]
    private static partial void FrontendsComeByProxy(ILogger log, IPAddress? source);

    [LoggerMessage(
        LogLevel.Warning,
        "The limit Sessions:Limits:{Limit} refuses requests of {Source}. Further refusals within the next minute are not logged"
    )]
    private static partial void SourceIsLimited(ILogger log, IPAddress? source, string limit);

    [LoggerMessage(
        LogLevel.Warning,
        "Requests of {Source} are refused: Sessions:Limits:{Limit}. It forwards for others, but is not in "
            + "Sessions:Origin:TrustedProxies, so all of them count as one. Further refusals within the next minute are not logged"
    )]
    private static partial void ProxyIsLimited(ILogger log, IPAddress? source, string limit);
}
