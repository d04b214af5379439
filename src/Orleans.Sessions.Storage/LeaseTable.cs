using System.Collections.Immutable;
using System.Data.Common;
using System.Net;
using Npgsql;
using Orleans.Runtime;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions.Storage;

/// <summary>
/// The leases, in the membership table. They use their own connections, so that neither busy sessions nor a changing membership delays a
/// renewal. The first renewal also gives the database the number that identifies this silo's writes.
/// </summary>
internal sealed class LeaseTable(PostgreSqlDatabase database, string clusterId) : ILeaseTable
{
    private static readonly string s_renew = SqlText.Of("PostgreSql.RenewLease");
    private static readonly string s_end = SqlText.Of("PostgreSql.EndLease");

    public async Task<LeaseReading> RenewAsync(SiloAddress silo, TimeSpan length, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = Command(s_renew, silo);
            command.Parameters.Add(new NpgsqlParameter<int>("lease", (int)length.TotalMilliseconds));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var (number, version, members) = ((int?)null, 0L, ImmutableArray.CreateBuilder<LeaseMember>());
            while (await reader.ReadAsync(cancellationToken))
            {
                (number, version) = (reader.IsDBNull(0) ? null : reader.GetInt32(0), reader.GetInt32(1));
                if (!reader.IsDBNull(2))
                {
                    members.Add(Member(reader));
                }
            }

            if (number is not null)
            {
                database.Writer = number;
            }

            return new LeaseReading(number is not null, version, members.DrainToImmutable());
        }
        catch (Exception exception) when (exception is DbException or OperationCanceledException)
        {
            throw new StoreUnavailableException("The lease could not be renewed.", exception);
        }
    }

    public async Task EndAsync(IReadOnlyCollection<SiloAddress> silos, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var silo in silos)
            {
                await using var command = Command(s_end, silo);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        catch (Exception exception) when (exception is DbException or OperationCanceledException)
        {
            throw new StoreUnavailableException("The end of a lease could not be noted.", exception);
        }
    }

    private NpgsqlCommand Command(string text, SiloAddress silo)
    {
        var command = database.Leases.CreateCommand(text);
        command.Parameters.Add(new NpgsqlParameter<string>("cluster", clusterId));
        command.Parameters.Add(new NpgsqlParameter<string>("address", silo.Endpoint.Address.ToString()));
        command.Parameters.Add(new NpgsqlParameter<int>("port", silo.Endpoint.Port));
        command.Parameters.Add(new NpgsqlParameter<int>("generation", silo.Generation));
        return command;
    }

    private static LeaseMember Member(DbDataReader row) =>
        new(
            SiloAddress.New(IPAddress.Parse(row.GetString(2)), row.GetInt32(3), row.GetInt32(4)),
            (SiloStatus)row.GetInt32(5),
            row.GetInt64(6),
            row.IsDBNull(7) ? null : TimeSpan.FromMilliseconds(row.GetInt32(7)),
            row.GetBoolean(8)
        )
        {
            Votes = row.IsDBNull(9) ? [] : [.. row.GetString(9).Split('|', StringSplitOptions.RemoveEmptyEntries).Select(Vote)],
        };

    /// <summary>Orleans' own format: the voting silo, a comma, the time.</summary>
    private static DeathVote Vote(string text) =>
        text.Split(',', 2) is [var by, var time]
            ? new DeathVote(SiloAddress.FromParsableString(by), time)
            : throw new FormatException($"'{text}' is no vote.");
}
