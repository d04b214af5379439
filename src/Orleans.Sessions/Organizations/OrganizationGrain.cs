using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Sessions.Projects;
using Orleans.Sessions.State;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Organizations;

/// <summary>
/// Gives the people of one organization its state, and keeps its metadata. A change of the state is first recorded at the grain of the
/// organizations, from where the sweeper finds it again if this node dies. Then this grain records it, so that nobody becomes active in a
/// closed organization. Then each person is changed, which ends the sessions in the same way as a lock does: durably, and before the change
/// is acknowledged. A deleted organization also loses its administrators, its projects, the grants of others' projects, and its texts of
/// login pages. Calls interleave, because such a walk takes long.
/// </summary>
[Reentrant]
[GrainType("organization")]
[CollectionAgeLimit(Minutes = 5)]
[SuppressMessage("Design", "CA1001", Justification = "The semaphores hold no wait handles, and calls may outlive the deactivation.")]
internal sealed partial class OrganizationGrain : Grain, IOrganizationGrain, IOrganizationStanding
{
    /// <summary>How long a caller waits for the people. It is less than the time after which the call fails.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly OrganizationPeople _people;
    private readonly TimeProvider _clock;
    private readonly DurableState<OrganizationRecord> _state;
    private readonly ILogger<OrganizationGrain> _log;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _checking = new(1);
    private Task? _settling;

    /// <summary>Called by the runtime.</summary>
    public OrganizationGrain(
        IGrainContext context,
        OrganizationPeople people,
        TimeProvider clock,
        StateServices state,
        ILogger<OrganizationGrain> log
    )
    {
        (_people, _clock, _log) = (people, clock, log);
        _state = new(StateNames.Organization, context, state);
    }

    private string Id => GrainKeys.Id(this.GetPrimaryKeyString());

    private IOrganizationsGrain Organizations => GrainFactory.GetGrain<IOrganizationsGrain>(GrainKeys.Instance);

    private IOrganizationStates States => GrainFactory.GetGrain<IOrganizationStates>(GrainKeys.Instance);

    private IProjectOrganizations Projects => GrainFactory.GetGrain<IProjectOrganizations>(GrainKeys.Instance);

    private ILoginTextsGrain LoginTexts => GrainFactory.GetGrain<ILoginTextsGrain>(GrainKeys.LoginTextsOf(Id));

    /// <inheritdoc/>
    public Task<DateTimeOffset> DeactivateAsync(Caller caller) =>
        CloseAsync(caller, Permission.OrganizationWrite, OrganizationState.Inactive);

    /// <inheritdoc/>
    public async Task<DateTimeOffset> ActivateAsync(Caller caller)
    {
        caller.Require(Permission.OrganizationWrite, Id);
        return await ChangeAsync(OrganizationState.Active);
    }

    /// <inheritdoc/>
    public Task<DateTimeOffset> DeleteAsync(Caller caller) => CloseAsync(caller, Permission.OrganizationDelete, OrganizationState.Removed);

    /// <inheritdoc/>
    public async Task<OrganizationState> StateAsync() => (await _state.ReadAsync())?.State ?? OrganizationState.Active;

    /// <inheritdoc/>
    public Task SettleAsync() => _settling is { IsCompleted: false } ? _settling : _settling = SettleOnceAsync();

    private async Task<DateTimeOffset> CloseAsync(Caller caller, Permission permission, OrganizationState state)
    {
        caller.Require(permission, Id);
        await EnsureCoveredAsync(caller);
        return await ChangeAsync(state);
    }

    /// <summary>One check at a time, because each may read everybody in the organization, for a caller who then gets a refusal.</summary>
    private async Task EnsureCoveredAsync(Caller caller)
    {
        using var patience = new CancellationTokenSource(s_patience, _clock);
        try
        {
            await _checking.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new SessionException(SessionErrors.ClusterAway);
        }

        try
        {
            await _people.EnsureCoveredAsync(Id, caller);
        }
        finally
        {
            _checking.Release();
        }
    }

    private async Task<DateTimeOffset> ChangeAsync(OrganizationState state)
    {
        var changedAt = await States.BeginAsync(Id, state);
        try
        {
            await FollowAsync().WaitAsync(s_patience, _clock);
        }
        catch (TimeoutException)
        {
            throw new SessionException(SessionErrors.OrganizationSettling);
        }
        catch (Exception exception) when (exception is not SessionException)
        {
            throw new SessionException(SessionErrors.ClusterAway);
        }

        return changedAt;
    }

    /// <summary>A run that is under way may have looked at the state before it changed, so another one follows it.</summary>
    private async Task FollowAsync()
    {
        if (_settling is { IsCompleted: false } underWay)
        {
            await underWay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        await SettleAsync();
    }

    private async Task SettleOnceAsync()
    {
        try
        {
            SessionException? refusal = null;
            while (await States.TargetAsync(Id) is { } target)
            {
                try
                {
                    await CarryOutAsync(target);
                }
                catch (SessionException exception) when (exception.Error == SessionErrors.LastOwner)
                {
                    // When the change was begun, there was another owner elsewhere. Since then, that one was locked or deleted.
                    refusal = exception;
                    await States.RevertAsync(Id);
                    continue;
                }

                await States.SettledAsync(Id, target);
            }

            if (refusal is not null)
            {
                throw refusal;
            }
        }
        catch (Exception exception)
        {
            NotSettled(_log, Id, exception);
            throw;
        }
    }

    private async Task CarryOutAsync(OrganizationState state)
    {
        await WriteAsync(record => record with { State = state });
        await Projects.ForgetStatesAsync();
        if (state == OrganizationState.Active)
        {
            await _people.RestoreAsync(Id);
            return;
        }

        await _people.SuspendAsync(Id);
        if (state == OrganizationState.Removed)
        {
            // From here on, no last owner can take it back.
            await _people.DeleteAsync(Id);
            await _people.RemoveAdministratorsAsync(Id);
            await Projects.RemoveOrganizationAsync(Id);
            await GrainCalls.RepeatIdempotentAsync(() => LoginTexts.RemoveAsync(), _clock, CancellationToken.None);
            await WriteAsync(record => record with { Metadata = null });
        }
    }

    /// <summary>Decides by the latest durable record, one decision at a time, and writes the new record if it differs.</summary>
    private async Task WriteAsync(Func<OrganizationRecord, OrganizationRecord> rule)
    {
        await _turn.WaitAsync();
        try
        {
            var before = await _state.ReadAsync() ?? new OrganizationRecord();
            var after = rule(before);
            if (after != before)
            {
                await _state.ReplaceAsync(after);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Not everybody in organization {OrganizationId} has got its new state; the sweeper tries again")]
    private static partial void NotSettled(ILogger log, string organizationId, Exception exception);
}
