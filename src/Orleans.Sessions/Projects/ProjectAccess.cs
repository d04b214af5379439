namespace Orleans.Sessions.Projects;

/// <summary>Whether a user may log in at the applications of a project.</summary>
internal static class ProjectAccess
{
    /// <summary>
    /// What keeps the user out; <c>null</c> if nothing does. An application whose project is inactive or gone is treated as if it did not
    /// exist either, which is <c>OIDC-Cli01</c>.
    /// </summary>
    public static async Task<SessionError?> RefusalAsync(IGrainFactory grains, string? projectId, string userId, string organizationId)
    {
        if (projectId is null)
        {
            return null;
        }

        if (await grains.GetGrain<IProjectsGrain>(GrainKeys.Instance).FindAsync(projectId) is not { IsInactive: false } project)
        {
            return SessionErrors.ClientUnknown;
        }

        if (project.RequireAccess && !project.IsOpenTo(organizationId))
        {
            return SessionErrors.LoginNeedsAccess;
        }

        return project.RequireAuthorization && !await IsAuthorizedAsync(grains, projectId, userId)
            ? SessionErrors.LoginNeedsAuthorization
            : null;
    }

    private static async Task<bool> IsAuthorizedAsync(IGrainFactory grains, string projectId, string userId)
    {
        var roles = await grains.GetGrain<IUserRolesGrain>(GrainKeys.User(userId)).GetAsync([projectId]);
        return roles.Any(found => found.IsAuthorized);
    }
}
