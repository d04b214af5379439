using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Sessions.Storage;

/// <summary>The table <c>used_once</c>. Its primary key decides which attempt was first.</summary>
internal sealed class UsedOnceStore(Database database, IOptions<ClusterOptions> cluster) : IUsedOnceStore
{
    private static readonly string s_useText = SqlText.Of("Oidc.UseOnce");
    private readonly string _purgeText = SqlText.Of($"{database.Dialect}.PurgeUsedOnce");

    public async Task<bool> TryUseAsync(string key, string attempt, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var first = await Query()
            .With("key", key)
            .With("attempt", attempt)
            .With("until", Instant.ToMicroseconds(until))
            .ReadAsync(database, s_useText, reader => reader.GetString(0), cancellationToken);
        return first.Single() == attempt;
    }

    public Task<int> PurgeAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        Query().With("now", Instant.ToMicroseconds(now)).With("limit", limit).ExecuteAsync(database, _purgeText, cancellationToken);

    private SqlQuery Query() => new SqlQuery().With("service", cluster.Value.ServiceId);
}
