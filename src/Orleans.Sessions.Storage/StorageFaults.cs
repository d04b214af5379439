using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Orleans.Sessions.Directory;
using Orleans.Storage;
using SQLitePCL;

namespace Orleans.Sessions.Storage;

/// <summary>Classifies the exceptions of both drivers and of Orleans' storage provider.</summary>
public sealed class StorageFaults : IStorageFaults
{
    /// <summary>
    /// The error code of the trigger <c>instance_owner_set</c> on PostgreSQL. On SQLite it is the only trigger that raises an error.
    /// </summary>
    private const string LastOwnerState = "OS001";

    /// <summary>The error code of the function <c>ensure_member</c>.</summary>
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

    private static StorageFault Of(Exception exception) =>
        exception switch
        {
            InconsistentStateException => StorageFault.Conflict,
            StoreUnavailableException => StorageFault.Unavailable,
            PostgresException e => OfPostgreSql(e),
            // The server gave no answer: there was no connection, no free connection in the pool, or no answer in time.
            NpgsqlException => StorageFault.Unavailable,
            SqliteException e => OfSqlite(e),
            DbException => StorageFault.Other,
            _ => StorageFault.None,
        };

    private static StorageFault OfPostgreSql(PostgresException e) =>
        e.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation => StorageFault.UniqueViolation,
            LastOwnerState => StorageFault.LastOwner,
            VotedOutState => StorageFault.VotedOut,
            // The server is a standby after a failover, or it canceled the statement itself.
            PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.QueryCanceled => StorageFault.Unavailable,
            // Inner errors of the server, as when its disk is full and it cannot open a connection.
            ['X', 'X', ..] => StorageFault.Unavailable,
            _ => e.IsTransient ? StorageFault.Unavailable : StorageFault.Other,
        };

    private static StorageFault OfSqlite(SqliteException e) =>
        e.SqliteExtendedErrorCode switch
        {
            raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY => StorageFault.UniqueViolation,
            raw.SQLITE_CONSTRAINT_TRIGGER => StorageFault.LastOwner,
            _ => e.SqliteErrorCode
                is raw.SQLITE_BUSY
                    or raw.SQLITE_LOCKED
                    or raw.SQLITE_READONLY
                    or raw.SQLITE_IOERR
                    or raw.SQLITE_FULL
                    or raw.SQLITE_CANTOPEN
                    or raw.SQLITE_CORRUPT
                    or raw.SQLITE_NOTADB
                ? StorageFault.Unavailable
                : StorageFault.Other,
        };
}
