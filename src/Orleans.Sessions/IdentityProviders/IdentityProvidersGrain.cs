using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Sessions.IdentityProviders.Oidc;
using Orleans.Sessions.Instance;
using Orleans.Sessions.Registries;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.State;
using Orleans.Sessions.States;

namespace Orleans.Sessions.IdentityProviders;

/// <inheritdoc cref="IIdentityProvidersGrain"/>
[GrainType("identity-providers")]
internal sealed class IdentityProvidersGrain : Grain, IIdentityProvidersGrain, IIdentityProviderRegistry
{
    private readonly TimeProvider _clock;
    private readonly SecretProtector _secrets;
    private readonly InstanceAccessor _instance;
    private readonly IssuerCheck _issuers;
    private readonly DurableState<ProvidersRecord> _state;
    private readonly ImmutableSortedDictionary<string, StoredProvider> _configured;
    private readonly RegistryRules<StoredProvider> _rules;

    /// <summary>Called by the runtime.</summary>
    public IdentityProvidersGrain(
        IGrainContext context,
        IOptions<ConfiguredProviders> configured,
        TimeProvider clock,
        SecretProtector secrets,
        InstanceAccessor instance,
        IssuerCheck issuers,
        StateServices state
    )
    {
        ArgumentNullException.ThrowIfNull(configured);
        (_clock, _secrets, _instance, _issuers) = (clock, secrets, instance, issuers);
        _state = new(StateNames.IdentityProviders, context, state);

        // The time at which the configuration was written is unknown, but this value is the same at every activation and on every node.
        _configured = configured.Value.Providers.ToImmutableSortedDictionary(
            provider => provider.Id,
            provider => ProviderRules.Store(provider.Id, provider.Settings, DateTimeOffset.UnixEpoch, secrets),
            StringComparer.Ordinal
        );
        _rules = ProviderRules.Registry(_configured.ContainsKey);
    }

    private string InstanceId => _instance.Identity.InstanceId;

    /// <inheritdoc/>
    public async Task<IdentityProviderDetails> AddAsync(Caller caller, string id, ProviderSettings settings)
    {
        caller.Require(Permission.IdentityProviderWrite);
        var now = _clock.GetMicroNow();
        var added = ProviderRules.Store(id, settings, now, _secrets);
        if (ProviderRules.NamesIssuer(settings) && !(await ProvidersAsync()).ContainsKey(id))
        {
            await _issuers.EnsureAsync(settings.Issuer);
        }

        var providers = await WriteAsync(before => _rules.Add(before, added, now));
        return ProviderRules.Details(providers[id], InstanceId);
    }

    /// <inheritdoc/>
    public async Task<IdentityProviderDetails> UpdateAsync(Caller caller, string id, ProviderSettings settings)
    {
        caller.Require(Permission.IdentityProviderWrite);
        var existing = _rules.Changeable(await ProvidersAsync(), id);
        var now = _clock.GetMicroNow();
        var next = ProviderRules.Store(id, settings, now, _secrets, existing);
        if (ProviderRules.NamesIssuer(settings) && next.Settings.Issuer != existing.Settings.Issuer)
        {
            await _issuers.EnsureAsync(settings.Issuer);
        }

        var providers = await WriteAsync(before =>
            _rules.Change(before, ProviderRules.Store(id, settings, now, _secrets, _rules.Changeable(before, id)), now)
        );
        return ProviderRules.Details(providers[id], InstanceId);
    }

    /// <inheritdoc/>
    public async Task<IdentityProviderDetails> RemoveAsync(Caller caller, string id)
    {
        caller.Require(Permission.IdentityProviderWrite);
        var removed = _rules.Changeable(await ProvidersAsync(), id);
        await WriteAsync(before => _rules.Remove(before, id));
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
            .. (await ProvidersAsync())
                .Values.OrderBy(provider => provider.Settings.Name, StringComparer.OrdinalIgnoreCase)
                .ThenBy(provider => provider.Id, StringComparer.Ordinal)
                .Select(provider => ProviderRules.View(provider, InstanceId)),
        ];
    }

    /// <inheritdoc/>
    public async Task<StoredProvider?> FindAsync(string id) =>
        _configured.GetValueOrDefault(id) ?? (await StoredAsync()).FirstOrDefault(provider => provider.Id == id);

    private async ValueTask<ImmutableArray<StoredProvider>> StoredAsync() => (await _state.ReadAsync())?.Providers ?? [];

    private async ValueTask<ImmutableSortedDictionary<string, StoredProvider>> ProvidersAsync() =>
        (await StoredAsync())
            .ToImmutableSortedDictionary(provider => provider.Id, provider => provider, StringComparer.Ordinal)
            .SetItems(_configured);

    private async Task<ImmutableSortedDictionary<string, StoredProvider>> WriteAsync(
        Func<ImmutableSortedDictionary<string, StoredProvider>, ImmutableSortedDictionary<string, StoredProvider>> rule
    )
    {
        var before = await ProvidersAsync();
        var after = rule(before);
        if (after != before)
        {
            // A stored provider that the configuration hides comes back when the configuration no longer names it.
            var hidden = (await StoredAsync()).Where(provider => _configured.ContainsKey(provider.Id));
            var added = after.Values.Where(provider => !_configured.ContainsKey(provider.Id));
            await _state.ReplaceAsync(new ProvidersRecord { Providers = [.. hidden.Concat(added).OrderBy(one => one.CreatedAt)] });
        }

        return after;
    }
}
