using System.Globalization;

namespace Orleans.Sessions.Fuzz.World;

/// <summary>The databases on which the service is fuzzed.</summary>
public enum FuzzDatabase
{
    Sqlite,
    PostgreSql,
}

/// <summary>The fuzzed service in a process of its own, with its database.</summary>
public sealed class FuzzHost : IAsyncDisposable
{
    private const string PublicOrigin = "https://public.example";

    private readonly PostgreSqlServer? _server;

    private FuzzHost(HostProcess process, OidcStub upstream, PostgreSqlServer? server) =>
        (Process, Upstream, _server) = (process, upstream, server);

    public HostProcess Process { get; }

    /// <summary>The public origin of the service.</summary>
    public string Origin => _server is null ? Process.Address.GetLeftPart(UriPartial.Authority) : PublicOrigin;

    /// <summary>A provider for logins. It also receives the service's messages, because it accepts every request.</summary>
    public OidcStub Upstream { get; }

    /// <summary>
    /// Starts a host. On SQLite the host takes its origin from each request, as is the default. On PostgreSQL it has a public origin,
    /// as in production.
    /// </summary>
    /// <param name="database">The kind of database.</param>
    /// <param name="limits">Settings for limits. Without any, limits are off, so that most requests are processed and not refused.</param>
    public static async Task<FuzzHost> StartAsync(FuzzDatabase database, params IEnumerable<(string Name, string Value)> limits)
    {
        var upstream = new OidcStub();
        var settings = Settings(upstream.Issuer);
        foreach (var (name, value) in limits)
        {
            settings[$"Sessions__Limits__{name}"] = value;
        }

        if (database == FuzzDatabase.Sqlite)
        {
            return new FuzzHost(await HostProcess.StartAsync(settings), upstream, null);
        }

        var server = await PostgreSqlServer.StartAsync();
        settings[Setting.ConnectionString] = await server.CreateDatabaseAsync();
        settings[Setting.AdvertisedAddress] = "127.0.0.1";
        settings[Setting.SiloPort] = Ports.Next().ToString(CultureInfo.InvariantCulture);
        settings[Setting.GatewayPort] = Ports.Next().ToString(CultureInfo.InvariantCulture);
        settings["Sessions__Origin__Public"] = PublicOrigin;
        return new FuzzHost(await HostProcess.StartAsync(settings), upstream, server);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await Upstream.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    /// <summary>Settings with cheap hashing and without delays.</summary>
    private static Dictionary<string, string> Settings(string messages) =>
        new()
        {
            [Setting.LogLevel] = "Warning",
            ["Logging__LogLevel__Orleans.Sessions"] = "Error",
            [Setting.HashAlgorithm] = "Pbkdf2Sha256",
            [Setting.Pbkdf2Rounds] = "1000",
            [Setting.MaxPasswordAttempts] = "0",
            [Setting.MaxOtpAttempts] = "0",
            [Setting.TarpitMaxDelay] = "00:00:00",
            ["Sessions__Limits__Enabled"] = "false",
            ["Sessions__Egress__AllowLoopback"] = "true",
            ["Sessions__Codes__Cooldown"] = "00:00:00",
            [Setting.EmailWebhookUrl] = $"{messages}/mail",
            [Setting.SmsWebhookUrl] = $"{messages}/sms",
            ["Sessions__Oidc__DevicePollInterval"] = "00:00:01",
        };
}
