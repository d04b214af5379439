using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Sessions.Background;

namespace Orleans.Sessions.Sessions;

/// <summary>
/// Lets sessions leave the memory of this silo when nobody uses them, so that the memory depends on how many sessions are in use.
/// <para>
/// Orleans' own collector reads the wall clock. If that is set back by more than the collection age, no grain can be activated, so the age
/// must be long. That collector also ends all activations that are due at once. This class ends a few at a time, and reads a clock that
/// nobody can set.
/// </para>
/// </summary>
public sealed class IdleSessions : BackgroundService
{
    /// <summary>The most that leave in one step.</summary>
    private const int MaxAtOnce = 250;

    /// <summary>How often some leave. The shorter this is, the fewer leave at once, and the less requests wait.</summary>
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(25);

    private readonly SessionStays _stays;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private volatile bool _isRunning;

    /// <summary>Called by the runtime.</summary>
    public IdleSessions(IOptions<MemoryOptions> options, TimeProvider clock, ILogger<IdleSessions> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_stays, _clock, _log) = (new SessionStays(options.Value.KeepUnused, clock), clock, log);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _isRunning = true;
        await UntilStopped.RepeatAsync(
            _ =>
            {
                _stays.EndDue(MaxAtOnce);
                return Task.CompletedTask;
            },
            stopping => Task.Delay(s_step, _clock, stopping),
            exception => IdleSessionsLog.Failed(_log, exception),
            stoppingToken
        );
        _isRunning = false;
    }

    /// <summary>Notes that a session is in memory. Where this service does not run, sessions are left to Orleans' collector.</summary>
    internal SessionStay Enter(IGrainContext activation)
    {
        var stay = new SessionStay(activation);
        if (_isRunning)
        {
            _stays.Add(stay);
        }

        return stay;
    }
}

internal static partial class IdleSessionsLog
{
    [LoggerMessage(LogLevel.Warning, "An unused session could not leave memory")]
    public static partial void Failed(ILogger log, Exception exception);
}
