using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Projects;

/// <content>What follows a removal: the applications of a project go, and the list of authorizations is cleared.</content>
internal sealed partial class ProjectsGrain
{
    private const int Batch = 1000;

    /// <summary>A removal is cleared while its caller waits if it is not larger than this. The rest follows later.</summary>
    private const int BatchesAtOnce = 20;

    /// <summary>
    /// A removal is cleared once more after this time, longer than a call lives: an authorization may have been written at the same time as
    /// the removal.
    /// </summary>
    private static readonly TimeSpan s_untilSettled = TimeSpan.FromMinutes(1);

    /// <summary>Writes the record together with what must be cleared, so that a node that dies leaves a note, and clears it.</summary>
    private async Task RemoveAsync(ProjectsRecord record, ImmutableArray<UnsettledRemoval> removals)
    {
        await _state.ReplaceAsync(removals.IsEmpty ? record : record with { Unsettled = (record.Unsettled ?? []).AddRange(removals) });
        foreach (var removal in removals)
        {
            try
            {
                await ClearAsync(removal, BatchesAtOnce);
            }
            catch (Exception exception)
            {
                NotCleared(_log, removal.ProjectId, exception);
            }
        }

        if (!removals.IsEmpty)
        {
            SettleLater();
        }
    }

    private void SettleLater() =>
        this.RegisterGrainTimer(SettleAsync, new GrainTimerCreationOptions(s_untilSettled, Timeout.InfiniteTimeSpan));

    private async Task SettleAsync()
    {
        foreach (var removal in (await LoadAsync()).Unsettled ?? [])
        {
            try
            {
                await ClearAsync(removal, int.MaxValue);
            }
            catch (Exception exception)
            {
                NotCleared(_log, removal.ProjectId, exception);
                SettleLater();
                return;
            }

            var record = await LoadAsync();
            if (_clock.GetUtcNow() >= removal.At + s_untilSettled)
            {
                var left = (record.Unsettled ?? []).Remove(removal);
                await _state.ReplaceAsync(record with { Unsettled = left.IsEmpty ? null : left });
            }
        }

        if ((await LoadAsync()).Unsettled is not null)
        {
            SettleLater();
        }
    }

    private async Task ClearAsync(UnsettledRemoval removal, int batches)
    {
        if (removal.IsOfProject)
        {
            await Clients.DeleteOfProjectAsync(removal.ProjectId, removal.At);
            await GrainFactory
                .GetGrain<IServiceProvidersGrain>(GrainKeys.SamlServiceProviders)
                .DeleteOfProjectAsync(removal.ProjectId, removal.At);
        }

        for (var i = 0; i < batches && await DropAsync(removal) == Batch; i++) { }
    }

    /// <summary>SQLite works on the calling thread, which must not be a grain's thread.</summary>
    private Task<int> DropAsync(UnsettledRemoval removal)
    {
        var assignments = Assignments;
        return Task.Run(() =>
            removal.RoleKey is { } key
                ? assignments.DropRoleAsync(removal.ProjectId, removal.OrganizationId, key, removal.At, Batch, CancellationToken.None)
                : assignments.DropProjectAsync(
                    removal.ProjectId,
                    removal.ProjectCreatedAt,
                    removal.OrganizationId,
                    removal.IsOfProject ? DateTimeOffset.MaxValue : removal.At,
                    Batch,
                    CancellationToken.None
                )
        );
    }

    [LoggerMessage(LogLevel.Warning, "The authorizations for what was removed from project {ProjectId} are not cleared yet")]
    private static partial void NotCleared(ILogger log, string projectId, Exception exception);
}
