using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Sessions.Directory;

namespace Orleans.Sessions.Storage;

/// <summary>The table <c>saml_login</c>, which triggers keep from the stored requests.</summary>
internal sealed class SamlLoginDirectory(Database database, IOptions<ClusterOptions> cluster) : ISamlLoginDirectory
{
    private static readonly string FindText = SqlText.Of("Saml.FindSamlLogins");
    private readonly string _purgeText = SqlText.Of($"{database.Dialect}.PurgeSamlRequests");

    public async Task<IReadOnlyList<SamlLogin>> FindAsync(string entityId, string nameId, CancellationToken cancellationToken) =>
        await Query().With("entity", entityId).With("name", nameId)
            .ReadAsync(database, FindText, reader => new SamlLogin(reader.GetString(0), reader.GetString(1)), cancellationToken);

    public Task<int> PurgeAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        Query().With("now", Instant.ToMicroseconds(now)).With("limit", limit).ExecuteAsync(database, _purgeText, cancellationToken);

    private SqlQuery Query() => new SqlQuery().With("service", cluster.Value.ServiceId);
}
