using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Gateway.Tests.Harness;

namespace Orleans.Sessions.Gateway.Tests.Origins;

/// <summary>Whether the operator is warned that no public origin is configured.</summary>
public sealed class UnknownOriginTests
{
    [Theory]
    [InlineData("http://0.0.0.0:8080", null, true)]
    [InlineData("http://[::]:8080", null, true)]
    [InlineData("http://*:8080", null, true)]
    [InlineData("https://192.0.2.1:8443", null, true)]
    [InlineData("http://localhost:8080", null, false)]
    [InlineData("http://127.0.0.1:8080", null, false)]
    [InlineData("http://[::1]:8080", null, false)]
    [InlineData("http://unix:/run/sessions.sock", null, false)]
    [InlineData("http://0.0.0.0:8080", "https://id.example.com", false)]
    public async Task A_service_without_a_name_that_others_can_reach_warns_once(string address, string? origin, bool isWarned)
    {
        var (server, log) = (new Server(), new Warnings<UnknownOriginWarning>());
        var addresses = new ServerAddressesFeature();
        addresses.Addresses.Add("http://localhost:5000");
        addresses.Addresses.Add(address);
        server.Features.Set<IServerAddressesFeature>(addresses);
        var options = Microsoft.Extensions.Options.Options.Create(
            new PublicOriginOptions { Public = origin is null ? null : new Uri(origin) }
        );

        await new UnknownOriginWarning(server, options, log).StartedAsync(TestContext.Current.CancellationToken);

        Assert.Equal(isWarned ? 1 : 0, log.Messages.Count(message => message.Contains(address, StringComparison.Ordinal)));
    }

    private sealed class ServerAddressesFeature : IServerAddressesFeature
    {
        public ICollection<string> Addresses { get; } = [];

        public bool PreferHostingUrls { get; set; }
    }

    private sealed class Server : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() { }
    }
}
