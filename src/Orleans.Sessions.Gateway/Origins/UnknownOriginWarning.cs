using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Gateway.Origins;

/// <summary>
/// Warns the operator if other machines can reach the service and no public origin is configured. Then the issuer of its tokens, and the
/// audience of signed messages, is whatever a request's <c>Host</c> says.
/// </summary>
internal sealed partial class UnknownOriginWarning(IServer server, IOptions<PublicOriginOptions> options, ILogger<UnknownOriginWarning> log)
    : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (
            options.Value.Public is null
            && addresses.FirstOrDefault(address => !IsOfThisMachine(BindingAddress.Parse(address))) is { } open
        )
        {
            OriginIsUnknown(log, open);
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsOfThisMachine(BindingAddress address) =>
        address.IsUnixPipe
        || address.IsNamedPipe
        || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));

    [LoggerMessage(
        LogLevel.Warning,
        "Sessions:Origin:Public is not configured, although the service listens on {Address}. Each request decides "
            + "the name of the service, and with it the issuer of its tokens"
    )]
    private static partial void OriginIsUnknown(ILogger log, string address);
}
