using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Orleans.Sessions.Storage;

/// <summary>Where sessions and users are kept: in PostgreSQL when there is a connection string, else in one SQLite file.</summary>
public sealed record StorageOptions
{
    /// <summary>Connection string of a PostgreSQL database; what it says wins over our defaults (pool size, timeouts).</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The folder of the file <c>sessions.db</c>, used without a <see cref="ConnectionString"/>; it is created.</summary>
    public string DataPath { get; init; } = "./data";

    /// <summary>Whether several processes can share this storage, so that it also holds the cluster's membership.</summary>
    public bool IsShared => !string.IsNullOrWhiteSpace(ConnectionString);

    /// <summary>Reads <c>ConnectionStrings:Sessions</c> and <c>Sessions:DataPath</c>.</summary>
    /// <exception cref="InvalidOperationException">The connection string cannot be read.</exception>
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

        return new StorageOptions
        {
            ConnectionString = connectionString,
            DataPath = configuration["Sessions:DataPath"] is { Length: > 0 } path ? path : "./data",
        };
    }
}
