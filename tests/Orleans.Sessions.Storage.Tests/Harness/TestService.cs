using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Storage.Tests.Harness;

/// <summary>The directories of one service id, and a direct way to write states.</summary>
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

    public IRoleAssignmentDirectory RoleAssignments => _services.GetRequiredService<IRoleAssignmentDirectory>();

    public ISamlLoginDirectory SamlLogins => _services.GetRequiredService<ISamlLoginDirectory>();

    public StorageMigrator Migrator => _services.GetRequiredService<StorageMigrator>();

    public MasterKeyStore MasterKeys => _services.GetRequiredService<MasterKeyStore>();

    internal Database Database { get; }

    /// <summary>Writes a state. Returns its new version; <c>null</c> means a conflict.</summary>
    public async Task<int?> WriteAsync(string state, string key, string json, Projection? projection = null, int? version = null)
    {
        var table = StateTables.Of(state);
        List<WriteStep> steps = [table.Write(ServiceId, key, version, Encoding.UTF8.GetBytes(json), projection?.Columns)];
        steps.AddRange((projection?.Effects ?? []).SelectMany(effect => EffectSteps.Of(effect, ServiceId, key)));
        return await Database.Writes.WriteAsync(new StateKey(table, key), steps) ? (version ?? 0) + 1 : null;
    }

    public async Task<string?> ReadAsync(string state, string key)
    {
        var sql = new SqlQuery().With("service", ServiceId).With("key", key);
        var table = StateTables.Of(state);
        var payloads = await sql.ReadAsync(Database, table.ReadText, r => Encoding.UTF8.GetString(r.GetFieldValue<byte[]>(0)), default);
        return payloads.SingleOrDefault();
    }

    /// <summary>Writes a session. <paramref name="more"/> has further properties (<see cref="StoredJson.Session"/>).</summary>
    public Task<int?> SessionAsync(string id, JsonObject more, int? version = null)
    {
        more["id"] = id;
        return WriteAsync(StateNames.Session, GrainKeys.Session(id), more.ToJsonString(), StoredJson.Session(id, more), version);
    }

    /// <summary>
    /// Writes a user with these properties (<see cref="StoredJson.User"/>), and with effects. The stored record has its metadata.
    /// </summary>
    public Task<int?> UserAsync(string id, JsonObject more, int? version = null, params ImmutableArray<StateEffect> effects)
    {
        var record = new JsonObject { ["id"] = id };
        if (more["metadata"] is { } metadata)
        {
            record["metadata"] = metadata.DeepClone();
        }

        var json = record.ToJsonString();
        return WriteAsync(StateNames.User, GrainKeys.User(id), json, new Projection(StoredJson.User(id, more), effects), version);
    }

    /// <summary>What storage says about a write.</summary>
    public static async Task<StorageFault> FaultAsync(Func<Task<int?>> write)
    {
        try
        {
            return await write() is null ? StorageFault.Conflict : StorageFault.None;
        }
        catch (Exception exception) when (new StorageFaults().Classify(exception) is var fault and not StorageFault.None)
        {
            return fault;
        }
    }

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
}
