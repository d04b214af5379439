using System.Collections.Immutable;
using Orleans.Runtime;
using Orleans.Sessions.Organizations;
using Orleans.Sessions.State;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Settings;

/// <inheritdoc cref="ILoginTextsGrain"/>
[GrainType("login-texts")]
[CollectionAgeLimit(Minutes = 30)]
internal sealed class LoginTextsGrain : Grain, ILoginTextsGrain
{
    private static readonly ImmutableSortedDictionary<string, string> s_none = ImmutableSortedDictionary.Create<string, string>(
        StringComparer.Ordinal
    );

    private readonly DurableState<LoginTextsRecord> _state;
    private readonly TimeProvider _clock;

    /// <summary>Called by the runtime.</summary>
    public LoginTextsGrain(IGrainContext context, StateServices state, TimeProvider clock)
    {
        _clock = clock;
        _state = new(StateNames.LoginTexts, context, state);
    }

    /// <summary>The organization; <c>null</c> for the texts of the installation.</summary>
    private string? OrganizationId => this.GetPrimaryKeyString() is var key && key == GrainKeys.LoginTexts ? null : GrainKeys.Id(key);

    /// <inheritdoc/>
    public async Task<ImmutableArray<string>> GetAsync(ImmutableArray<string> locales)
    {
        var texts = await TextsAsync();
        if (texts.IsEmpty && OrganizationId is not null)
        {
            this.Forget();
        }

        return [.. locales.Select(locale => texts.GetValueOrDefault(locale)).OfType<string>()];
    }

    /// <inheritdoc/>
    public async Task SetAsync(Caller caller, string locale, string? texts)
    {
        caller.Require(Permission.PolicyWrite);
        var before = await TextsAsync();
        if (texts is not null && before.Count >= ILoginTextsGrain.MaxLocales && !before.ContainsKey(locale))
        {
            throw new SessionException(SessionErrors.TooManyLocales);
        }

        if (before.GetValueOrDefault(locale) != texts)
        {
            await _state.ReplaceAsync(
                new LoginTextsRecord { Texts = texts is null ? before.Remove(locale) : before.SetItem(locale, texts) }
            );
        }

        if (await IsOfRemovedAsync())
        {
            await RemoveAsync();
            throw new SessionException(SessionErrors.OrganizationUnknown);
        }
    }

    /// <inheritdoc/>
    public async Task RemoveAsync()
    {
        if (!(await TextsAsync()).IsEmpty)
        {
            await _state.ReplaceAsync(new LoginTextsRecord());
        }

        this.Forget();
    }

    /// <summary>
    /// Whether the organization was deleted. Asked after a write: either this answer says so, or the deletion removes what was written.
    /// </summary>
    private async Task<bool> IsOfRemovedAsync()
    {
        if (OrganizationId is not { } id)
        {
            return false;
        }

        var standing = GrainFactory.GetGrain<IOrganizationStanding>(GrainKeys.Organization(id));
        var state = await GrainCalls.RepeatIdempotentAsync(() => standing.StateAsync(), _clock, CancellationToken.None);
        return state == OrganizationState.Removed;
    }

    private async ValueTask<ImmutableSortedDictionary<string, string>> TextsAsync() =>
        (await _state.ReadAsync())?.Texts?.WithComparers(StringComparer.Ordinal) ?? s_none;
}
