using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Background;
using Orleans.Sessions.Egress;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Oidc.Logout;

/// <summary>
/// Notifies clients that sessions ended (OpenID Connect Back-Channel Logout 1.0), on every silo. Each attempt is claimed from the outbox
/// for a short time. If this node dies meanwhile, another node claims it again. A slow client occupies only its own share of the attempts,
/// so it does not delay others.
/// </summary>
internal sealed class LogoutService(
    ILogoutOutbox outbox,
    ClientCache clients,
    SecretProtector secrets,
    IOptions<LogoutOptions> options,
    EgressHttp egress,
    TimeProvider clock,
    ILogger<LogoutService> log
) : BackgroundService
{
    private const int MaxAtOnce = 512;
    private const int MaxOfAClient = 16;

    /// <summary>Only the status of an answer is used.</summary>
    private const int MaxResponse = 1024;

    /// <summary>The time for reading the client and the key before an attempt, and for recording the result after it.</summary>
    private static readonly TimeSpan s_around = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_longestPause = TimeSpan.FromHours(2);

    private readonly LogoutOptions _options = options.Value;
    private readonly LogoutTokens _tokens = new(secrets, clock);
    private readonly ConcurrentDictionary<long, Task> _attempts = new();
    private readonly ClientShares _shares = new(MaxAtOnce, MaxOfAClient);
    private readonly Wakeup _wakeup = new();
    private readonly HttpClient _http = egress.Create(options.Value.Timeout, MaxResponse);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var copying = clients.KeepAsync(stoppingToken);
        await UntilStopped.RepeatAsync(
            TakeAsync,
            stopping => _wakeup.SleepAsync(_options.PollInterval, clock, stopping),
            exception => LogoutLog.Failed(log, exception),
            stoppingToken
        );

        await Task.WhenAll([copying, .. _attempts.Values]);
    }

    /// <summary>The pause after the n-th failed attempt: one second, then four times as long each time.</summary>
    private static TimeSpan PauseAfter(int attempts)
    {
        var pause = TimeSpan.FromSeconds(Math.Pow(4, Math.Min(attempts - 1, 20)));
        return pause < s_longestPause ? pause : s_longestPause;
    }

    private async Task TakeAsync(CancellationToken stoppingToken)
    {
        if (_shares.Room is var room && room == 0)
        {
            return;
        }

        var shares = new LogoutShares(room, MaxOfAClient, _shares.Busy);
        foreach (var entry in await outbox.TakeAsync(clock.GetUtcNow(), _options.Timeout + s_around, shares, stoppingToken))
        {
            _shares.Enter(entry.ClientId);
            var attempt = TellAsync(entry, stoppingToken);
            _attempts[entry.Id] = attempt;
            _ = attempt.ContinueWith(_ => Done(entry), TaskScheduler.Default);
        }
    }

    private void Done(LogoutEntry entry)
    {
        _attempts.TryRemove(entry.Id, out _);
        if (_shares.Leave(entry.ClientId))
        {
            _wakeup.Call();
        }
    }

    private async Task TellAsync(LogoutEntry entry, CancellationToken stoppingToken)
    {
        // Leaves the loop: signing takes a millisecond.
        await Task.Yield();
        try
        {
            string? address;
            string token;
            try
            {
                address = (await clients.FindAsync(entry.ClientId))?.BackChannelLogoutUri;
                token = _tokens.Create(entry, await clients.SigningKeyAsync());
            }
            catch (Exception exception)
            {
                // The node with the clients or the keys may have died; another node has them a moment later. This is not the client's
                // failure.
                LogoutLog.Failed(log, exception);
                await outbox.ReleaseAsync(entry, clock.GetUtcNow() + _options.PollInterval, stoppingToken);
                return;
            }

            await (address is null ? outbox.DropAsync(entry, stoppingToken) : TellAsync(entry, address, token, stoppingToken));
        }
        catch (Exception exception)
        {
            // Another attempt follows when the claim of this one expires.
            if (!stoppingToken.IsCancellationRequested)
            {
                LogoutLog.Failed(log, exception);
            }
        }
    }

    private async Task TellAsync(LogoutEntry entry, string address, string token, CancellationToken stoppingToken)
    {
        var (isDelivered, outcome) = await PostAsync(address, token, stoppingToken);
        var attempts = entry.Attempts + 1;
        var state =
            isDelivered ? LogoutState.Delivered
            : attempts < _options.Attempts ? LogoutState.Pending
            : LogoutState.Failed;
        var now = clock.GetUtcNow();
        await outbox.SettleAsync(
            entry,
            state,
            state == LogoutState.Pending ? now + PauseAfter(attempts) : now,
            outcome,
            CancellationToken.None
        );
        if (!isDelivered)
        {
            LogoutLog.NotDelivered(log, entry.ClientId, attempts, outcome);
        }
    }

    /// <summary>
    /// The result for the ledger. It says no more than whether delivery succeeded and how it failed; otherwise a caller who registers
    /// clients could scan the network around this service.
    /// </summary>
    private async Task<(bool IsDelivered, string Outcome)> PostAsync(string address, string token, CancellationToken stoppingToken)
    {
        using var form = new FormUrlEncodedContent([new("logout_token", token)]);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = form };
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stoppingToken);
            return (response.IsSuccessStatusCode, response.IsSuccessStatusCode ? LogoutOutcomes.Delivered : LogoutOutcomes.Rejected);
        }
        catch (HttpRequestException)
        {
            return (false, LogoutOutcomes.Unreachable);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            return (false, LogoutOutcomes.Timeout);
        }
    }
}

internal static partial class LogoutLog
{
    [LoggerMessage(LogLevel.Warning, "The delivery of logouts failed; the worker tries again")]
    public static partial void Failed(ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Information, "The client registry does not answer, so its copy stays as it is")]
    public static partial void CopyNotRefreshed(ILogger log, Exception exception);

    [LoggerMessage(
        LogLevel.Warning,
        "Client {ClientId} did not take a logout, attempt {Attempt}: {Outcome}. The ledger of logouts says of which session"
    )]
    public static partial void NotDelivered(ILogger log, string clientId, int attempt, string outcome);
}
