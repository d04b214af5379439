namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>A host that most tests share. It starts when the first test needs it.</summary>
public abstract class SharedHost : IAsyncDisposable
{
    private readonly Lazy<Task<HostProcess>> _host;

    protected SharedHost() => _host = new(StartAsync);

    /// <summary>The administrator as a caller of the running service.</summary>
    public async Task<Api> AdminAsync()
    {
        var host = await _host.Value;
        return new Api(host, host.AdminToken);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_host.IsValueCreated)
        {
            await (await _host.Value).DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected abstract Task<HostProcess> StartAsync();
}

/// <summary>The embedded default: one process, one SQLite file.</summary>
public sealed class SqliteHost : SharedHost
{
    protected override Task<HostProcess> StartAsync() => HostProcess.StartAsync(HostSettings.Shared);
}

/// <summary>The service on a real PostgreSQL.</summary>
public sealed class PostgreSqlHost : SharedHost
{
    protected override async Task<HostProcess> StartAsync() =>
        await HostProcess.StartAsync(HostSettings.Shared.OnPostgreSql(await Databases.CreateAsync()));
}
