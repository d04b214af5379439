using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Prepares the embedded database before anything uses it. Its folder belongs to one process, because two processes would each hold
/// sessions in memory that the other one changes. If the database is damaged, or was copied without its newest part, the start fails with a
/// message. To continue would lose sessions, or bring old ones back.
/// </summary>
public sealed class EmbeddedDatabase : IDisposable
{
    /// <summary>The file of the database.</summary>
    public const string DatabaseFile = "sessions.db";

    private readonly IDisposable _lock;

    private EmbeddedDatabase(IDisposable @lock) => _lock = @lock;

    /// <summary>Takes the folder until the returned object is disposed of, or until the process ends in any way.</summary>
    /// <param name="folder">The folder. It is created if it does not exist.</param>
    /// <param name="companions">Files that are created beside the database and never before it. If such a file exists, there has been a
    /// database.</param>
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

    private static IDisposable Lock(string folder)
    {
        try
        {
            CreateFolder(folder);
            return FolderLock.TryTake(folder) ?? throw new UnusableStorageException(
                $"Another process uses the data folder {folder}. Stop it first, or give this one another folder (Sessions:DataPath).");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(folder, exception);
        }
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(folder);
        }
        else
        {
            System.IO.Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>
    /// Creates the file with a private mode, because the database contains password hashes. SQLite gives the files beside it the same mode.
    /// An existing mode is the operator's choice and does not change.
    /// </summary>
    private static void CreateFile(string file)
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(file))
        {
            const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Own };
            using var made = new FileStream(file, options);
        }
    }

    private static void Check(string folder, ReadOnlySpan<string> companions)
    {
        var file = Path.Combine(folder, DatabaseFile);
        try
        {
            CreateFile(file);
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

            // A file that is read-only fails only at the first write.
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
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(folder, exception);
        }
    }

    /// <summary>
    /// Fails if there has been a database. If somebody copies a database without its log, the copy can be empty, and a new database would
    /// hide the loss.
    /// </summary>
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
