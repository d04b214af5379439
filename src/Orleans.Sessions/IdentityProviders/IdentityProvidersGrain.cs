using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Sessions.Instance;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.State;
using Orleans.Sessions.States;

namespace Orleans.Sessions.IdentityProviders;

/// <inheritdoc cref="IIdentityProvidersGrain"/>
[GrainType("identity-providers")]
internal sealed class IdentityProvidersGrain : Grain, IIdentityProvidersGrain, IIdentityProviderRegistry
{
    private const int MaxProviders = 100;

    private readonly TimeProvider _clock;
    private readonly SecretProtector _secrets;
    private readonly InstanceAccessor _instance;
    private readonly DurableState<ProvidersRecord> _state;
    private readonly ImmutableArray<StoredProvider> _configured;

    /// <summary>Called by the runtime.</summary>
    public IdentityProvidersGrain(
        IGrainContext context,
        IOptions<ConfiguredProviders> configured,
        TimeProvider clock,
        SecretProtector secrets,
        InstanceAccessor instance,
        StateServices state
    )
    {
        ArgumentNullException.ThrowIfNull(configured);
        (_clock, _secrets, _instance) = (clock, secrets, instance);
        _state = new(StateNames.IdentityProviders, context, state);

        // The time at which the configuration was written is unknown, but this value is the same at every activation and on every node.
        _configured =
        [
            .. configured.Value.Providers.Select(provider =>
                ProviderRules.Store(provider.Id, provider.Settings, DateTimeOffset.UnixEpoch, secrets)
            ),
        ];
    }

    private string InstanceId => _instance.Identity.InstanceId;

    /// <inheritdoc/>
    public async Task<IdentityProviderDetails> AddAsync(Caller caller, string id, OidcProviderSettings settings)
    {
        caller.Require(Permission.IdentityProviderWrite);
        var added = ProviderRules.Store(id, settings, _clock.GetMicroNow(), _secrets);
        var providers = await ProvidersAsync();
        if (Find(_configured, id) is not null)
        {
            throw new SessionException(SessionErrors.ProviderConfigured);
        }

        if (Find(providers, id) is { } earlier)
        {
            return ProviderRules.Details(earlier, InstanceId);
        }

        if (providers.Length >= MaxProviders)
        {
            throw new SessionException(SessionErrors.TooManyProviders);
        }

        await WriteAsync(providers.Add(added));
        return ProviderRules.Details(added, InstanceId);
    }

    /// <inheritdoc/>
    public async Task<IdentityProviderDetails> UpdateAsync(Caller caller, string id, OidcProviderSettings settings)
    {
        caller.Require(Permission.IdentityProviderWrite);
        var (providers, before) = await ChangeableAsync(id);
        var after = ProviderRules.Store(id, settings, _clock.GetMicroNow(), _secrets, before);
        await WriteAsync(providers.Replace(before, after));
        return ProviderRules.Details(after, InstanceId);
    }

    /// <inheritdoc/>
    public async Task<IdentityProviderDetails> RemoveAsync(Caller caller, string id)
    {
        caller.Require(Permission.IdentityProviderWrite);
        var (providers, removed) = await ChangeableAsync(id);
        await WriteAsync(providers.Remove(removed));
        return ProviderRules.Details(removed with { Sequence = removed.Sequence + 1, ChangedAt = _clock.GetMicroNow() }, InstanceId);
    }

    /// <inheritdoc/>
    public async Task<IdentityProvider> GetAsync(Caller caller, string id)
    {
        caller.Require(Permission.IdentityProviderRead);
        return await FindAsync(id) is { } provider
            ? ProviderRules.View(provider, InstanceId)
            : throw new SessionException(SessionErrors.ProviderNotFound);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<IdentityProvider>> ListAsync(Caller caller, string? organizationId)
    {
        caller.Require(Permission.PolicyRead, organizationId);
        return
        [
            .. _configured
                .Concat(await ProvidersAsync())
                .OrderBy(provider => provider.Settings.Name, StringComparer.OrdinalIgnoreCase)
                .ThenBy(provider => provider.Id, StringComparer.Ordinal)
                .Select(provider => ProviderRules.View(provider, InstanceId)),
        ];
    }

    /// <inheritdoc/>
    public async Task<StoredProvider?> FindAsync(string id) => Find(_configured, id) ?? Find(await ProvidersAsync(), id);

    private static StoredProvider? Find(ImmutableArray<StoredProvider> providers, string id) =>
        providers.FirstOrDefault(provider => provider.Id == id);

    private async Task<(ImmutableArray<StoredProvider> All, StoredProvider One)> ChangeableAsync(string id)
    {
        if (Find(_configured, id) is not null)
        {
            throw new SessionException(SessionErrors.ProviderConfigured);
        }

        var providers = await ProvidersAsync();
        return (providers, Find(providers, id) ?? throw new SessionException(SessionErrors.ProviderMissing));
    }

    private async ValueTask<ImmutableArray<StoredProvider>> ProvidersAsync() => (await _state.ReadAsync())?.Providers ?? [];

    private Task<ProvidersRecord> WriteAsync(ImmutableArray<StoredProvider> providers) =>
        _state.ReplaceAsync(new ProvidersRecord { Providers = providers });
}
