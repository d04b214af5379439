using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Saml.ServiceProviders;
using Orleans.Sessions.Saml;
using ServiceProvider = Orleans.Sessions.Saml.ServiceProvider;

namespace Orleans.Sessions.Gateway.Tests.Saml;

/// <summary>A node that reads again what is due.</summary>
public sealed class MetadataRefresherTests
{
    [Fact]
    public async Task One_that_fails_stops_neither_those_beside_it_nor_those_after_it()
    {
        var due = new ConcurrentQueue<ImmutableArray<ServiceProvider>>([Batch("fails", 12), Batch("second", 1)]);
        var refreshed = new ConcurrentQueue<string>();
        var registry = StandIn.For<IServiceProvidersGrain>(
            (method, call) =>
                method.Name switch
                {
                    nameof(IServiceProvidersGrain.ClaimDueAsync) => Task.FromResult(due.TryDequeue(out var batch) ? batch : []),
                    nameof(IServiceProvidersGrain.RefreshAsync) => Refreshed((string)call[1]!),
                    _ => throw new NotSupportedException(method.Name),
                }
        );
        var grains = StandIn.For<IGrainFactory>(
            (method, _) =>
                method.GetGenericArguments() is [var type] && type == typeof(IServiceProvidersGrain)
                    ? registry
                    : throw new NotSupportedException(method.Name)
        );
        await using var server = await GatewayServer.StartAsync(configure: builder =>
            builder.Services.Replace(ServiceDescriptor.Singleton(grains))
        );
        using var http = new HttpClient(new Nothing());
        using var fetcher = new MetadataFetcher(http, NullLogger<MetadataFetcher>.Instance);
        using var refresher = new MetadataRefresher(
            server.App.Services.GetRequiredService<Grains>(),
            fetcher,
            TimeProvider.System,
            NullLogger<MetadataRefresher>.Instance
        );

        await refresher.RefreshDueAsync(TestContext.Current.CancellationToken);

        Assert.Equal(12, refreshed.Count);
        Assert.Contains("second-0", refreshed);

        Task<ServiceProvider> Refreshed(string id)
        {
            if (id == "fails-0")
            {
                return Task.FromException<ServiceProvider>(new SessionException(SessionErrors.StorageAway));
            }

            refreshed.Enqueue(id);
            return Task.FromResult(new ServiceProvider { Id = id });
        }
    }

    private static ImmutableArray<ServiceProvider> Batch(string name, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new ServiceProvider { Id = $"{name}-{i}", MetadataUrl = "https://wiki.example/" })];

    private sealed class Nothing : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));
    }
}
