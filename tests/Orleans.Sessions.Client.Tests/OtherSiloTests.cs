using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions.Client.Tests;

/// <summary>A silo with grains of another application joins the cluster and uses its sessions.</summary>
public sealed class OtherSiloTests(TwoSilos cluster)
{
    [Fact]
    public async Task A_silo_of_somebody_else_uses_sessions_without_hosting_them()
    {
        var user = await cluster.NewHumanAsync();
        using var silo = Build(configure: null);
        await silo.StartAsync(TestContext.Current.CancellationToken);
        var sessions = silo.Services.GetRequiredService<SessionClient>();

        var created = await sessions.CreateAsync(create =>
            create with
            {
                Checks = new Checks
                {
                    User = new UserCheck { UserId = user },
                    Password = TwoSilos.Password,
                },
            }
        );

        Assert.Equal(user, (await cluster.Sessions.GetAsync(created.SessionId))!.Factors!.User.Id);
        Assert.True(await sessions.TerminateAsync(created.SessionId));
        await silo.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task It_waits_until_it_knows_who_hosts_them()
    {
        var asked = 0;
        var session = StandIn.For<ISessionGrain>((_, _) => Task.FromResult<SessionDetails?>(null));
        var grains = StandIn.For<IGrainFactory>(
            (_, _) => asked++ < 2 ? throw new ArgumentException("Could not find an implementation for interface") : session
        );
        var sessions = new SessionClient(
            grains,
            new IdGenerator(grains, TimeProvider.System),
            TimeProvider.System,
            Options.Create(new SessionClientOptions())
        );

        Assert.False(await sessions.TerminateAsync("4711", TestContext.Current.CancellationToken));
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task Wrong_options_end_its_start()
    {
        using var silo = Build(options => options.RewatchEvery = TimeSpan.Zero);
        await Assert.ThrowsAsync<OptionsValidationException>(() => silo.StartAsync(TestContext.Current.CancellationToken));
    }

    private IHost Build(Action<SessionClientOptions>? configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(silo =>
        {
            silo.UseAdoNetClustering(clustering =>
                (clustering.Invariant, clustering.ConnectionString) = ("Npgsql", cluster.ConnectionString)
            );
            silo.ConfigureEndpoints(IPAddress.Loopback, Ports.Next(), Ports.Next());
            silo.AddSessions(configure);
        });
        return builder.Build();
    }
}
