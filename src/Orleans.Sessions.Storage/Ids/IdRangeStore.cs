using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Sessions.Storage;

/// <summary>The table <c>id_slot</c>. Each row records up to which time the ids of a slot were given out.</summary>
internal sealed class IdRangeStore(Database database, IOptions<ClusterOptions> cluster) : IIdRangeStore
{
    private readonly string _takeText = SqlText.Of($"{database.Dialect}.TakeIdSlot");

    public async Task<IdRange> ReserveAsync(long now, int length, CancellationToken cancellationToken)
    {
        while (true)
        {
            var taken = await Query()
                .With("now", now)
                .With("length", length)
                .ReadAsync(
                    database,
                    _takeText,
                    reader => new IdRange(reader.GetInt32(0), reader.GetInt64(1) - length, reader.GetInt64(1)),
                    cancellationToken
                );
            if (taken is [var range])
            {
                return range;
            }

            await Query().With("slots", IdRange.Slots).ExecuteAsync(database, s_makeText, cancellationToken);
        }
    }

    private SqlQuery Query() => new SqlQuery().With("service", cluster.Value.ServiceId);

    private static readonly string s_makeText = SqlText.Of("Ids.MakeIdSlots");
}
