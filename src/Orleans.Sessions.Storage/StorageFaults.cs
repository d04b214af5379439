using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Orleans.Sessions.Directory;
using Orleans.Storage;
using SQLitePCL;

namespace Orleans.Sessions.Storage;

/// <summary>Knows the exceptions of both drivers and of Orleans' storage provider.</summary>
public sealed class StorageFaults : IStorageFaults
{
    /// <summary>What the trigger <c>instance_owner_set</c> raises on PostgreSQL. On SQLite it is the only trigger that raises anything.</summary>
    private const string LastOwnerState = "OS001";

    /// <summary>What the function <c>ensure_member</c> raises.</summary>
    private const string VotedOutState = "OS002";

    /// <inheritdoc />
    public StorageFault Classify(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (Of(cause) is var fault and not StorageFault.None)
            {
                return fault;
            }
        }

        return StorageFault.None;
    }

    private static StorageFault Of(Exception exception) => exception switch
    {
        InconsistentStateException => StorageFault.Conflict,
        StoreUnavailableException => StorageFault.Unavailable,
        PostgresException e => OfPostgreSql(e),
        // The server said nothing: no connection, none free in the pool, no answer in time.
        NpgsqlException => StorageFault.Unavailable,
        SqliteException e => OfSqlite(e),
        DbException => StorageFault.Other,
        _ => StorageFault.None,
    };

    private static StorageFault OfPostgreSql(PostgresException e) => e.SqlState switch
    {
        PostgresErrorCodes.UniqueViolation => StorageFault.UniqueViolation,
        LastOwnerState => StorageFault.LastOwner,
        VotedOutState => StorageFault.VotedOut,
        // A standby after a failover, and a statement that the server itself gave up.
        PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.QueryCanceled => StorageFault.Unavailable,
        _ => e.IsTransient ? StorageFault.Unavailable : StorageFault.Other,
    };

    private static StorageFault OfSqlite(SqliteException e) => e.SqliteExtendedErrorCode switch
    {
        raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY => StorageFault.UniqueViolation,
        raw.SQLITE_CONSTRAINT_TRIGGER => StorageFault.LastOwner,
        _ => e.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_READONLY or raw.SQLITE_IOERR
            or raw.SQLITE_FULL or raw.SQLITE_CANTOPEN or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB ? StorageFault.Unavailable : StorageFault.Other,
    };
}
