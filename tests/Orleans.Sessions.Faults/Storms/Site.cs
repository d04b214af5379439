using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using Orleans.Sessions.Faults.World;

namespace Orleans.Sessions.Faults.Storms;

/// <summary>
/// One node of the service and its database, with the settings of production, but that hashing is cheap and no client is limited.
/// </summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly PostgreSqlServer? _server;
    private readonly string _connectionString;
    private readonly bool _ownsFolder;

    private Site(
        string? folder,
        PostgreSqlServer? server,
        string? connectionString,
        IReadOnlyDictionary<string, string> more,
        Action<string> log
    )
    {
        (_server, _ownsFolder, Folder) = (server, folder is null, folder ?? HostProcess.NewFolder());
        Settings = SettingsOf(Folder, connectionString, more);
        Node = new Node("node", HostPlace.Next(), Settings, log);
        _connectionString = connectionString
            ?? new SqliteConnectionStringBuilder
            {
                DataSource = Path.Combine(Folder, "sessions.db"),
                Pooling = false,
                DefaultTimeout = 60,
            }.ConnectionString;
    }

    /// <summary>Where the service keeps its data.</summary>
    public string Folder { get; }

    public IReadOnlyDictionary<string, string> Settings { get; }

    public Node Node { get; }

    public bool IsEmbedded => _server is null;

    /// <summary>Starts both.</summary>
    /// <param name="isEmbedded">Whether the database is SQLite, not PostgreSQL.</param>
    /// <param name="settings">What the service is told beside its usual settings.</param>
    /// <param name="log">Tells people.</param>
    /// <param name="folder">Where the service keeps its data; <c>null</c>: in a folder of its own.</param>
    public static async Task<Site> StartAsync(
        bool isEmbedded,
        IReadOnlyDictionary<string, string> settings,
        Action<string> log,
        string? folder = null
    )
    {
        var server = isEmbedded ? null : await PostgreSqlServer.StartAsync();
        var site = new Site(folder, server, server is null ? null : await server.CreateDatabaseAsync(), settings, log);
        try
        {
            await site.Node.LaunchAsync();
            await site.Node.Process.WaitReadyAsync();
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a statement on the database.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The number that a query selects.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = Command(connection, sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>How many bytes of memory the service has at this moment.</summary>
    public async Task<long> ResidentBytesAsync()
    {
        const string Field = "VmRSS:";
        var lines = await File.ReadAllLinesAsync($"/proc/{Node.Process.Id}/status");
        var value = lines.First(line => line.StartsWith(Field, StringComparison.Ordinal))[Field.Length..];
        var kilobytes = value.Replace("kB", "", StringComparison.Ordinal);
        return long.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024;
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private async Task<DbConnection> ConnectAsync()
    {
        DbConnection connection = IsEmbedded ? new SqliteConnection(_connectionString) : new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static DbCommand Command(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 300;
        return command;
    }

    private static Dictionary<string, string> SettingsOf(string folder, string? connectionString, IReadOnlyDictionary<string, string> more)
    {
        var port = () => Ports.Next().ToString(CultureInfo.InvariantCulture);
        var settings = new Dictionary<string, string>
        {
            [Setting.DataPath] = folder,
            [Setting.SiloPort] = port(),
            [Setting.GatewayPort] = port(),
            [Setting.LogLevel] = "Warning",
            [Setting.HashAlgorithm] = "Pbkdf2Sha256",
            [Setting.Pbkdf2Rounds] = "1000",
            [Setting.HashesPerUser] = "100",
            [Setting.TarpitMaxDelay] = "00:00:00",
            ["Sessions__Limits__Enabled"] = "false",
        };
        if (connectionString is not null)
        {
            settings[Setting.ConnectionString] = connectionString;
            settings["Sessions__Cluster__Address"] = "127.0.0.1";
        }

        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return settings;
    }
}
