using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Sessions.Storage;

/// <summary>Finds intents in the table <c>intent_state</c>.</summary>
internal sealed class IntentDirectory(Database database, IOptions<ClusterOptions> cluster) : IIntentDirectory
{
    private readonly string _purgeText = SqlText.Of($"{database.Dialect}.PurgeIntents");

    public Task<int> PurgeAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        new SqlQuery()
            .With("service", cluster.Value.ServiceId)
            .With("now", Instant.ToMicroseconds(now))
            .With("limit", limit)
            .ExecuteAsync(database, _purgeText, cancellationToken);
}
