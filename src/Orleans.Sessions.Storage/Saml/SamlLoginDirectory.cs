using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Sessions.Storage;

/// <summary>The logins of sessions at SAML service providers: the table <c>saml_login</c>.</summary>
internal sealed class SamlLoginDirectory(Database database, IOptions<ClusterOptions> cluster) : ISamlLoginDirectory
{
    private static readonly string s_findText = SqlText.Of("Saml.FindSamlLogins");
    private static readonly string s_ofSessionText = SqlText.Of("Saml.SamlParticipants");
    private readonly string _purgeText = SqlText.Of($"{database.Dialect}.PurgeSamlRequests");
    private readonly string _purgeLoginsText = SqlText.Of($"{database.Dialect}.PurgeSamlLogins");
    private readonly string _purgeLogoutsText = SqlText.Of($"{database.Dialect}.PurgeSamlLogouts");
    private readonly string _purgeArtifactsText = SqlText.Of($"{database.Dialect}.PurgeSamlArtifacts");

    public async Task<IReadOnlyList<SamlLogin>> FindAsync(string entityId, string nameId, CancellationToken cancellationToken) =>
        await Query()
            .With("entity", entityId)
            .With("name", nameId)
            .ReadAsync(
                database,
                s_findText,
                reader => new SamlLogin(GrainKeys.Id(reader.GetString(0)), reader.GetString(1), reader.GetString(2)),
                cancellationToken
            );

    public async Task<int> PurgeAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        await PurgeAsync(_purgeLoginsText, now, limit, cancellationToken);
        return await PurgeAsync(_purgeText, now, limit, cancellationToken);
    }

    public async Task<IReadOnlyList<SamlParticipant>> OfSessionAsync(string sessionId, CancellationToken cancellationToken) =>
        await Query()
            .With("session", GrainKeys.Session(sessionId))
            .ReadAsync(
                database,
                s_ofSessionText,
                reader => new SamlParticipant(reader.GetString(0), reader.GetString(1)),
                cancellationToken
            );

    public Task<int> PurgeLogoutsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        PurgeAsync(_purgeLogoutsText, now, limit, cancellationToken);

    public Task<int> PurgeArtifactsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        PurgeAsync(_purgeArtifactsText, now, limit, cancellationToken);

    private Task<int> PurgeAsync(string text, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        Query().With("now", Instant.ToMicroseconds(now)).With("limit", limit).ExecuteAsync(database, text, cancellationToken);

    private SqlQuery Query() => new SqlQuery().With("service", cluster.Value.ServiceId);
}
