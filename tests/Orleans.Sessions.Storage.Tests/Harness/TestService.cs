using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Storage.Tests.Harness;

/// <summary>The directories of one service id in a database, and a direct way to write states.</summary>
public sealed class TestService : ConformingService
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

    public override ISessionDirectory Sessions => _services.GetRequiredService<ISessionDirectory>();

    public override IUserDirectory Users => _services.GetRequiredService<IUserDirectory>();

    public INotificationOutbox Outbox => _services.GetRequiredService<INotificationOutbox>();

    public IIntentDirectory Intents => _services.GetRequiredService<IIntentDirectory>();

    public ILogoutOutbox Logouts => _services.GetRequiredService<ILogoutOutbox>();

    public IGrantDirectory Grants => _services.GetRequiredService<IGrantDirectory>();

    public IUsedOnceStore UsedOnce => _services.GetRequiredService<IUsedOnceStore>();

    public override IIdRangeStore IdRanges => _services.GetRequiredService<IIdRangeStore>();

    public IAuditStore Audit => _services.GetRequiredService<IAuditStore>();

    public IRoleAssignmentDirectory RoleAssignments => _services.GetRequiredService<IRoleAssignmentDirectory>();

    public ISamlLoginDirectory SamlLogins => _services.GetRequiredService<ISamlLoginDirectory>();

    public StorageMigrator Migrator => _services.GetRequiredService<StorageMigrator>();

    public MasterKeyStore MasterKeys => _services.GetRequiredService<MasterKeyStore>();

    internal Database Database { get; }

    public override async Task<int?> WriteAsync(string state, string key, string json, Projection? projection = null, int? version = null)
    {
        var table = StateTables.Of(state);
        List<WriteStep> steps = [table.Write(ServiceId, key, version, Encoding.UTF8.GetBytes(json), projection?.Columns)];
        steps.AddRange((projection?.Effects ?? []).SelectMany(effect => EffectSteps.Of(effect, ServiceId, key)));
        return await Database.Writes.WriteAsync(new StateKey(table, key), steps) ? (version ?? 0) + 1 : null;
    }

    public override async Task<string?> ReadAsync(string state, string key)
    {
        var sql = new SqlQuery().With("service", ServiceId).With("key", key);
        var table = StateTables.Of(state);
        var payloads = await sql.ReadAsync(Database, table.ReadText, r => Encoding.UTF8.GetString(r.GetFieldValue<byte[]>(0)), default);
        return payloads.SingleOrDefault();
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

    public override ValueTask DisposeAsync() => _services.DisposeAsync();
}
