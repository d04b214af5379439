using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Expiry;

/// <summary>
/// Bounds how many sessions publish their expiry at the same time on this node. No caller waits for the publication, because each use of a
/// session checks the time. So if very many sessions expire together, they take turns and do not delay requests.
/// </summary>
internal sealed class ExpiryTurns : IDisposable
{
    /// <summary>
    /// The number of turns: half the processors, so that the other half serves requests. A busy node takes longer for each turn, so the
    /// rate falls when requests need the node.
    /// </summary>
    internal static readonly int AtOnce = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly SemaphoreSlim _turns = new(AtOnce);

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();

    /// <summary>Waits for a turn, then lets the session publish its expiry.</summary>
    public async Task ExpireAsync(ISessionLifecycle session, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            await session.ExpireAsync();
        }
        finally
        {
            _turns.Release();
        }
    }
}
