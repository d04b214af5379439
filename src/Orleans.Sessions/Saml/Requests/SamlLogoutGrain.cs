using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Sessions.Directory;

namespace Orleans.Sessions.Saml.Requests;

/// <inheritdoc cref="ISamlLogoutGrain"/>
[StatelessWorker]
[GrainType("samllogout")]
public sealed class SamlLogoutGrain(ISamlLoginDirectory logins) : Grain, ISamlLogoutGrain
{
    /// <inheritdoc/>
    public async Task<bool> EndAsync(string entityId, string nameId, ImmutableArray<string> sessionIndexes)
    {
        IReadOnlyList<SamlLogin> found;
        try
        {
            found = await logins.FindAsync(entityId, nameId, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }

        var meant = found.Where(login => sessionIndexes.IsEmpty || sessionIndexes.Contains(login.SessionIndex, StringComparer.Ordinal))
            .Select(login => login.SessionId).Distinct().ToList();
        foreach (var sessionId in meant)
        {
            await GrainFactory.GetGrain<ISessionGrain>(GrainKeys.Session(sessionId)).DeleteAsync(Caller.InCluster, token: null);
        }

        return meant.Count > 0;
    }
}
