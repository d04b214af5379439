using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Orleans.Storage;
using SQLitePCL;

namespace Orleans.Sessions.Storage;

/// <summary>Classifies the exceptions of both drivers and of Orleans' storage provider.</summary>
public sealed class StorageFaults : IStorageFaults
{
    /// <summary>The error code of a write whose row is not there in the version that it replaces.</summary>
    internal const string ConflictState = "OS003";

    /// <summary>The error code of the write that would remove the last owner.</summary>
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

    /// <summary>The error code with which PostgreSQL refuses a write.</summary>
    internal static string StateOf(StorageFault refusal) =>
        refusal switch
        {
            StorageFault.Conflict => ConflictState,
            StorageFault.LastOwner => LastOwnerState,
            StorageFault.UniqueViolation => PostgresErrorCodes.UniqueViolation,
            _ => throw new NotSupportedException($"No write is refused as {refusal}."),
        };

    private static StorageFault Of(Exception exception) =>
        exception switch
        {
            InconsistentStateException => StorageFault.Conflict,
            RefusedException refused => refused.Fault,
            StoreUnavailableException => StorageFault.Unavailable,
            PostgresException e => OfPostgreSql(e),
            // The server gave no answer: there was no connection, no free connection in the pool, or no answer in time.
            NpgsqlException => StorageFault.Unavailable,
            SqliteException e => OfSqlite(e),
            DbException => StorageFault.Other,
            // This node is ending: its connections are closed.
            ObjectDisposedException or OperationCanceledException => StorageFault.Unavailable,
            _ => StorageFault.None,
        };

    private static StorageFault OfPostgreSql(PostgresException e) =>
        e.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation => StorageFault.UniqueViolation,
            ConflictState => StorageFault.Conflict,
            LastOwnerState => StorageFault.LastOwner,
            VotedOutState => StorageFault.VotedOut,
            // The server is a standby after a failover, or it canceled the statement itself.
            PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.QueryCanceled => StorageFault.Unavailable,
            // Internal errors of the server, for example when its disk is full and it cannot open a connection.
            ['X', 'X', ..] => StorageFault.Unavailable,
            _ => e.IsTransient ? StorageFault.Unavailable : StorageFault.Other,
        };

    private static StorageFault OfSqlite(SqliteException e) =>
        e.SqliteExtendedErrorCode switch
        {
            raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY => StorageFault.UniqueViolation,
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
