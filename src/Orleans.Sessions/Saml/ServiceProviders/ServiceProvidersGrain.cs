using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Projects;
using Orleans.Sessions.State;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Saml.ServiceProviders;

/// <inheritdoc cref="IServiceProvidersGrain"/>
[GrainType("saml-service-providers")]
internal sealed class ServiceProvidersGrain : Grain, IServiceProvidersGrain
{
    /// <summary>How many a node gets at once: it reads them within the claim even if no address answers.</summary>
    private const int MaxClaimed = 32;

    private static readonly ServiceProvidersRecord s_empty = new();

    /// <summary>How long a node has for reading metadata before another one may try.</summary>
    private static readonly TimeSpan s_claim = TimeSpan.FromMinutes(2);

    private readonly TimeProvider _clock;
    private readonly TimeSpan _refreshInterval;
    private readonly SamlMeter _meter;
    private readonly ILogger<ServiceProvidersGrain> _log;
    private readonly Dictionary<string, DateTimeOffset> _claims = new(StringComparer.Ordinal);
    private readonly DurableState<ServiceProvidersRecord> _state;

    /// <summary>The id of the service provider that is being registered.</summary>
    private string? _claimed;

    /// <summary>Called by the runtime.</summary>
    public ServiceProvidersGrain(
        IGrainContext context,
        StateServices state,
        IOptions<MetadataRefreshOptions> refresh,
        SamlMeter meter,
        TimeProvider clock,
        ILogger<ServiceProvidersGrain> log
    )
    {
        (_clock, _refreshInterval, _meter, _log) = (clock, refresh.Value.RefreshInterval, meter, log);
        _state = new(StateNames.SamlServiceProviders, context, state);
    }

    private DateTimeOffset Now => _clock.GetMicroNow();

    /// <inheritdoc/>
    public async Task<ServiceProvider?> FindAsync(string entityId)
    {
        var provider = (await LoadAsync()).Values.FirstOrDefault(known => known.EntityId == entityId && !known.IsInactive);
        return provider?.MetadataCopy?.ValidUntil <= Now ? null : provider;
    }

    /// <inheritdoc/>
    public async Task<ServiceProvider?> TryGetAsync(string id) => (await LoadAsync()).GetValueOrDefault(id);

    /// <inheritdoc/>
    public async Task<bool> HasAsync(string id) => _claimed == id || (await LoadAsync()).ContainsKey(id);

    /// <inheritdoc/>
    public async Task<ServiceProvider> GetAsync(Caller caller, string id)
    {
        caller.Require(Permission.SamlProviderRead);
        return ServiceProviderRules.Registry.Get(await LoadAsync(), id);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<ServiceProvider>> ListAsync(Caller caller)
    {
        caller.Require(Permission.SamlProviderRead);
        return [.. (await LoadAsync()).Values];
    }

    /// <inheritdoc/>
    public async Task<ServiceProvider> CreateAsync(Caller caller, ServiceProviderRegistration registration, ApplicationShare? share = null)
    {
        caller.Require(Permission.SamlProviderWrite);
        var provider = Understand(registration);
        _claimed = provider.Id;
        try
        {
            if (await GrainFactory.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients).IsTakenAsync(provider.Id))
            {
                throw new SessionException(SessionErrors.ServiceProviderExists);
            }

            return await AddAsync(provider, share);
        }
        finally
        {
            _claimed = null;
        }
    }

    /// <inheritdoc/>
    public async Task<ServiceProvider> UpdateAsync(Caller caller, ServiceProviderRegistration registration)
    {
        caller.Require(Permission.SamlProviderWrite);
        var provider = Understand(registration);
        return await ChangeAsync(provider.Id, existing =>
            provider with
            {
                ProjectId = existing.ProjectId,
                IsInactive = existing.IsInactive,
            }
        );
    }

    /// <inheritdoc/>
    public async Task<ServiceProvider> ChangeAsync(Caller caller, string id, ServiceProviderChange change)
    {
        caller.Require(Permission.SamlProviderWrite);
        await EnsureProjectAsync(change.ProjectId);
        return await ChangeAsync(id, existing => ServiceProviderRules.Apply(existing, change));
    }

