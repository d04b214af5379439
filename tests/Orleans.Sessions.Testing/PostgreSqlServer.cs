using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Orleans.Sessions.Testing;

/// <summary>
/// A private, real PostgreSQL server in a temporary folder, as durable as in production. PostgreSQL refuses to
/// run as root, so for root it runs as the user <c>postgres</c>.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly int _port;
    private readonly string _binaries;
    private readonly PostgreSqlPlace _place;

    private PostgreSqlServer(string binaries, PostgreSqlPlace place, int port)
    {
        (_binaries, _place, _port) = (binaries, place, port);
        _folder = Path.Combine(place.Folder, $"pg-{Guid.NewGuid():N}"[..12]);
    }

    /// <summary>Sets up a server and starts it. Installs PostgreSQL if it is missing and the user is root.</summary>
    public static async Task<PostgreSqlServer> StartAsync(PostgreSqlPlace? place = null)
    {
        place ??= new PostgreSqlPlace();
        if (FindBinaries() is null && IsRoot)
        {
            await DebianPackages.InstallAsync("postgresql");
        }

        var server = new PostgreSqlServer(
            FindBinaries()
                ?? throw new InvalidOperationException(
                    "PostgreSQL is not installed: initdb is neither in /usr/lib/postgresql nor in PATH."
                ),
            place,
            FreePort()
        );
        await server.MakeFolderAsync();
        await server.RunServerToolAsync("initdb", "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C");
        await File.AppendAllTextAsync(Path.Combine(server.Data, "pg_hba.conf"), PostgreSqlPlace.Rules);
        await server.RestartAsync();
        return server;
    }

    /// <summary>Creates an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync($"create database {name}");
        return ConnectionString(name);
    }

    /// <summary>
    /// Creates a standby that follows this server and has every commit before it is acknowledged. It has the same port as this server, so
    /// it needs another address.
    /// </summary>
    public async Task<PostgreSqlServer> AddStandbyAsync(PostgreSqlPlace place)
    {
        var standby = new PostgreSqlServer(_binaries, place, _port);
        await standby.MakeFolderAsync();
        await standby.RunServerToolAsync(
            "pg_basebackup",
            "-D",
            standby.Data,
            "-h",
            _place.Address,
            "-p",
            $"{_port}",
            "-U",
            "postgres",
            "-R",
            "-X",
            "stream",
            "-c",
            "fast"
        );
        await standby.RestartAsync();
        await ExecuteAsync("alter system set synchronous_standby_names = '*'");
        await ExecuteAsync("select pg_reload_conf()");
        return standby;
    }

    /// <summary>Promotes a standby to the server that accepts writes.</summary>
    public Task PromoteAsync() => RunServerToolAsync("pg_ctl", "-D", Data, "-w", "promote");

    /// <summary>Whether the server process is running.</summary>
    public async Task<bool> IsRunningAsync()
    {
        try
        {
            await RunServerToolAsync("pg_ctl", "-D", Data, "status");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>
    /// Stops the server, as an outage does: clients are disconnected. An orderly stop (<paramref name="isOrderly"/>) rolls running
    /// transactions back first.
    /// </summary>
    public Task StopAsync(bool isOrderly = false) =>
        RunServerToolAsync("pg_ctl", "-D", Data, "-m", isOrderly ? "fast" : "immediate", "-w", "stop");

    /// <summary>Starts the server again on the same port with the same data.</summary>
    public Task RestartAsync() =>
        RunServerToolAsync(
            "pg_ctl",
            "-D",
            Data,
            "-l",
            Path.Combine(_folder, "log"),
            "-w",
            "-o",
            $"-p {_port} -c listen_addresses='{(_place.ListensEverywhere ? "*" : _place.Address)}' -c unix_socket_directories='{_folder}' -c fsync=on -c max_connections=200",
            "start"
        );

    /// <summary>Stops the server, if it is running, and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (await IsRunningAsync())
        {
            await StopAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static bool IsRoot => Environment.UserName == "root";

    private string Data => Path.Combine(_folder, "data");

    private string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = _place.Address,
            Port = _port,
            Username = "postgres",
            Database = database,
        }.ConnectionString;

    private async Task MakeFolderAsync()
    {
        Directory.CreateDirectory(_folder);
        if (IsRoot)
        {
            await RunAsync("chown", "postgres", _folder);
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        // The server may have crashed since the last time, and a pool would not know it.
        await using var connection = new NpgsqlConnection($"{ConnectionString("postgres")};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string? FindBinaries()
    {
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return installed
            .OrderDescending(StringComparer.Ordinal)
            .Concat(path)
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));
    }

    private Task RunServerToolAsync(string tool, params string[] arguments)
    {
        var program = Path.Combine(_binaries, tool);
        string[] words = [.. _place.Within, .. IsRoot ? ["runuser", "-u", "postgres", "--"] : Array.Empty<string>(), program, .. arguments];
        return RunAsync(words[0], words[1..]);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // Pipes are not used: the server would inherit them, and a read would wait for as long as the server runs.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = Path.GetTempPath() };
        string[] words = ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments];
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed with exit code {process.ExitCode}.");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
