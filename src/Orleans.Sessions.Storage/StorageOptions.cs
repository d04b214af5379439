using System.Globalization;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Orleans.Sessions.Storage;

/// <summary>Where sessions and users are stored: in PostgreSQL if there is a connection string, otherwise in one SQLite file.</summary>
public sealed record StorageOptions
{
    /// <summary>
    /// Npgsql connection string of PostgreSQL 15 or later, for storage and cluster membership. None: SQLite in the data folder.
    /// </summary>
    /// <value>none</value>
    private const string ConnectionStringKey = "ConnectionStrings:Sessions";

    /// <summary>The folder of <c>sessions.db</c>, <c>master.key</c> and <c>admin.pat</c>.</summary>
    /// <value><c>./data</c></value>
    private const string DataPathKey = "Sessions:DataPath";

    /// <summary>
    /// How long the database may take for a statement of a search over sessions or users, 1 second to 1 minute; then 503
    /// (<c>QUERY-Slow1</c>). A search has at most 20 conditions, nested ones included, and 1000 values in its lists. A node runs 8 at once,
    /// half of them for callers who see everything, and 2 of any other caller. A count of all matches (<c>Prefer: count=exact</c>) has the
    /// same time; then 400 (<c>QUERY-Count1</c>).
    /// </summary>
    /// <value><c>00:00:03</c></value>
    private const string SearchTimeoutKey = "Sessions:SearchTimeout";

    private static readonly TimeSpan s_searchTimeout = TimeSpan.FromSeconds(3);

    /// <summary>The connection string of a PostgreSQL database. Its values override our defaults (pool size, timeouts).</summary>
    public string? ConnectionString { get; init; }

    /// <summary>
    /// The folder of the file <c>sessions.db</c>, which is used without a <see cref="ConnectionString"/>. It is created if it does not
    /// exist.
    /// </summary>
    public string DataPath { get; init; } = "./data";

    /// <summary>The maximum time of a search over sessions or users in the database. Default: 3 seconds.</summary>
    public TimeSpan SearchTimeout { get; init; } = s_searchTimeout;

    /// <summary>Whether several processes can share this storage. Then it also stores the cluster's membership.</summary>
    public bool IsShared => !string.IsNullOrWhiteSpace(ConnectionString);

    /// <summary>Reads <c>ConnectionStrings:Sessions</c>, <c>Sessions:DataPath</c> and <c>Sessions:SearchTimeout</c>.</summary>
    /// <exception cref="InvalidOperationException">The connection string cannot be read, or the timeout is not 1 second to 1
    /// minute.</exception>
    public static StorageOptions From(IConfiguration configuration)
    {
        var connectionString = configuration[ConnectionStringKey];
        try
        {
            _ = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException exception)
        {
            // The wrong part may be a password, so the message only says where to look.
            throw new InvalidOperationException($"{ConnectionStringKey} is not an Npgsql connection string.", exception);
        }

        var searchTimeout = configuration[SearchTimeoutKey] is { Length: > 0 } text
            ? TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time)
                ? time
                : TimeSpan.Zero
            : s_searchTimeout;
        if (searchTimeout < TimeSpan.FromSeconds(1) || searchTimeout > TimeSpan.FromMinutes(1))
        {
            throw new InvalidOperationException($"{SearchTimeoutKey} must be 1 second to 1 minute.");
        }

        return new StorageOptions
        {
            ConnectionString = connectionString,
            SearchTimeout = searchTimeout,
            DataPath = configuration[DataPathKey] is { Length: > 0 } path ? path : "./data",
        };
    }
}
