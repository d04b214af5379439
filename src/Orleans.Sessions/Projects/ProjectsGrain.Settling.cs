using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Sessions.Saml;
using Orleans.Sessions.State;

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

    /// <summary>The only timer; <c>null</c> after it has fired.</summary>
    private IGrainTimer? _settling;

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
        _settling ??= this.RegisterGrainTimer(SettleAsync, new GrainTimerCreationOptions(s_untilSettled, Timeout.InfiniteTimeSpan));

    private async Task SettleAsync()
    {
        _settling?.Dispose();
        _settling = null;
        try
        {
            await SettleOnceAsync();
        }
        catch (Exception exception)
        {
            NotSettled(_log, exception);
            SettleLater();
        }
    }

    /// <summary>Clears every removal, and forgets those that are old enough in one write.</summary>
    private async Task SettleOnceAsync()
    {
        var settled = new HashSet<(string, DateTimeOffset)>();
        foreach (var removal in (await LoadAsync()).Unsettled ?? [])
        {
            var isLast = _clock.GetUtcNow() >= removal.At + s_untilSettled;
            try
            {
                await ClearAsync(removal, int.MaxValue);
            }
            catch (Exception exception)
            {
                NotCleared(_log, removal.ProjectId, exception);
                continue;
            }

            if (isLast)
            {
                settled.Add((removal.ProjectId, removal.At));
            }
        }

        var record = await LoadAsync();
        var left = (record.Unsettled ?? []).RemoveAll(removal => settled.Contains((removal.ProjectId, removal.At)));
        if (settled.Count > 0)
        {
            await _state.ReplaceAsync(record with { Unsettled = left.IsEmpty ? null : left });
        }

        if (!left.IsEmpty)
        {
            SettleLater();
        }
    }

    private async Task ClearAsync(UnsettledRemoval removal, int batches)
    {
        if (removal.IsOfProject)
        {
            // An application may have been added at the same time as the removal. Those of a new project with the same id stay.
            var until = (await LoadAsync()).Projects.ContainsKey(removal.ProjectId) ? removal.At : _clock.GetMicroNow();
            await Clients.DeleteOfProjectAsync(removal.ProjectId, until);
            await GrainFactory
                .GetGrain<IServiceProvidersGrain>(GrainKeys.SamlServiceProviders)
                .DeleteOfProjectAsync(removal.ProjectId, until);
        }

        ImmutableArray<string?> keys = removal.RoleKeys.IsDefaultOrEmpty ? [null] : [.. removal.RoleKeys];
        foreach (var key in keys)
        {
            for (var i = 0; i < batches && await DropAsync(removal, key) == Batch; i++) { }
        }
    }

    /// <summary>SQLite works on the calling thread, which must not be a grain's thread.</summary>
    private Task<int> DropAsync(UnsettledRemoval removal, string? roleKey)
    {
        var assignments = Assignments;
        return Task.Run(() =>
            roleKey is { } key
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

    [LoggerMessage(LogLevel.Warning, "What was removed from projects is not settled yet")]
    private static partial void NotSettled(ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The authorizations for what was removed from project {ProjectId} are not cleared yet")]
    private static partial void NotCleared(ILogger log, string projectId, Exception exception);
}
