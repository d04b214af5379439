using Orleans.Runtime;
using Orleans.Sessions.Cluster;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Host.Cluster;

/// <summary>
/// Ends the process of a node that cannot continue, for example because it was voted out of the cluster. The node stops answering and
/// reports this in the log and in the database. Its supervisor then starts it again.
/// </summary>
internal sealed partial class NodeExit(ClusterLease lease, ILeaseTable table, ILocalSiloDetails silo, ILogger<NodeExit> log)
    : IFatalErrorHandler
{
    /// <summary>"Temporary failure, try again" of sysexits.h. This process ends with this code for no other reason.</summary>
    public const int Code = 75;

    private static readonly TimeSpan s_goodbye = TimeSpan.FromSeconds(1);

    /// <summary>The time for the log entry, and for answers that are on their way.</summary>
    private static readonly TimeSpan s_lastWords = TimeSpan.FromMilliseconds(300);

    private int _isLeaving;

    /// <summary>Every exception that arrives here ends the node.</summary>
    public bool IsUnexpected(Exception exception) => true;

    /// <summary>Orleans itself found that this node is dead or cannot continue.</summary>
    public void OnFatalException(object? sender, string? context, Exception? exception) =>
        Leave($"the runtime cannot go on: {context}", exception);

    /// <summary>Ends the process. Returns at once.</summary>
    public void Leave(string reason, Exception? exception = null)
    {
        lease.End();
        if (Interlocked.Exchange(ref _isLeaving, 1) == 0)
        {
            Leaves(log, reason, Code, exception);
            _ = Task.Run(LeaveAsync);
        }
    }

    private async Task LeaveAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(s_goodbye);
            await table.EndAsync([silo.SiloAddress], patience.Token);
        }
        catch (StoreUnavailableException)
        {
            // The other nodes wait until the lease must be over.
        }
        finally
        {
            await Task.Delay(s_lastWords);
            Environment.Exit(Code);
        }
    }

    [LoggerMessage(
        LogLevel.Critical,
        "This node leaves: {Reason}. Its process ends with exit code {Code}, for the supervisor to start it again"
    )]
    private static partial void Leaves(ILogger log, string reason, int code, Exception? exception);
}
