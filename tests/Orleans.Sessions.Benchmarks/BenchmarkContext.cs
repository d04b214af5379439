using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Orleans.Sessions.Testing;

namespace Orleans.Sessions.Benchmarks;

/// <summary>
/// The service in a process of its own, with some users: on a real PostgreSQL (fsync on), or alone on its own file.
/// </summary>
internal sealed class BenchmarkContext : IAsyncDisposable
{
    public const string Password = "Correct-Horse-7";

    private readonly PostgreSqlServer? _database;
    private readonly string _connectionString;
    private readonly HostProcess _host;
    private readonly HttpClient _client;

    private BenchmarkContext(PostgreSqlServer? database, string connectionString, HostProcess host)
    {
        (_database, _connectionString, _host) = (database, connectionString, host);
        Token = host.AdminToken;
        _client = new HttpClient { BaseAddress = host.Address };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public int Port => _host.Address.Port;

    public string Token { get; }

    /// <summary>The id of the service's process.</summary>
    public int HostId => _host.Id;

    /// <summary>The processor time that each process of the service, and of its PostgreSQL, has used until now.</summary>
    public async Task<IReadOnlyDictionary<int, TimeSpan>> ProcessorTimesAsync()
    {
        var ids = new List<int> { HostId };
        if (_database is not null)
        {
            await using var source = NpgsqlDataSource.Create(_connectionString);
            await using var command = source.CreateCommand("select pid from pg_stat_activity where pid <> pg_backend_pid()");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                ids.Add(reader.GetInt32(0));
            }
        }

        var times = new Dictionary<int, TimeSpan>();
        foreach (var id in ids)
        {
            try
            {
                using var process = Process.GetProcessById(id);
                times[id] = process.TotalProcessorTime;
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
            {
                // PostgreSQL has ended it meanwhile.
            }
        }

        return times;
    }

    /// <summary>The warnings of the service until now.</summary>
    public string HostOutput => _host.Output;

    /// <summary>Users for whom many scenarios create sessions.</summary>
    public List<string> UserIds { get; } = [];

    /// <summary>Users that only one scenario uses.</summary>
    public List<string> FreshUserIds { get; } = [];

    /// <summary>Starts it.</summary>
    /// <param name="isAlone">Whether it has a file of its own, not PostgreSQL.</param>
    /// <param name="more">More settings of the service.</param>
    public static async Task<BenchmarkContext> StartAsync(bool isAlone = false, params (string Name, string Value)[] more)
    {
        var database = isAlone ? null : await PostgreSqlServer.StartAsync();
        var connectionString = database is null ? "" : await database.CreateDatabaseAsync();
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings__Sessions"] = connectionString,
            ["Logging__LogLevel__Default"] = "Warning",
            // As in production.
            [Setting.Profile] = "1",
            // All sessions and logins here come from one address. No real installation gets so many from one address.
            ["Sessions__Limits__SessionsOfAddress__PerMinute"] = "0",
            ["Sessions__Limits__Visits__PerMinute"] = "0",
            ["Sessions__Limits__BytesOfSource__PerMinute"] = "0",
            ["Sessions__Limits__RequestsOfClient__PerMinute"] = "0",
            ["Sessions__Limits__BytesOfClient__PerMinute"] = "0",
        };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        var host = await HostProcess.StartAsync(
            settings,
            HostPlace.Next() with
            {
                Command = ["dotnet", Binaries.Find("src/Orleans.Sessions.Host")],
            }
        );
        var context = new BenchmarkContext(database, connectionString, host);
        for (var i = 0; i < 132; i++)
        {
            var userId = await context.CreateUserAsync($"bench{i}", $$$""","password":{"password":"{{{Password}}}"}""");
            (i < 100 ? context.UserIds : context.FreshUserIds).Add(userId);
        }

        return context;
    }

    /// <summary>Runs an action many times, sixteen at once.</summary>
    public static Task EachAsync(int count, Func<int, Task> action) =>
        Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
            await action(i)
        );

    /// <summary>Creates a user and returns its id. <paramref name="more"/> is JSON that begins with a comma.</summary>
    public async Task<string> CreateUserAsync(string name, string more = "")
    {
        var user = await PostAsync(
            "/v2/users/human",
            $$$"""
            {"username":"{{{name}}}","profile":{"givenName":"Bench","familyName":"Mark"},
             "email":{"email":"{{{name}}}@example.com","isVerified":true}{{{more}}}}
            """
        );
        return (string)user["userId"]!;
    }

    public async Task<JsonNode> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _client.PostAsync(path, content);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    /// <summary>Posts a form for a client that authenticates with id and secret.</summary>
    public async Task<JsonNode> PostFormAsync(string path, string basic, Dictionary<string, string> form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", basic);
        using var response = await _client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonNode.Parse(body)! : throw new InvalidOperationException(body);
    }

    public Task<byte[]> GetBytesAsync(string path) => _client.GetByteArrayAsync(path);

    /// <summary>Runs a statement on the service's database.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_connectionString);
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Prepares the plain inserts of the reference: a table, and one stored session as the payload.</summary>
    public async Task PrepareInsertAsync()
    {
        await ExecuteAsync("create table if not exists plain (id bigint primary key, payload bytea not null)");
        await using var source = NpgsqlDataSource.Create(_connectionString);
        await using var read = source.CreateCommand("select encode(payload, 'hex') from session_state order by created_at desc limit 1");
        var payload = (string)(await read.ExecuteScalarAsync())!;
        await File.WriteAllTextAsync(
            ScriptFile,
            $"\\set id random(1, 9000000000000000000)\ninsert into plain values (:id, '\\x{payload}');\n"
        );
    }

    private string ScriptFile { get; } = Path.GetTempFileName();

    /// <summary>The inserts per second that pgbench reaches with the same number of clients.</summary>
    public async Task<double> PgbenchInsertAsync(int clients, TimeSpan duration)
    {
        var connection = new NpgsqlConnectionStringBuilder(_connectionString);
        using var process = Process.Start(
            new ProcessStartInfo(
                "pgbench",
                [
                    "-n",
                    "-M",
                    "prepared",
                    "-f",
                    ScriptFile,
                    "-c",
                    clients.ToString(CultureInfo.InvariantCulture),
                    "-j",
                    "2",
                    "-T",
                    ((int)duration.TotalSeconds).ToString(CultureInfo.InvariantCulture),
                    "-h",
                    connection.Host!,
                    "-p",
                    connection.Port.ToString(CultureInfo.InvariantCulture),
                    "-U",
                    connection.Username!,
                    connection.Database!,
                ]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["PGPASSWORD"] = connection.Password },
            }
        )!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var line = output.Split('\n').FirstOrDefault(text => text.StartsWith("tps = ", StringComparison.Ordinal))
            ?? throw new InvalidOperationException(await errors);
        return double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task WaitForPortAsync(int port)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(30); ; await Task.Delay(50))
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (DateTime.UtcNow < deadline) { }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}
