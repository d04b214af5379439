using Orleans.Runtime;
using Orleans.Sessions.Cluster;
using Orleans.Sessions.Directory;

namespace Orleans.Sessions.Host.Cluster;

/// <summary>
/// Ends the process of a node that cannot go on, as one that was voted out of the cluster: it stops to answer, says so in the log and in
/// the database, and leaves the rest to its supervisor, who starts it again.
/// </summary>
internal sealed partial class NodeExit(ClusterLease lease, ILeaseTable table, ILocalSiloDetails silo, ILogger<NodeExit> log)
    : IFatalErrorHandler
{
    /// <summary>"Temporary failure, try again" of sysexits.h; nothing else ends this process with it.</summary>
    public const int Code = 75;

    private static readonly TimeSpan s_goodbye = TimeSpan.FromSeconds(1);

    /// <summary>For the log, and for answers that are under way.</summary>
    private static readonly TimeSpan s_lastWords = TimeSpan.FromMilliseconds(300);

    private int _isLeaving;

    /// <summary>Whatever reaches here ends the node.</summary>
    public bool IsUnexpected(Exception exception) => true;

    /// <summary>Orleans itself has found out that this node is dead, or cannot go on.</summary>
    public void OnFatalException(object? sender, string? context, Exception? exception) =>
        Leave($"the runtime cannot go on: {context}", exception);

    /// <summary>Ends the process; returns at once.</summary>
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
            // The others wait until the lease must be over.
        }
        finally
        {
            await Task.Delay(s_lastWords);
            Environment.Exit(Code);
        }
    }

    [LoggerMessage(
        LogLevel.Critical, "This node leaves: {Reason}. Its process ends with exit code {Code}, for the supervisor to start it again")]
    private static partial void Leaves(ILogger log, string reason, int code, Exception? exception);
}
