using Orleans.Concurrency;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Saml.Requests;

/// <inheritdoc cref="ISamlSubjectsGrain"/>
[StatelessWorker]
[GrainType("saml-subjects")]
internal sealed class SamlSubjectsGrain(ISamlLoginDirectory logins) : Grain, ISamlSubjectsGrain
{
    /// <summary>A person with more sessions at one service provider is found by the newest of them.</summary>
    private const int MaxLogins = 50;

    /// <inheritdoc/>
    public async Task<SamlAnswer?> FindAsync(string entityId, string nameId, string? format)
    {
        var alive = await Task.WhenAll(
            (await LoginsAsync(entityId, nameId))
                .Select(login => login.RequestKey)
                .Distinct(StringComparer.Ordinal)
                .Take(MaxLogins)
                .Select(key => GrainFactory.GetGrain<ISamlRequestGrain>(key).GetLiveLoginAsync())
        );
        return alive
            .OfType<SamlAnswer>()
            .Where(login =>
                login.Subject!.NameId == nameId && (format is null or NameIdFormats.Unspecified || format == login.Request.NameIdFormat)
            )
            .MaxBy(login => login.CompletedAt);
    }

    private async Task<IReadOnlyList<SamlLogin>> LoginsAsync(string entityId, string nameId)
    {
        try
        {
            return await logins.FindAsync(entityId, nameId, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }
    }
}
