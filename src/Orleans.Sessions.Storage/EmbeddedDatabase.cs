using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Prepares the embedded database before anything uses it. Its folder belongs to one process, because two processes would each hold
/// sessions in memory that the other one changes. If the database is damaged, or was copied without its newest part, the start fails with a
/// message. To continue would lose sessions, or bring old ones back.
/// <para>
/// SQLite keeps the newest changes in a log beside the database, <c>sessions.db-wal</c>, and removes the log when the last connection
/// closes. This class keeps one connection open, and marks the database as in use. If a start finds the mark but no log, the log was lost,
/// and the ends of some sessions may be lost with it. An orderly end removes the mark.
/// </para>
/// </summary>
public sealed class EmbeddedDatabase : IDisposable
{
    /// <summary>The file of the database.</summary>
    public const string DatabaseFile = "sessions.db";

    private const string LogFile = DatabaseFile + "-wal";

    /// <summary>The largest database that the start checks. Reading so much takes a second from a disk of 60 MB/s.</summary>
    private const long MaxCheckedBytes = 64 * 1024 * 1024;

    /// <summary>The value of SQLite's <c>user_version</c> that marks the database as in use. Nothing else here uses that number.</summary>
    private const long InUse = 1;

    private readonly IDisposable _lock;
    private SqliteConnection? _open;

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
            taken.Open(folder, companions);
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Whether the start checks the whole database. <see cref="EmbeddedCheck"/> checks larger ones after the start.</summary>
    internal static bool IsCheckedAtStart(string folder) =>
        new FileInfo(Path.Combine(folder, DatabaseFile)) is not { Exists: true, Length: > MaxCheckedBytes };

    /// <summary>A new connection outside the pool, not open yet.</summary>
    internal static SqliteConnection Connect(string folder) =>
        new(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, DatabaseFile), Pooling = false }.ConnectionString);

    /// <summary>The first damage found in the database; <c>null</c> if there is none.</summary>
    internal static string? DamageOf(SqliteConnection connection) =>
        Read(connection, "pragma quick_check(1)") is not "ok" and var damage ? damage?.ToString() : null;

    /// <summary>Ends the use in order. Call it after everything else has closed its connections.</summary>
    public void Dispose()
    {
        try
        {
            if (_open is not null)
            {
                Read(_open, "pragma user_version = 0");
                _open.Dispose();
            }
        }
        catch (SqliteException)
        {
            // The disk may be full. Then the mark and the log both stay, as after a crash, and nothing is lost.
        }

        _lock.Dispose();
    }

    private static IDisposable Lock(string folder)
    {
        try
        {
            CreateFolder(folder);
            return FolderLock.TryTake(folder)
                ?? throw new UnusableStorageException(
                    $"Another process uses the data folder {folder}. Stop it first, or give this one another folder (Sessions:DataPath)."
                );
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
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
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
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = Own,
            };
            using var made = new FileStream(file, options);
        }
    }

    private void Open(string folder, ReadOnlySpan<string> companions)
    {
        var file = Path.Combine(folder, DatabaseFile);
        var hasLog = File.Exists(Path.Combine(folder, LogFile));
        var connection = Connect(folder);
        try
        {
            CreateFile(file);
            connection.Open();
            if (IsCheckedAtStart(folder) && DamageOf(connection) is { } damage)
            {
                throw new UnusableStorageException($"{file} is damaged: {damage}. Restore a backup.");
            }

            if (Read(connection, "select count(*) from sqlite_master") is 0L)
            {
                EnsureIsNew(folder, companions);
            }

            if (!hasLog && Read(connection, "pragma user_version") is InUse && Read(connection, "pragma journal_mode") is "wal")
            {
                throw new UnusableStorageException(
                    $"{file} was in use when it was copied or its process died, and its newest changes were in {LogFile}, which is not "
                        + "there. Restore it from where the database comes from. If nothing is missing, as in a backup that SQLite made, "
                        + $"or you accept that ended sessions may be back, make an empty file {LogFile}."
                );
            }

            // A read-only file fails here. The checkpoint writes the mark into the file itself, not only into the log.
            Read(connection, "pragma journal_mode = wal");
            Read(connection, $"pragma user_version = {InUse}");
            Read(connection, "pragma wal_checkpoint(truncate)");
            _open = connection;
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
        finally
        {
            if (_open is null)
            {
                connection.Dispose();
            }
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
                        + $"Restore a backup, or remove {companion} to begin with nothing."
                );
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
