using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Orleans.Sessions.Storage;

/// <summary>
/// The embedded database before anything uses it. Its folder belongs to one process: two would each hold sessions in memory that the other one
/// changes. What is damaged, or was copied without its newest part, ends the start with a message, because to go on would lose or invent
/// sessions.
/// </summary>
public sealed class EmbeddedDatabase : IDisposable
{
    /// <summary>The database itself.</summary>
    public const string DatabaseFile = "sessions.db";

    private const string LockFile = "sessions.lock";

    /// <summary>The low half is the operating system's code: a file that somebody else has locked.</summary>
    private static readonly int[] s_taken = [11, 35, 32];

    private readonly FileStream _lock;

    private EmbeddedDatabase(FileStream @lock) => _lock = @lock;

    /// <summary>Takes the folder until it is disposed of, or the process ends in whatever way.</summary>
    /// <param name="folder">It is created.</param>
    /// <param name="companions">Files that are made beside the database and never before it: where one is, there has been a database.</param>
    /// <exception cref="UnusableStorageException">The folder or the database cannot be used.</exception>
    public static EmbeddedDatabase Take(string folder, params ReadOnlySpan<string> companions)
    {
        folder = Path.GetFullPath(folder);
        var taken = new EmbeddedDatabase(Lock(folder));
        try
        {
            Check(folder, companions);
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string folder)
    {
        var path = Path.Combine(folder, LockFile);
        try
        {
            CreatePrivately(folder);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (s_taken.Contains(exception.HResult & 0xFFFF))
        {
            throw new UnusableStorageException(
                $"Another process uses the data folder {folder}. Stop it first, or give this one another folder (Sessions:DataPath).", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(folder, exception);
        }
    }

    /// <summary>
    /// The database has password hashes in it. What SQLite puts beside it gets the same mode. Modes that are there already are the operator's choice.
    /// </summary>
    private static void CreatePrivately(string folder)
    {
        var file = Path.Combine(folder, DatabaseFile);
        if (OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(folder);
            return;
        }

        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        System.IO.Directory.CreateDirectory(folder, Own | UnixFileMode.UserExecute);
        if (!File.Exists(file))
        {
            using var made = new FileStream(file, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite, UnixCreateMode = Own });
        }
    }

    private static void Check(string folder, ReadOnlySpan<string> companions)
    {
        var file = Path.Combine(folder, DatabaseFile);
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
            connection.Open();
            if (Read(connection, "pragma quick_check(1)") is not "ok" and var damage)
            {
                throw new UnusableStorageException($"{file} is damaged: {damage}. Restore a backup.");
            }

            if (Read(connection, "select count(*) from sqlite_master") is 0L)
            {
                EnsureIsNew(folder, companions);
            }

            // A file that can only be read says so at the first write.
            Read(connection, "begin immediate");
            Read(connection, "rollback");
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            throw new UnusableStorageException($"{file} is damaged, or is no database: {exception.Message}. Restore a backup.", exception);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN)
        {
            throw CannotWrite(folder, exception);
        }
    }

    /// <summary>Whoever copies a database without its log can be left with nothing; a new one would hide that.</summary>
    private static void EnsureIsNew(string folder, ReadOnlySpan<string> companions)
    {
        foreach (var companion in companions)
        {
            if (File.Exists(Path.Combine(folder, companion)))
            {
                throw new UnusableStorageException(
                    $"{folder} has {companion} but no data in {DatabaseFile}: the database was lost, or copied without {DatabaseFile}-wal. "
                    + $"Restore a backup, or remove {companion} to begin with nothing.");
            }
        }
    }

    private static object? Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static UnusableStorageException CannotWrite(string folder, Exception exception) =>
        new($"The data folder {folder} or a file in it cannot be written: {exception.Message}. Let this process write there.", exception);
}
