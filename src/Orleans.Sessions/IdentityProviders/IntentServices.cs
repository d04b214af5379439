using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Addresses;
using Orleans.Sessions.Egress;
using Orleans.Sessions.Instance;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>
/// The services that all intent grains of a silo share. One object in place of a reference to each keeps an activation small.
/// </summary>
internal sealed class IntentServices
{
    /// <summary>Created once per silo.</summary>
    public IntentServices(
        IServiceProvider services,
        TimeProvider clock,
        IOptions<IntentOptions> options,
        ReturnAddresses addresses,
        SecretProtector secrets,
        InstanceAccessor instance,
        IdentityFinder identities,
        ILogger<IntentGrain> log
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        (Clock, Options, Addresses, Secrets, Instance, Identities, Log) = (
            clock,
            options.Value,
            addresses,
            secrets,
            instance,
            identities,
            log
        );
        Kinds = new ProviderKinds(services.GetRequiredService<EgressHttp>(), clock, secrets);
    }

    internal TimeProvider Clock { get; }

    internal IntentOptions Options { get; }

    internal ReturnAddresses Addresses { get; }

    internal SecretProtector Secrets { get; }

    internal InstanceAccessor Instance { get; }

    internal IdentityFinder Identities { get; }

    internal ILogger Log { get; }

    internal ProviderKinds Kinds { get; }
}

internal static partial class IntentLog
{
    [LoggerMessage(LogLevel.Warning, "Login {IntentId} at identity provider {ProviderId} failed: {Reason}")]
    public static partial void UpstreamFailed(ILogger log, string intentId, string providerId, string reason, Exception exception);
}