    /// <inheritdoc/>
    public async Task<ServiceProvider> RefreshAsync(Caller caller, string id, MetadataFetch fetch)
    {
        caller.Require(Permission.SamlProviderWrite);
        var existing = ServiceProviderRules.Registry.Get(await LoadAsync(), id);
        if (existing.MetadataUrl != fetch.Url || MetadataFetch.PinOf(existing.MetadataCertificate) != fetch.Pin)
        {
            return existing;
        }

        var next = MetadataSchedule.Refreshed(existing, fetch, Now, _refreshInterval);
        var after = await WriteAsync(providers => providers.SetItem(id, next));
        _claims.Remove(id);
        var fault = next.MetadataCopy?.Fault;
        _meter.MetadataRefreshes.Add(1, new KeyValuePair<string, object?>("outcome", fault is null ? "done" : "failed"));
        if (fault is not null)
        {
            // The query of an address can be secret.
            var address = new Uri(fetch.Url).GetLeftPart(UriPartial.Path);
            ServiceProvidersLog.RefreshFailed(_log, id, address, fault, next.MetadataCopy?.ValidUntil);
        }

        return after[id];
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<ServiceProvider>> ClaimDueAsync()
    {
        var (providers, now) = (await LoadAsync(), Now);
        ImmutableArray<ServiceProvider> due =
        [
            .. providers
                .Values.Where(provider =>
                    provider is { MetadataUrl: not null, MetadataCopy: { } copy }
                    && copy.DueAt <= now
                    && _claims.GetValueOrDefault(provider.Id) <= now
                )
                .OrderBy(provider => provider.MetadataCopy!.DueAt)
                .Take(MaxClaimed),
        ];
        foreach (var provider in due)
        {
            _claims[provider.Id] = now + s_claim;
        }

        return due;
    }

    /// <inheritdoc/>
    public async Task<int> CountOfProjectsAsync(ImmutableArray<string> projectIds)
    {
        var projects = projectIds.ToHashSet(StringComparer.Ordinal);
        return (await LoadAsync()).Values.Count(provider => provider.ProjectId is { } projectId && projects.Contains(projectId));
    }

    /// <inheritdoc/>
    public Task DeleteOfProjectAsync(string projectId, DateTimeOffset until) =>
        WriteAsync(providers =>
            providers.RemoveRange(
                providers
                    .Values.Where(provider => provider.ProjectId == projectId && provider.CreatedAt <= until)
                    .Select(provider => provider.Id)
            )
        );

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(Caller caller, string id)
    {
        caller.Require(Permission.SamlProviderWrite);
        var isKnown = (await LoadAsync()).ContainsKey(id);
        await WriteAsync(providers => ServiceProviderRules.Registry.Remove(providers, id));
        return isKnown;
    }

    /// <inheritdoc/>
    public Task ConfigureAsync(ImmutableArray<ServiceProviderRegistration> registrations)
    {
        var configured = registrations.Select(ServiceProviderRules.Understand).ToList();
        return WriteAsync(before => ServiceProviderRules.Registry.Configure(before, configured, Now));
    }

    /// <summary>The service provider of a registration, whose metadata were just read if it has an address of them.</summary>
    private ServiceProvider Understand(ServiceProviderRegistration registration)
    {
        var provider = ServiceProviderRules.Understand(registration);
        return provider with
        {
            MetadataCopy =
                provider.MetadataUrl is not null && registration.Metadata is { } xml
                    ? MetadataSchedule.Copy(xml, provider.EntityId, Now, _refreshInterval)
                    : null,
        };
    }

    private async Task<ServiceProvider> AddAsync(ServiceProvider provider, ApplicationShare? share)
    {
        await EnsureProjectAsync(provider.ProjectId);
        var after = await WriteAsync(providers =>
        {
            share?.EnsureRoom(providers.Values.Where(other => other.Id != provider.Id).Select(other => other.ProjectId));
            return ServiceProviderRules.Registry.Add(providers, provider, Now);
        });
        try
        {
            await EnsureProjectAsync(provider.ProjectId);
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.ProjectUnknown)
        {
            // The project was deleted meanwhile, perhaps after it had removed its service providers.
            await WriteAsync(providers => providers.Remove(provider.Id));
            throw;
        }

        return after[provider.Id];
    }

    private async Task EnsureProjectAsync(string? projectId)
    {
        if (projectId is { Length: > 0 } && await GrainFactory.GetGrain<IProjectsGrain>(GrainKeys.Instance).FindAsync(projectId) is null)
        {
            throw new SessionException(SessionErrors.ProjectUnknown);
        }
    }

    private async Task<ServiceProvider> ChangeAsync(string id, Func<ServiceProvider, ServiceProvider> rule) =>
        (
            await WriteAsync(providers =>
                ServiceProviderRules.Registry.Change(providers, rule(ServiceProviderRules.Registry.Changeable(providers, id)), Now)
            )
        )[id];

    private async ValueTask<ImmutableSortedDictionary<string, ServiceProvider>> LoadAsync() =>
        (await _state.ReadAsync())?.ServiceProviders.WithComparers(StringComparer.Ordinal) ?? s_empty.ServiceProviders;

    private async Task<ImmutableSortedDictionary<string, ServiceProvider>> WriteAsync(
        Func<ImmutableSortedDictionary<string, ServiceProvider>, ImmutableSortedDictionary<string, ServiceProvider>> rule
    )
    {
        var before = await LoadAsync();
        var after = rule(before);
        if (after != before)
        {
            await _state.ReplaceAsync(new ServiceProvidersRecord { ServiceProviders = after });
        }

        return after;
    }
}

internal static partial class ServiceProvidersLog
{
    [LoggerMessage(
        LogLevel.Warning,
        "The metadata of the SAML service provider {Id} at {Address} were not taken over: {Fault}. The last copy stays in use until "
            + "{ValidUntil}, or without end"
    )]
    public static partial void RefreshFailed(ILogger log, string id, string address, string fault, DateTimeOffset? validUntil);
}
