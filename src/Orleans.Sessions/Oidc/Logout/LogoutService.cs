using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Directory;

namespace Orleans.Sessions.Oidc.Logout;

/// <summary>
/// Tells clients that sessions ended (OpenID Connect Back-Channel Logout 1.0), on every silo. Each attempt is taken from the outbox for a short time; if
/// this node dies meanwhile, another one takes it again.
/// </summary>
public sealed class LogoutService(
    ILogoutOutbox outbox, LogoutTokens tokens, IGrainFactory grains, IOptions<OidcOptions> options, TimeProvider clock, ILogger<LogoutService> log) : BackgroundService
{
    private const int Batch = 16;
    private const int PurgeBatch = 500;
    private static readonly TimeSpan s_purgeInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromHours(2);

    private readonly OidcOptions.LogoutOptions _options = options.Value.Logout;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
    {
        Timeout = options.Value.Logout.Timeout,
    };

    private DateTimeOffset _purgedAt = clock.GetUtcNow();

    /// <inheritdoc/>
    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.PollInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WorkAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    /// <summary>The pause after the n-th failed attempt: a second, and four times as long each time.</summary>
    private static TimeSpan PauseAfter(int attempts)
    {
        var pause = TimeSpan.FromSeconds(Math.Pow(4, Math.Min(attempts - 1, 20)));
        return pause < s_longestPause ? pause : s_longestPause;
    }

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        try
        {
            IReadOnlyList<LogoutEntry> entries;
            do
            {
                entries = await outbox.TakeAsync(clock.GetUtcNow(), _options.Timeout + s_settling, Batch, stoppingToken);
                await Task.WhenAll(entries.Select(entry => TellAsync(entry, stoppingToken)));
            }
            while (entries.Count == Batch);

            var now = clock.GetUtcNow();
            if (now - _purgedAt >= s_purgeInterval)
            {
                _purgedAt = now;
                while (await outbox.PurgeAsync(now, now - _options.Retention, PurgeBatch, stoppingToken) >= PurgeBatch)
                {
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogoutLog.Failed(log, exception);
        }
    }

    private async Task TellAsync(LogoutEntry entry, CancellationToken stoppingToken)
    {
        if (await AttemptAsync(entry, stoppingToken) is not var (isDelivered, outcome))
        {
            await outbox.DropAsync(entry.Id, stoppingToken);
            return;
        }

        var attempts = entry.Attempts + 1;
        var state = isDelivered ? LogoutState.Delivered : attempts < _options.Attempts ? LogoutState.Pending : LogoutState.Failed;
        var now = clock.GetUtcNow();
        await outbox.SettleAsync(entry.Id, state, state == LogoutState.Pending ? now + PauseAfter(attempts) : now, outcome, CancellationToken.None);
        if (!isDelivered)
        {
            LogoutLog.NotDelivered(log, entry.ClientId, entry.SessionId, attempts, outcome);
        }
    }

    /// <summary>What came of one attempt; <c>null</c>: the client does not want to be told.</summary>
    private async Task<(bool IsDelivered, string Outcome)?> AttemptAsync(LogoutEntry entry, CancellationToken stoppingToken)
    {
        try
        {
            var client = await grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients).FindAsync(entry.ClientId);
            return client?.BackChannelLogoutUri is { } address ? await PostAsync(address, await tokens.CreateAsync(entry), stoppingToken) : null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            // The node that had the clients or the keys may have died; they are on another one a moment later.
            LogoutLog.Failed(log, exception);
            return (false, "ClusterAway");
        }
    }

    private async Task<(bool IsDelivered, string Outcome)> PostAsync(string address, string token, CancellationToken stoppingToken)
    {
        using var form = new FormUrlEncodedContent([new("logout_token", token)]);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = form };
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stoppingToken);
            return (response.IsSuccessStatusCode, ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
        }
        catch (HttpRequestException exception)
        {
            return (false, exception.HttpRequestError.ToString());
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            return (false, "Timeout");
        }
    }
}

internal static partial class LogoutLog
{
    [LoggerMessage(LogLevel.Warning, "Telling a client of an ended session failed; it will be tried again")]
    public static partial void Failed(ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Client {ClientId} did not take the logout of session {SessionId}, attempt {Attempt}: {Outcome}")]
    public static partial void NotDelivered(ILogger log, string clientId, string sessionId, int attempt, string outcome);
}
