using System.Collections.Immutable;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Projects;

/// <content>What is left of the authorizations when their user, project or grant is removed.</content>
internal sealed partial class UserRolesGrain
{
    /// <summary>
    /// The authorization, if its user, its project, and the grant under which it is given, are still there. Their removal takes what is
    /// written before it out of the list. This takes out what is written at the same time, and fails.
    /// </summary>
    private async Task<RoleAssignment> StayingAsync(RoleAssignment assignment, SessionError userGone, SessionError projectGone)
    {
        if (!await HasUserAsync())
        {
            throw new SessionException(userGone);
        }

        if (RoleAssignmentRules.Standing(assignment, await Projects.FindAsync(assignment.ProjectId)) is null)
        {
            await _state.ReplaceAsync(new UserRolesRecord { Assignments = await StandingAsync() });
            throw new SessionException(projectGone);
        }

        return assignment;
    }

    /// <summary>Whether the user is still there. Of a user who is gone nothing stays.</summary>
    private async Task<bool> HasUserAsync()
    {
        if (await User.TryIdentifyAsync() is not null)
        {
            return true;
        }

        await _state.ReplaceAsync(s_empty);
        return false;
    }

    /// <summary>The authorizations that count. Every write leaves out the others.</summary>
    private async Task<ImmutableArray<RoleAssignment>> StandingAsync()
    {
        var assignments = (await LoadAsync()).Assignments;
        var projects = await Task.WhenAll(
            assignments.Select(assignment => assignment.ProjectId).Distinct(StringComparer.Ordinal).Select(Projects.FindAsync)
        );
        var byId = projects.OfType<Project>().ToDictionary(project => project.Id, StringComparer.Ordinal);
        return
        [
            .. assignments
                .Select(assignment => RoleAssignmentRules.Standing(assignment, byId.GetValueOrDefault(assignment.ProjectId)))
                .OfType<RoleAssignment>(),
        ];
    }
}
