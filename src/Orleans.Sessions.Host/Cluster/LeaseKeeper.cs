using Orleans.Runtime;
using Orleans.Sessions.Cluster;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Host.Cluster;

/// <summary>
/// Renews the lease twice a second, and at least six times during its length, from when this node joins until its last grain is gone. Each
/// renewal also reads the membership, and the keeper acts on it. A node that was voted out leaves at once. A node that has lost the
/// database is voted out, so that other nodes serve its sessions. The same happens to one of two nodes that cannot reach each other. While
/// no node can reach the database, nobody can vote, and all nodes stay.
/// </summary>
internal sealed partial class LeaseKeeper(
    ClusterLease lease,
    TakeoverFence fence,
    BrokenLinks links,
    ILeaseTable table,
    ILocalSiloDetails silo,
    IClusterMembershipService membership,
    NodeExit exit,
    TimeProvider clock,
    ILogger<LeaseKeeper> log
) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>Even if the lease is long, a node that was voted out must find out soon.</summary>
    private static readonly TimeSpan s_longestPeriod = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan s_goodbye = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The shorter period while other nodes wait: for the lease of a dead node, which may still record its end, or for this node to resolve
    /// a broken link.
    /// </summary>
    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _end = new();
    private readonly TimeSpan _period = lease.Length!.Value / 6 < s_longestPeriod ? lease.Length!.Value / 6 : s_longestPeriod;
    private Task _keeping = Task.CompletedTask;
    private SiloAddress? _loser;
    private bool _isAway;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(LeaseKeeper), ServiceLifecycleStage.AfterRuntimeGrainServices + 1, StartAsync, StopAsync);

    public void Dispose() => _end.Dispose();

    /// <summary>
    /// Gets the lease before the node becomes active, because calls arrive at once then. The node is already in the membership table.
    /// </summary>
    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await RenewAsync(cancellationToken);
        while (!lease.IsHeld)
        {
            await Task.Delay(_period, clock, cancellationToken);
            await RenewAsync(cancellationToken);
        }

        _keeping = Task.Run(() => KeepAsync(_end.Token), CancellationToken.None);
    }

    /// <summary>Ends the lease when all grains are gone, so that nobody has to wait for this node.</summary>
    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _end.CancelAsync();
        await _keeping;
        lease.End();
        try
        {
            using var patience = new CancellationTokenSource(s_goodbye);
            await table.EndAsync([silo.SiloAddress], patience.Token);
        }
        catch (StoreUnavailableException)
        {
            // The other nodes wait until the lease must be over.
        }
    }

    private async Task KeepAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var pause = Task.Delay(fence.IsOpen && links.AreNone ? _period : s_glance, clock, end);
            if (await Task.WhenAny(pause, fence.Demand) == pause && end.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await RenewAsync(end);
                await HelpOthersAsync(end);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !end.IsCancellationRequested)
            {
                Failed(log, exception);
                await Task.WhenAny(pause);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(lease.Length!.Value * 2 / 3);
            var asked = lease.Now;
            var reading = await table.RenewAsync(silo.SiloAddress, lease.Length!.Value, patience.Token);
            if (!reading.IsMember)
            {
                exit.Leave("it was voted out of the cluster");
                return;
            }

            lease.Renew(asked);
            fence.Note(reading, silo.SiloAddress);
            _loser = links.Note(reading, silo.SiloAddress);
            if (_isAway)
            {
                _isAway = false;
                IsBack(log);
            }
        }
        catch (StoreUnavailableException exception) when (!cancellationToken.IsCancellationRequested)
        {
            fence.NoteFailure();
            _loser = null;
            if (!_isAway)
            {
                _isAway = true;
                IsAway(log, lease.Length!.Value.TotalSeconds, exception);
            }
        }
    }

    private async Task HelpOthersAsync(CancellationToken cancellationToken)
    {
        foreach (var silent in fence.Silent.Where(other => !other.Equals(silo.SiloAddress)))
        {
            IsSilent(log, silent);
            await membership.TryKill(silent);
        }

        if (_loser is { } loser)
        {
            IsUnreached(log, loser);
            await membership.TryKill(loser);
        }

        if (fence.Over is { IsEmpty: false } over)
        {
            try
            {
                await table.EndAsync(over, cancellationToken);
            }
            catch (StoreUnavailableException)
            {
                // The next renewal tries again.
            }
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The lease cannot be renewed. This node answers from memory for {Seconds} s after the last renewal, "
            + "and then not until the database is back"
    )]
    private static partial void IsAway(ILogger log, double seconds, Exception exception);

    [LoggerMessage(LogLevel.Warning, "This node renews its lease again")]
    private static partial void IsBack(ILogger log);

    [LoggerMessage(
        LogLevel.Warning,
        "The node {Silo} does not renew its lease, so it has lost the database: it is voted out, and others take its sessions"
    )]
    private static partial void IsSilent(ILogger log, SiloAddress silo);

    [LoggerMessage(
        LogLevel.Warning,
        "The link between the node {Silo} and one that others reach is broken: the node is voted out, and others take its sessions"
    )]
    private static partial void IsUnreached(ILogger log, SiloAddress silo);

    [LoggerMessage(LogLevel.Error, "The renewal of the lease failed")]
    private static partial void Failed(ILogger log, Exception exception);
}
