using System.Globalization;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Orleans.Sessions.Storage;

/// <summary>Where sessions and users are stored: in PostgreSQL if there is a connection string, otherwise in one SQLite file.</summary>
public sealed record StorageOptions
{
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
        var connectionString = configuration.GetConnectionString("Sessions");
        try
        {
            _ = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException exception)
        {
            // The wrong part may be a password, so the message only says where to look.
            throw new InvalidOperationException("ConnectionStrings:Sessions is not an Npgsql connection string.", exception);
        }

        var searchTimeout = configuration[SearchTimeoutKey] is { Length: > 0 } text
            ? TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : TimeSpan.Zero
            : s_searchTimeout;
        if (searchTimeout < TimeSpan.FromSeconds(1) || searchTimeout > TimeSpan.FromMinutes(1))
        {
            throw new InvalidOperationException($"{SearchTimeoutKey} must be 1 second to 1 minute.");
        }

        return new StorageOptions
        {
            ConnectionString = connectionString,
            SearchTimeout = searchTimeout,
            DataPath = configuration["Sessions:DataPath"] is { Length: > 0 } path ? path : "./data",
        };
    }
}
