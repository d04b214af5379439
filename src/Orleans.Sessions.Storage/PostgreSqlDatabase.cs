using System.Data.Common;
using System.Text.Json;
using Npgsql;

namespace Orleans.Sessions.Storage;

/// <summary>PostgreSQL through Npgsql. The membership has its own connection pool, so that busy sessions never delay it.</summary>
internal sealed class PostgreSqlDatabase : Database
{
    /// <summary>An arbitrary number that no other user of the database locks.</summary>
    private const long MigrationLock = 0x5345_5353_494F_4E53;

    public PostgreSqlDatabase(string connectionString)
    {
        // The index of each statement also has the order of its answer. A bitmap scan loses that order, so it would read and sort
        // everything that is due to find the first few rows.
        const string InOrder = "set enable_bitmapscan = off";
        SessionSource = Source(SessionsString(connectionString), InOrder);
        // A search has many forms, and its best plan depends on its values.
        Searches = Source(SearchString(connectionString), $"{InOrder}; set plan_cache_mode = force_custom_plan");
        Membership = Source(MembershipString(connectionString));
        Leases = Source(LeaseString(connectionString));
        Writes = new PostgreSqlWriteQueue(this, new StorageFaults());
    }

    public override string Dialect => "PostgreSql";

    public override string Invariant => "Npgsql";

    public override DbDataSource Sessions => SessionSource;

    /// <summary>The collation makes <c>lower</c> fold ASCII letters only, whatever the database's own collation is.</summary>
    public override string MetadataOfUser =>
        """
            (
              select key collate "C" as key, value
              from json_each_text(convert_from(payload, 'UTF8')::json -> 'metadata')
            ) as entry
            """;

    /// <summary>Like <see cref="Sessions"/>, with the features of this driver.</summary>
    public NpgsqlDataSource SessionSource { get; }

    public override DbDataSource Searches { get; }

    public DbDataSource Membership { get; }

    /// <summary>Connections with short timeouts, because a lease is short.</summary>
    public NpgsqlDataSource Leases { get; }

    public override WriteQueue Writes { get; }

    /// <summary>
    /// The number by which the membership identifies the silo that writes. After the silo is voted out, the database refuses its writes.
    /// <c>null</c> if this process is not a silo.
    /// </summary>
    public int? Writer
    {
        get => _writer == 0 ? null : _writer;
        set => _writer = value ?? 0;
    }

    private volatile int _writer;

    public override async Task<DbTransaction> LockAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select pg_advisory_xact_lock({MigrationLock})";
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
        return transaction;
    }

    /// <summary>After the time, the driver asks the server to cancel the statement.</summary>
    public override IDisposable? Limit(DbCommand command, TimeSpan time)
    {
        command.CommandTimeout = (int)Math.Ceiling(time.TotalSeconds);
        return null;
    }

    public override bool IsTooSlow(DbException exception) =>
        exception
            is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }
                or NpgsqlException { InnerException: TimeoutException };

    /// <summary>
    /// If the first use of a prepared statement fails, Npgsql 10.0.3 still takes the statement for prepared. It then misreads the answers
    /// of its next use.
    /// </summary>
    public override void ForgetPrepared(DbConnection connection)
    {
        try
        {
            ((NpgsqlConnection)connection).UnprepareAll();
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            // The connection is broken, so it will not be used again.
        }
    }

    /// <summary>The number that the planner expects from its statistics. Autovacuum keeps it correct to a few per cent.</summary>
    public override async Task<long?> EstimateAsync(string matching, SqlQuery query, CancellationToken cancellationToken)
    {
        var plans = await query.ReadAsync(this, $"explain (format json) {matching}", row => row.GetString(0), cancellationToken);
        using var plan = JsonDocument.Parse(plans[0]);
        return plan.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetInt64();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Searches.DisposeAsync();
        await Membership.DisposeAsync();
        await Leases.DisposeAsync();
    }

    /// <summary>
    /// Every statement has an index. Without statistics, as in a new or restored database, the planner could prefer to read a table from
    /// beginning to end, and a prepared statement would keep that plan while the table grows.
    /// </summary>
    private static NpgsqlDataSource Source(string connectionString, string more = "")
    {
        var plans = $"set enable_seqscan = off; {more}";
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.UsePhysicalConnectionInitializer(
            connection =>
            {
                using var command = new NpgsqlCommand(plans, connection);
                command.ExecuteNonQuery();
            },
            async connection =>
            {
                await using var command = new NpgsqlCommand(plans, connection);
                await command.ExecuteNonQueryAsync();
            }
        );
        return builder.Build();
    }

    /// <summary>
    /// Our defaults, overridden by the user's connection string. Few connections saturate the database. A request waits for seconds, not
    /// for half a minute. The few different statements are prepared automatically.
    /// </summary>
    private static string SessionsString(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            ApplicationName = "Orleans.Sessions",
            MaxPoolSize = 32,
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            CommandTimeout = 5,
            Timeout = 3,
        };
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        foreach (var key in given.Keys)
        {
            settings[key] = given[key];
        }

        return settings.ConnectionString;
    }

    private static string SearchString(string connectionString) =>
        new NpgsqlConnectionStringBuilder(SessionsString(connectionString))
        {
            ApplicationName = "Orleans.Sessions searches",
            MinPoolSize = 0,
            MaxPoolSize = SearchConnections.Count,
        }.ConnectionString;

    private static string LeaseString(string connectionString) =>
        new NpgsqlConnectionStringBuilder(SessionsString(connectionString))
        {
            ApplicationName = "Orleans.Sessions leases",
            MinPoolSize = 0,
            MaxPoolSize = 2,
            Timeout = 2,
            CommandTimeout = 2,
            // If a server does not answer, it is not asked to cancel either.
            CancellationTimeout = -1,
        }.ConnectionString;

    private static string MembershipString(string connectionString) =>
        new NpgsqlConnectionStringBuilder(SessionsString(connectionString))
        {
            ApplicationName = "Orleans.Sessions membership",
            MinPoolSize = 0,
            MaxPoolSize = 4,
        }.ConnectionString;
}
