namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>A host that the tests of a class stop as they like. It starts again, on the same data, when the next test needs it.</summary>
public abstract class Installation : OwnHosts
{
    private HostProcess? _first;
    private HostProcess? _host;
    private Dictionary<string, string>? _settings;

    /// <summary>The process of the first start.</summary>
    public HostProcess First => _first ?? throw new InvalidOperationException("The host has not started.");

    /// <summary>The administrator as a caller of the running service.</summary>
    public async Task<Api> AdminAsync()
    {
        if (_host is null or { HasExited: true })
        {
            _settings ??= (await SettingsAsync()).With(Setting.DataPath, NewFolder()).With(Setting.BlockDuration, "00:30:00");
            _host = await StartAsync(_settings);
            _first ??= _host;
        }

        return Admin(_host);
    }

    protected abstract Task<Dictionary<string, string>> SettingsAsync();
}

public sealed class SqliteInstallation : Installation
{
    protected override Task<Dictionary<string, string>> SettingsAsync() => Task.FromResult(HostSettings.Shared);
}

public sealed class PostgreSqlInstallation : Installation
{
    protected override async Task<Dictionary<string, string>> SettingsAsync() =>
        HostSettings.Shared.OnPostgreSql(await Databases.CreateAsync());
}
