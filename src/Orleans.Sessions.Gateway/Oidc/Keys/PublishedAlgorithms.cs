using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Cluster;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Keys;

/// <summary>
/// Publishes the keys of RS256 a second time, for PS256, only as long as a client wants that algorithm: some programs expect one key. This
/// service itself always knows both.
/// </summary>
internal sealed partial class PublishedAlgorithms(Grains grains, TimeProvider clock, ILogger<PublishedAlgorithms> log)
    : IOpenIddictServerHandler<HandleConfigurationRequestContext>,
        IOpenIddictServerHandler<HandleJsonWebKeySetRequestContext>
{
    private const string Pss = SecurityAlgorithms.RsaSsaPssSha256;

    /// <summary>How long the keys wait for the registry of clients, which may be on its way to another node.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private static readonly object s_wanted = new();

    /// <summary>Only a yes is remembered, so the first client that wants the algorithm finds the keys at once.</summary>
    private readonly RegistryCache<object> _wanted = new(
        async (algorithm, cancellationToken) =>
            await grains.OidcClients.WantsAsync(algorithm).WaitAsync(s_patience, clock, cancellationToken) ? s_wanted : null,
        clock
    );

    public async ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        if (context.IdTokenSigningAlgorithms.Contains(Pss) && !await IsWantedAsync(context.CancellationToken))
        {
            context.IdTokenSigningAlgorithms.Remove(Pss);
        }
    }

    public async ValueTask HandleAsync(HandleJsonWebKeySetRequestContext context)
    {
        if (context.Keys.Exists(key => key.Alg == Pss) && !await IsWantedAsync(context.CancellationToken))
        {
            context.Keys.RemoveAll(key => key.Alg == Pss);
        }
    }

    private async ValueTask<bool> IsWantedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _wanted.FindAsync(Pss, cancellationToken) is not null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A key too many is better than one too few.
            Unknown(log, exception);
            return true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Whether a client wants PS256 is not known at the moment, so all keys are published")]
    private static partial void Unknown(ILogger log, Exception exception);
}
