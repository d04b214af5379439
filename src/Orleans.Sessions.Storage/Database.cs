using System.Data.Common;

namespace Orleans.Sessions.Storage;

/// <summary>
/// One of the two databases: how to connect to it, how Orleans calls it, and where its SQL is. All that differs
/// between them is here, in a subclass, or in the <c>.sql</c> files of the folder called <see cref="Dialect"/>.
/// </summary>
internal abstract class Database : IAsyncDisposable
{
    /// <summary>The folder of this database's SQL.</summary>
    public abstract string Dialect { get; }

    /// <summary>What Orleans calls the driver.</summary>
    public abstract string Invariant { get; }

    /// <summary>Connections for sessions and users.</summary>
    public abstract DbDataSource Sessions { get; }

    /// <summary>Connections for searches, which can take long: few, so that whatever is searched leaves the others free.</summary>
    public virtual DbDataSource Searches => Sessions;

    /// <summary>Makes the database give up a command after a time. The command is over when what this returns is disposed of.</summary>
    public abstract IDisposable? Limit(DbCommand command, TimeSpan time);

    /// <summary>Whether an exception says that a command was given up because of <see cref="Limit"/>.</summary>
    public abstract bool IsTooSlow(DbException exception);

    /// <summary>Makes a connection that is still open forget what it has prepared.</summary>
    public virtual void ForgetPrepared(DbConnection connection)
    {
    }

    /// <summary>Begins the transaction of a migration once no other process is in one.</summary>
    public abstract Task<DbTransaction> LockAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>About how many rows <paramref name="matching"/> selects, which are many.</summary>
    public abstract Task<long> CountManyAsync(string matching, SqlQuery query, CancellationToken cancellationToken);

    /// <summary>Writes a row, with events of the audit trail if there are any, all or nothing, and returns its new version; <c>null</c> is a conflict.</summary>
    public abstract Task<int?> WriteAsync(StateWrite write, string? audit);

    /// <inheritdoc />
    public virtual ValueTask DisposeAsync() => Sessions.DisposeAsync();

    public static Database Open(StorageOptions options) =>
        options.IsShared ? new PostgreSqlDatabase(options.ConnectionString!) : new SqliteDatabase(options.DataPath);
}
