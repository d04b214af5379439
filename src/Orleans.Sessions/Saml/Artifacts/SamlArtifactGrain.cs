using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Sessions.Saml.Requests;
using Orleans.Sessions.State;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Saml.Artifacts;

/// <inheritdoc cref="ISamlArtifactGrain"/>
[GrainType("saml-artifact")]
[CollectionAgeLimit(Minutes = 2)]
internal sealed class SamlArtifactGrain(
    IGrainContext context,
    StateServices state,
    IOptions<SamlRequestOptions> options,
    TimeProvider clock
) : Grain, ISamlArtifactGrain
{
    private readonly DurableState<SamlArtifactRecord> _state = new(StateNames.SamlArtifact, context, state);

    /// <inheritdoc/>
    public async Task KeepAsync(SamlAnswer answer)
    {
        if (await _state.ReadAsync() is null)
        {
            await _state.ReplaceAsync(
                new SamlArtifactRecord { Answer = answer, ExpiresAt = clock.GetMicroNow() + options.Value.ArtifactLifetime }
            );
        }
    }

    /// <inheritdoc/>
    public async Task<SamlAnswer?> ResolveAsync(string entityId, string attempt)
    {
        if (await _state.ReadAsync() is not { } record || clock.GetMicroNow() >= record.ExpiresAt)
        {
            this.Forget();
            return null;
        }

        if (record.Answer.Request.EntityId != entityId || !await IsAliveAsync(record.Answer))
        {
            return null;
        }

        if (record.ResolvedBy is { } earlier)
        {
            return earlier == attempt ? record.Answer : null;
        }

        await _state.ReplaceAsync(record with { ResolvedBy = attempt });
        return record.Answer;
    }

    /// <summary>Whether it is a refusal, or a login that was not revoked while it waited.</summary>
    private async Task<bool> IsAliveAsync(SamlAnswer answer) =>
        answer.Subject is null
        || (answer.RequestKey is { } key && await GrainFactory.GetGrain<ISamlRequestGrain>(key).GetLiveLoginAsync() is not null);
}
