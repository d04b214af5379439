using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Sessions.Directory;

namespace Orleans.Sessions.Storage.Tests.Harness;

/// <summary>The directories of one service id, and a direct way to run the stored queries that Orleans would run.</summary>
public sealed class TestService : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public TestService(StorageOptions options)
    {
        _services = new ServiceCollection()
            .AddLogging()
            .AddSessionStorage(options)
            .Configure<ClusterOptions>(o => o.ServiceId = ServiceId)
            .BuildServiceProvider();
        Database = _services.GetRequiredService<Database>();
    }

    public string ServiceId { get; } = $"service-{Guid.NewGuid():N}";

    public ISessionDirectory Sessions => _services.GetRequiredService<ISessionDirectory>();

    public IUserDirectory Users => _services.GetRequiredService<IUserDirectory>();

    public INotificationOutbox Outbox => _services.GetRequiredService<INotificationOutbox>();

    public IIntentDirectory Intents => _services.GetRequiredService<IIntentDirectory>();

    public ILogoutOutbox Logouts => _services.GetRequiredService<ILogoutOutbox>();

    public IGrantDirectory Grants => _services.GetRequiredService<IGrantDirectory>();

    public IUsedOnceStore UsedOnce => _services.GetRequiredService<IUsedOnceStore>();

    public IIdRangeStore IdRanges => _services.GetRequiredService<IIdRangeStore>();

    public IAuditStore Audit => _services.GetRequiredService<IAuditStore>();

    public ISamlLoginDirectory SamlLogins => _services.GetRequiredService<ISamlLoginDirectory>();

    public StorageMigrator Migrator => _services.GetRequiredService<StorageMigrator>();

    public MasterKeyStore MasterKeys => _services.GetRequiredService<MasterKeyStore>();

    internal Database Database { get; }

    public async Task<int?> WriteAsync(string type, string key, string json, int? version = null)
    {
        var versions = await Row(type, key)
            .With("GrainStateVersion", version ?? (object)DBNull.Value)
            .With("PayloadBinary", Encoding.UTF8.GetBytes(json))
            .ReadAsync(Database, Text("WriteToStorageKey"), r => r.GetInt32(r.GetOrdinal("NewGrainStateVersion")), default);
        return versions is [var written] ? written : null;
    }

    public async Task<string?> ReadAsync(string type, string key)
    {
        var payloads = await Row(type, key)
            .ReadAsync(Database, Text("ReadFromStorageKey"), r => Encoding.UTF8.GetString((byte[])r["PayloadBinary"]), default);
        return payloads.SingleOrDefault();
    }

    public Task DeleteAsync(string type, string key, int version) =>
        Row(type, key).With("GrainStateVersion", version).ReadAsync(Database, Text("DeleteStorageKey"), r => r.GetInt32(0), default);

    public Task ClearAsync(string type, string key, int version) =>
        Row(type, key).With("GrainStateVersion", version).ReadAsync(Database, Text("ClearStorageKey"), r => r.GetInt32(0), default);

    /// <summary>Writes a session. <paramref name="more"/> has further properties of its JSON.</summary>
    public Task<int?> SessionAsync(string id, JsonObject more, int? version = null)
    {
        more["id"] = id;
        return WriteAsync("session", $"s-{id}", more.ToJsonString(), version);
    }

    /// <summary>Writes a user with these directory entries.</summary>
    public Task<int?> UserAsync(string id, JsonObject directory, int? version = null) =>
        WriteAsync("user", $"u-{id}", new JsonObject { ["id"] = id, ["directory"] = directory }.ToJsonString(), version);

    /// <summary>The rows of a statement on this service (<c>@service</c>), with the columns joined by a bar.</summary>
    public Task<List<string>> RowsAsync(string sql) =>
        new SqlQuery()
            .With("service", ServiceId)
            .ReadAsync(
                Database,
                sql,
                r => string.Join('|', Enumerable.Range(0, r.FieldCount).Select(i => Convert.ToString(r[i], CultureInfo.InvariantCulture))),
                default
            );

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>The ids of the found sessions or users.</summary>
    public static string[] IdsOf(IEnumerable<ReadOnlyMemory<byte>> payloads) =>
        [.. payloads.Select(p => JsonDocument.Parse(p).RootElement.GetProperty("id").GetString()!)];

    private string Text(string query) => SqlText.Of($"{Database.Dialect}.Queries.{query}");

    private SqlQuery Row(string type, string key) =>
        new SqlQuery().With("ServiceId", ServiceId).With("GrainTypeString", type).With("GrainIdExtensionString", key);
}
