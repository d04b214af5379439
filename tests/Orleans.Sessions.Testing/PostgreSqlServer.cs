using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Orleans.Sessions.Testing;

/// <summary>
/// A real PostgreSQL server of one's own, in a temporary folder, as durable as in production. PostgreSQL refuses to
/// run as root, so then it runs as the user <c>postgres</c>.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"pg-{Guid.NewGuid():N}"[..12]);
    private readonly int _port = FreePort();
    private readonly string _binaries;

    private PostgreSqlServer(string binaries) => _binaries = binaries;

    /// <summary>Sets up a server and starts it; installs PostgreSQL when it is missing and we are root.</summary>
    public static async Task<PostgreSqlServer> StartAsync()
    {
        if (FindBinaries() is null && IsRoot)
        {
            await RunAsync("apt-get", "update", "-q");
            await RunAsync("apt-get", "install", "-y", "-q", "postgresql");
        }

        var server = new PostgreSqlServer(FindBinaries()
            ?? throw new InvalidOperationException("PostgreSQL is not installed: initdb is neither in /usr/lib/postgresql nor in PATH."));
        System.IO.Directory.CreateDirectory(server._folder);
        if (IsRoot)
        {
            await RunAsync("chown", "postgres", server._folder);
        }

        await server.RunServerToolAsync("initdb", "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C");
        await server.RestartAsync();
        return server;
    }

    /// <summary>Creates an empty database and answers with its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"create database {name}", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    /// <summary>Takes the server away, as an outage does: clients are cut off.</summary>
    public Task StopAsync() => RunServerToolAsync("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");

    /// <summary>Brings the server back on the same port with the same data.</summary>
    public Task RestartAsync() => RunServerToolAsync(
        "pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-w",
        "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{_folder}' -c fsync=on -c max_connections=200",
        "start");

    /// <summary>Stops the server, if it runs, and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            await StopAsync();
        }

        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private static bool IsRoot => Environment.UserName == "root";

    private string Data => Path.Combine(_folder, "data");

    private string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Username = "postgres",
        Database = database,
    }.ConnectionString;

    private static string? FindBinaries()
    {
        var installed = System.IO.Directory.Exists("/usr/lib/postgresql")
            ? System.IO.Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return installed.OrderDescending(StringComparer.Ordinal).Concat(path)
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));
    }

    private Task RunServerToolAsync(string tool, params string[] arguments)
    {
        var program = Path.Combine(_binaries, tool);
        return IsRoot ? RunAsync("runuser", ["-u", "postgres", "--", program, .. arguments]) : RunAsync(program, arguments);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // No pipes: the server would inherit them, and reading them would wait for as long as it runs.
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
