using System.Globalization;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Orleans.Sessions.Storage;

/// <summary>Where sessions and users are kept: in PostgreSQL when there is a connection string, else in one SQLite file.</summary>
public sealed record StorageOptions
{
    private const string SearchTimeoutKey = "Sessions:SearchTimeout";
    private static readonly TimeSpan s_searchTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Connection string of a PostgreSQL database; what it says wins over our defaults (pool size, timeouts).</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The folder of the file <c>sessions.db</c>, used without a <see cref="ConnectionString"/>; it is created.</summary>
    public string DataPath { get; init; } = "./data";

    /// <summary>How long the database may take for a search over sessions or users. Default 3 seconds.</summary>
    public TimeSpan SearchTimeout { get; init; } = s_searchTimeout;

    /// <summary>Whether several processes can share this storage, so that it also holds the cluster's membership.</summary>
    public bool IsShared => !string.IsNullOrWhiteSpace(ConnectionString);

    /// <summary>Reads <c>ConnectionStrings:Sessions</c>, <c>Sessions:DataPath</c> and <c>Sessions:SearchTimeout</c>.</summary>
    /// <exception cref="InvalidOperationException">The connection string cannot be read, or the timeout is not 1 second to 1 minute.</exception>
    public static StorageOptions From(IConfiguration configuration)
    {
        var connectionString = configuration.GetConnectionString("Sessions");
        try
        {
            _ = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException exception)
        {
            // What is wrong with it may be a password: the message says no more than where to look.
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
