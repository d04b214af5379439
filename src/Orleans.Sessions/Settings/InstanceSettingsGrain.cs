using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Sessions.IdentityProviders;
using Orleans.Sessions.Instance;
using Orleans.Sessions.State;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Settings;

/// <inheritdoc cref="IInstanceSettingsGrain"/>
[GrainType("instance-settings")]
internal sealed class InstanceSettingsGrain : Grain, IInstanceSettingsGrain
{
    private static readonly InstanceSettings s_none = new();

    private readonly TimeProvider _clock;
    private readonly InstanceAccessor _instance;
    private readonly ConfiguredProviders _configured;
    private readonly DurableState<InstanceSettings> _state;

    /// <summary>Called by the runtime.</summary>
    public InstanceSettingsGrain(
        IGrainContext context,
        IOptions<ConfiguredProviders> configured,
        InstanceAccessor instance,
        StateServices state,
        TimeProvider clock
    )
    {
        (_configured, _instance, _clock) = (configured.Value, instance, clock);
        _state = new(StateNames.InstanceSettings, context, state);
    }

    /// <inheritdoc/>
    public async Task<InstanceSettings> GetAsync() => await _state.ReadAsync() ?? s_none;

    /// <inheritdoc/>
    public async Task<InstanceSettings> SetFrameOriginsAsync(Caller caller, ImmutableArray<string> origins)
    {
        caller.Require(Permission.PolicyWrite);
        InstanceSettingsRules.EnsureOrigins(origins);
        var known = await GetAsync();
        return known.FrameOrigins is { } before && before.SequenceEqual(origins)
            ? known
            : await WriteAsync(known with { FrameOrigins = origins, FrameDetails = Next(known.FrameDetails) });
    }

    /// <inheritdoc/>
    public async Task<InstanceSettings> SetLoginPageAsync(Caller caller, SettingsLevel level, string? page)
    {
        caller.Require(Permission.PolicyWrite);
        InstanceSettingsRules.EnsureLoginPage(page);
        var known = await GetAsync();
        return level switch
        {
            SettingsLevel.System when known.SystemLoginPage != page => await WriteAsync(
                known with
                {
                    SystemLoginPage = page,
                    SystemDetails = Next(known.SystemDetails),
                }
            ),
            SettingsLevel.Instance when known.LoginPage != page => await WriteAsync(
                known with
                {
                    LoginPage = page,
                    InstanceDetails = Next(known.InstanceDetails),
                }
            ),
            _ => known,
        };
    }

    /// <inheritdoc/>
    public async Task<InstanceSettings> OfferProviderAsync(Caller caller, string providerId, bool isOffered)
    {
        caller.Require(Permission.IdentityProviderWrite);
        if (await FindAsync(providerId) is null)
        {
            throw new SessionException(SessionErrors.ProviderMissing);
        }

        if (!isOffered && _configured.Providers.Any(provider => provider.Id == providerId))
        {
            throw new SessionException(SessionErrors.ProviderConfigured);
        }

        var known = await GetAsync();
        if (known.Offers(providerId) == isOffered)
        {
            return known;
        }

        // A provider that was removed meanwhile needs no entry any more.
        var hidden = isOffered ? ImmutableArray<string>.Empty : [providerId];
        foreach (var id in (known.HiddenProviders ?? []).Where(id => id != providerId))
        {
            hidden = await FindAsync(id) is null ? hidden : hidden.Add(id);
        }

        return await WriteAsync(known with { HiddenProviders = hidden, ProviderDetails = Next(known.ProviderDetails) });
    }

    private Task<StoredProvider?> FindAsync(string providerId) =>
        GrainFactory.GetGrain<IIdentityProviderRegistry>(GrainKeys.Instance).FindAsync(providerId);

    private SettingsDetails Next(SettingsDetails? before)
    {
        var now = _clock.GetMicroNow();
        return new(before?.Sequence + 1 ?? 1, now, before?.CreationDate ?? now, _instance.Identity.InstanceId);
    }

    private Task<InstanceSettings> WriteAsync(InstanceSettings next) => _state.ReplaceAsync(next with { Version = next.Version + 1 });
}
