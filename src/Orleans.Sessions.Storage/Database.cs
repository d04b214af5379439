using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace Orleans.Sessions.Storage;

/// <summary>
/// One of the two databases: how to connect to it, how Orleans names it, and where its SQL is. Everything that differs between the
/// databases is in a subclass, or in the <c>.sql</c> files of the folder <see cref="Dialect"/>.
/// </summary>
internal abstract class Database : IAsyncDisposable
{
    private static readonly StorageFaults s_faults = new();

    /// <summary>The folder that contains the SQL of this database.</summary>
    public abstract string Dialect { get; }

    /// <summary>The name of the driver in Orleans.</summary>
    public abstract string Invariant { get; }

    /// <summary>Connections for sessions and users.</summary>
    public abstract DbDataSource Sessions { get; }

    /// <summary>
    /// Connections for searches, which can take long. There are few of them, so that searches never use up the other connections.
    /// </summary>
    public virtual DbDataSource Searches => Sessions;

    /// <summary>
    /// Makes the database cancel a command after a time. The caller disposes of the returned object when the command has ended.
    /// </summary>
    public abstract IDisposable? Limit(DbCommand command, TimeSpan time);

    /// <summary>Whether an exception says that a command was canceled because of <see cref="Limit"/>.</summary>
    public abstract bool IsTooSlow(DbException exception);

    /// <summary>Looks at a failure, and tells the operator of one that does not go away by itself.</summary>
    public virtual void Note(Exception failure) { }

    /// <summary>Makes an open connection forget its prepared statements.</summary>
    public virtual void ForgetPrepared(DbConnection connection) { }

    /// <summary>Begins the transaction of a migration, when no other process is running one.</summary>
    public abstract Task<DbTransaction> LockAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>The approximate number of rows that <paramref name="matching"/> selects; <c>null</c> if the database must count.</summary>
    public abstract Task<long?> EstimateAsync(string matching, SqlQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// The entries of a user's metadata, as a table in SQL: <c>entry</c> with <c>key</c> and <c>value</c> (base64). It reads the column
    /// <c>payload</c> of the row of the user.
    /// </summary>
    public abstract string MetadataOfUser { get; }

    /// <summary>All writes of states, and of everything that belongs to them.</summary>
    public abstract WriteQueue Writes { get; }

    /// <summary>Runs steps that belong to no state, in one transaction. Fails with <see cref="StoreUnavailableException"/>.</summary>
    public async Task WriteAsync(IReadOnlyList<WriteStep> steps)
    {
        if (steps.Count == 0)
        {
            return;
        }

        try
        {
            await Writes.WriteAsync(key: null, steps);
        }
        catch (DbException exception) when (s_faults.Classify(exception) is StorageFault.Unavailable or StorageFault.VotedOut)
        {
            Note(exception);
            throw new StoreUnavailableException("The database is not available.", exception);
        }
    }

    /// <inheritdoc />
    public virtual ValueTask DisposeAsync() => Sessions.DisposeAsync();

    public static Database Open(StorageOptions options, ILogger log) =>
        options.IsShared ? new PostgreSqlDatabase(options.ConnectionString!) : new SqliteDatabase(options.DataPath, log);
}
