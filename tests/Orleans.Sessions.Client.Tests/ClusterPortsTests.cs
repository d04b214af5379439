using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.NetworkInformation;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Sessions.Cluster;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Client.Tests;

/// <summary>
/// The cluster's ports refuse every client without a certificate of the cluster. A member without the master key gets neither keys nor
/// rights. A silo and a gateway run in separate processes on a PostgreSQL of their own.
/// </summary>
public sealed class ClusterPortsTests(ClusterPortsTests.Apart cluster) : IClassFixture<ClusterPortsTests.Apart>
{
    [Fact]
    public async Task A_silo_and_a_gateway_with_certificates_are_one_service()
    {
        using var http = cluster.Http();
        using var made = await http.PostAsJsonAsync("/v2/sessions", new { }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);

        // The gateway decrypts the signing keys with the master key.
        var keys = await http.GetFromJsonAsync<System.Text.Json.Nodes.JsonObject>("/oauth/v2/keys", TestContext.Current.CancellationToken);
        Assert.NotEmpty(keys!["keys"]!.AsArray());
    }

    [Fact]
    public async Task A_client_without_a_certificate_is_refused() => await Assert.ThrowsAnyAsync<Exception>(() => cluster.ConnectAsync([]));

    [Fact]
    public async Task A_client_with_a_certificate_of_another_authority_is_refused()
    {
        using var other = new TestAuthority();
        var settings = other.PemSettings("stranger");

        // The client trusts the silo, so only the silo can refuse.
        settings["Sessions__Cluster__Tls__Authorities"] = cluster.Authority.AuthoritiesFile;
        await Assert.ThrowsAnyAsync<Exception>(() => cluster.ConnectAsync(settings));
    }

    [Fact]
    public async Task The_port_of_the_silos_asks_for_a_certificate_too()
    {
        using var other = new TestAuthority();
        using var certificate = other.Sign("stranger");
        Assert.True(await IsLetInAsync(cluster.SiloPort, cluster.Authority.Sign("member")));
        Assert.False(await IsLetInAsync(cluster.SiloPort, certificate));
        Assert.False(await IsLetInAsync(cluster.SiloPort, certificate: null));
        Assert.False(await IsLetInAsync(cluster.SiloPort, cluster.Authority.Sign("late", until: DateTimeOffset.UtcNow.AddHours(-1))));
    }

