using System.Collections.Immutable;
using Orleans.Runtime;
using Orleans.Sessions.State;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Saml.ServiceProviders;

/// <inheritdoc cref="IServiceProvidersGrain"/>
[GrainType("saml-service-providers")]
internal sealed class ServiceProvidersGrain : Grain, IServiceProvidersGrain
{
    private const int MaxProviders = 500;

    private readonly TimeProvider _clock;
    private readonly DurableState<ServiceProvidersRecord> _state;

    /// <summary>Called by the runtime.</summary>
    public ServiceProvidersGrain(IGrainContext context, StateServices state, TimeProvider clock)
    {
        _clock = clock;
        _state = new(StateNames.SamlServiceProviders, context, state);
    }

    /// <inheritdoc/>
    public async Task<ServiceProvider?> FindAsync(string entityId) =>
        (await LoadAsync()).Values.FirstOrDefault(provider => provider.EntityId == entityId);

    /// <inheritdoc/>
    public async Task<ServiceProvider> GetAsync(Caller caller, string id)
    {
        caller.Require(Permission.SamlProviderRead);
        return (await LoadAsync()).GetValueOrDefault(id) ?? throw new SessionException(SessionErrors.ServiceProviderUnknown);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<ServiceProvider>> ListAsync(Caller caller)
    {
        caller.Require(Permission.SamlProviderRead);
        return [.. (await LoadAsync()).Values];
    }

    /// <inheritdoc/>
    public async Task<ServiceProvider> CreateAsync(Caller caller, ServiceProviderRegistration registration)
    {
        caller.Require(Permission.SamlProviderWrite);
        var provider = ServiceProviderRules.Understand(registration);
        var providers = await LoadAsync();
        if (providers.TryGetValue(provider.Id, out var existing))
        {
            return ServiceProviderRules.IsSame(existing, provider)
                ? existing
                : throw new SessionException(SessionErrors.ServiceProviderExists);
        }

        EnsureFree(providers, provider);
        if (providers.Count >= MaxProviders)
        {
            throw new SessionException(SessionErrors.TooManyServiceProviders);
        }

        var now = _clock.GetMicroNow();
        return await WriteAsync(providers, provider with { IsConfigured = false, CreatedAt = now, ChangedAt = now });
    }

    /// <inheritdoc/>
    public async Task<ServiceProvider> UpdateAsync(Caller caller, ServiceProviderRegistration registration)
    {
        caller.Require(Permission.SamlProviderWrite);
        var provider = ServiceProviderRules.Understand(registration);
        var providers = await LoadAsync();
        var existing = Changeable(providers, provider.Id);
        EnsureFree(providers, provider);
        return await WriteAsync(
            providers,
            provider with
            {
                IsConfigured = false,
                CreatedAt = existing.CreatedAt,
                ChangedAt = _clock.GetMicroNow(),
            }
        );
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(Caller caller, string id)
    {
        caller.Require(Permission.SamlProviderWrite);
        var providers = await LoadAsync();
        if (!providers.ContainsKey(id))
        {
            return false;
        }

        Changeable(providers, id);
        await _state.ReplaceAsync(new ServiceProvidersRecord { ServiceProviders = providers.Remove(id) });
        return true;
    }

    /// <inheritdoc/>
    public async Task ConfigureAsync(ImmutableArray<ServiceProviderRegistration> registrations)
    {
        var before = await LoadAsync();
        var now = _clock.GetMicroNow();

        // A service provider that was removed from the configuration is removed from the registry too.
        var after = before.RemoveRange(before.Values.Where(provider => provider.IsConfigured).Select(provider => provider.Id));
        foreach (var registration in registrations)
        {
            var provider = ServiceProviderRules.Understand(registration);
            EnsureFree(after, provider);
            after = after.SetItem(
                provider.Id,
                before.TryGetValue(provider.Id, out var known) && known.IsConfigured && ServiceProviderRules.IsSame(known, provider)
                    ? known
                    : provider with
                    {
                        IsConfigured = true,
                        CreatedAt = known?.CreatedAt ?? now,
                        ChangedAt = now,
                    }
            );
        }

        if (!after.Values.SequenceEqual(before.Values))
        {
            await _state.ReplaceAsync(new ServiceProvidersRecord { ServiceProviders = after });
        }
    }

    /// <summary>Fails if another service provider has the entity id.</summary>
    private static void EnsureFree(ImmutableSortedDictionary<string, ServiceProvider> providers, ServiceProvider provider)
    {
        if (providers.Values.Any(other => other.EntityId == provider.EntityId && other.Id != provider.Id))
        {
            throw new SessionException(SessionErrors.ServiceProviderExists);
        }
    }

    private static ServiceProvider Changeable(ImmutableSortedDictionary<string, ServiceProvider> providers, string id)
    {
        var provider = providers.GetValueOrDefault(id) ?? throw new SessionException(SessionErrors.ServiceProviderUnknown);
        return provider.IsConfigured ? throw new SessionException(SessionErrors.ServiceProviderConfigured) : provider;
    }

    private async ValueTask<ImmutableSortedDictionary<string, ServiceProvider>> LoadAsync() =>
        (await _state.ReadAsync())?.ServiceProviders.WithComparers(StringComparer.Ordinal) ?? new ServiceProvidersRecord().ServiceProviders;

    private async Task<ServiceProvider> WriteAsync(ImmutableSortedDictionary<string, ServiceProvider> providers, ServiceProvider provider)
    {
        await _state.ReplaceAsync(new ServiceProvidersRecord { ServiceProviders = providers.SetItem(provider.Id, provider) });
        return provider;
    }
}
