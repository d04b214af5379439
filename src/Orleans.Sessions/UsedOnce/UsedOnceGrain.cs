using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Orleans.Concurrency;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.UsedOnce;

/// <inheritdoc cref="IUsedOnceGrain"/>
[StatelessWorker]
[GrainType("used-once")]
internal sealed class UsedOnceGrain(IUsedOnceStore store) : Grain, IUsedOnceGrain
{
    /// <inheritdoc/>
    public async Task<bool> TryUseAsync(string what, string attempt, DateTimeOffset until)
    {
        // The key is a hash, because the text may be a secret until it is used, and may have any length.
        var key = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(what)));
        try
        {
            return await store.TryUseAsync(key, attempt, until, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }
    }
}