    [Fact]
    public async Task A_member_without_the_master_key_uses_sessions_but_gets_no_keys_and_no_rights()
    {
        using var client = await cluster.ConnectAsync(cluster.Authority.PemSettings("application"));
        var sessions = client.Services.GetRequiredService<SessionClient>();
        var session = await sessions.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotNull(await sessions.GetAsync(session.SessionId, session.Token, TestContext.Current.CancellationToken));

        var grains = client.Services.GetRequiredService<IGrainFactory>();
        var user = grains.GetGrain<IUserGrain>(GrainKeys.User("4711"));
        await RefusedAsync(() => grains.GetGrain<ISigningKeysGrain>(GrainKeys.SigningKeys).GetAsync());
        await RefusedAsync(() => grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients).SnapshotAsync(Guid.Empty));
        await RefusedAsync(() => user.AddAdministratorAsync(Caller.InCluster, null, ["IAM_OWNER"]));
        await RefusedAsync(() => user.AddPersonalAccessTokenAsync(Caller.InCluster, PersonalAccessToken.Create("4711", "1"), null));
    }

    [Fact]
    public async Task A_proof_of_the_master_key_counts_for_some_minutes_only()
    {
        using var client = await cluster.ConnectAsync(cluster.Authority.PemSettings("application"));
        var keys = client.Services.GetRequiredService<IGrainFactory>().GetGrain<ISigningKeysGrain>(GrainKeys.SigningKeys);
        RequestContext.Set("sessions.proof", Apart.ProofOf(cluster.MasterKey, DateTimeOffset.UtcNow));
        await keys.GetAsync();

        foreach (
            var proof in new[]
            {
                Apart.ProofOf(cluster.MasterKey, DateTimeOffset.UtcNow.AddMinutes(-10)),
                Apart.ProofOf(cluster.MasterKey, DateTimeOffset.UtcNow.AddMinutes(10)),
                Apart.ProofOf(new byte[SecretProtector.KeyBytes], DateTimeOffset.UtcNow),
            }
        )
        {
            RequestContext.Set("sessions.proof", proof);
            await RefusedAsync(() => keys.GetAsync());
        }
    }

    [Fact]
    public void Without_an_address_the_ports_are_on_loopback_and_nothing_is_to_warn_of()
    {
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
        foreach (var port in new[] { cluster.SiloPort, cluster.GatewayPort })
        {
            Assert.Equal([IPAddress.Loopback], listeners.Where(listener => listener.Port == port).Select(listener => listener.Address));
        }

        Assert.DoesNotContain("WITHOUT TLS", cluster.Silo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_on_the_network_without_tls_says_loudly_what_that_means()
    {
        var port = Ports.Next();
        await cluster.ClaimLoopbackAsync("another-machine", port);
        await using var host = await HostProcess.StartAsync(
            new Dictionary<string, string>
            {
                [Setting.LogLevel] = "Warning",
                [Setting.ConnectionString] = cluster.OtherDatabase,
                [Setting.SiloPort] = port.ToString(CultureInfo.InvariantCulture),
                [Setting.GatewayPort] = Ports.Next().ToString(CultureInfo.InvariantCulture),
                ["Orleans__Endpoints__GatewayListeningEndpoint"] = $"0.0.0.0:{Ports.Next().ToString(CultureInfo.InvariantCulture)}",
            }
        );
        Assert.Contains("WITHOUT TLS", host.Output, StringComparison.Ordinal);
        Assert.Contains("another-machine", host.Output, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(Func<Task> call) =>
        Assert.Equal(SessionErrors.ClusterClientRefused, (await Assert.ThrowsAsync<SessionException>(call)).Error);

    /// <summary>
    /// Whether the port completes the handshake and stays open. With TLS 1.3 a server refuses a certificate after the client has completed
    /// the handshake.
    /// </summary>
    private static async Task<bool> IsLetInAsync(int port, X509Certificate2? certificate)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, port, patience.Token);
        await using var tls = new SslStream(tcp.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "silo",
                    RemoteCertificateValidationCallback = (_, silo, _, _) => silo?.Subject == "CN=silo",
                    LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!,
                },
                patience.Token
            );

            // A silo waits for the client to speak first. A refused client finds the connection closed.
            using var quiet = new CancellationTokenSource(TimeSpan.FromSeconds(6));
            return await tls.ReadAsync(new byte[1], quiet.Token) > 0;
        }
        catch (OperationCanceledException) when (!patience.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
        {
            return false;
        }
    }

    /// <summary>A silo (PEM) and a gateway (PKCS #12) in processes of their own.</summary>
    public sealed class Apart : IAsyncLifetime
    {
        private readonly Dictionary<string, string> _shared = new() { [Setting.LogLevel] = "Warning" };
        private PostgreSqlServer? _server;
        private HostProcess? _silo;
        private HostProcess? _gateway;

        public TestAuthority Authority { get; } = new();

        public byte[] MasterKey { get; } = RandomNumberGenerator.GetBytes(SecretProtector.KeyBytes);

        public int SiloPort { get; } = Ports.Next();

        public int GatewayPort { get; } = Ports.Next();

        public string OtherDatabase { get; private set; } = "";

        public HostProcess Silo => _silo!;

        public async ValueTask InitializeAsync()
        {
            _server = await PostgreSqlServer.StartAsync();
            _shared[Setting.ConnectionString] = await _server.CreateDatabaseAsync();
            _shared[Setting.MasterKey] = Convert.ToBase64String(MasterKey);
            OtherDatabase = await _server.CreateDatabaseAsync();
            _silo = await HostProcess.StartAsync(
                new Dictionary<string, string>(_shared.Concat(Authority.PemSettings("silo")))
                {
                    [Setting.Role] = "silo",
                    [Setting.SiloPort] = SiloPort.ToString(CultureInfo.InvariantCulture),
                    [Setting.GatewayPort] = GatewayPort.ToString(CultureInfo.InvariantCulture),
                }
            );
            _gateway = await HostProcess.StartAsync(
                new Dictionary<string, string>(_shared.Concat(Authority.PfxSettings("gateway"))) { [Setting.Role] = "gateway" }
            );
        }

        /// <summary>What a process of the cluster sends with its calls.</summary>
        public static string ProofOf(byte[] masterKey, DateTimeOffset time)
        {
            var minute = (time.ToUnixTimeSeconds() / 60).ToString(CultureInfo.InvariantCulture);
            return $"{minute}.{Base64Url.EncodeToString(new SecretProtector(masterKey).Mac(Encoding.ASCII.GetBytes($"sessions: a process of the cluster, minute {minute}")))}";
        }

        public HttpClient Http()
        {
            var http = new HttpClient { BaseAddress = _gateway!.Address };
            http.DefaultRequestHeaders.Authorization = new("Bearer", _silo!.AdminToken);
            return http;
        }

        /// <summary>Connects an application with these settings to the cluster. Fails if the cluster refuses it.</summary>
        public async Task<IHost> ConnectAsync(Dictionary<string, string> tls)
        {
            var builder = Host.CreateApplicationBuilder();
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection(
                tls.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value))
            );
            builder.UseOrleansClient(client =>
            {
                client.UseAdoNetClustering(clustering =>
                    (clustering.Invariant, clustering.ConnectionString) = ("Npgsql", _shared[Setting.ConnectionString])
                );
                client.AddSessions();
                client.UseSessionsTls();
            });
            var host = builder.Build();
            try
            {
                await host.StartAsync(TestContext.Current.CancellationToken)
                    .WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
                return host;
            }
            catch
            {
                host.Dispose();
                throw;
            }
        }

        /// <summary>Makes the database claim that another machine has a silo of another cluster at this loopback port.</summary>
        public async Task ClaimLoopbackAsync(string machine, int port)
        {
            await using (
                var first = await HostProcess.StartAsync(
                    new Dictionary<string, string>
                    {
                        [Setting.LogLevel] = "Warning",
                        [Setting.ConnectionString] = OtherDatabase,
                        [Setting.SiloPort] = Ports.Next().ToString(CultureInfo.InvariantCulture),
                        [Setting.GatewayPort] = Ports.Next().ToString(CultureInfo.InvariantCulture),
                    }
                )
            )
            {
                // The first host creates the tables, and leaves the cluster in order.
                await first.TerminateAsync();
            }

            await using var source = Npgsql.NpgsqlDataSource.Create(OtherDatabase);
            await using var command = source.CreateCommand(
                "insert into membership (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, i_am_alive_time) "
                    + "select deployment_id, '127.0.0.1', $1, 1, 'other', $2, 3, 0, now(), now() from membership_version"
            );
            command.Parameters.Add(new() { Value = port });
            command.Parameters.Add(new() { Value = machine });
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var process in new[] { _gateway, _silo })
            {
                if (process is not null)
                {
                    await process.DisposeAsync();
                }
            }

            if (_server is not null)
            {
                await _server.DisposeAsync();
            }

            Authority.Dispose();
        }
    }
}
