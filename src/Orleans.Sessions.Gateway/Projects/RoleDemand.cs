using System.Collections.Immutable;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Projects;

/// <summary>Which roles of a user somebody may be told.</summary>
/// <param name="OwnProjectId">The project of the client that is told; <c>null</c> if it belongs to none.</param>
/// <param name="ProjectIds">The projects that matter: the own one, and those that audience scopes name if scopes ask for roles.</param>
/// <param name="Keys">The roles that scopes ask for by their keys; empty means all.</param>
/// <param name="IsAsked">Whether scopes ask for roles. Otherwise only roles are told that their project asserts.</param>
internal sealed record RoleDemand(string? OwnProjectId, ImmutableArray<string> ProjectIds, ImmutableArray<string> Keys, bool IsAsked)
{
    private const int MaxProjects = 20;

    /// <summary>The demand of a token; <c>null</c> if there is nothing to tell, as with the tokens of clients for themselves.</summary>
    public static RoleDemand? Of(string? ownProjectId, TokenGrant grant) => grant.IsForClient ? null : Of(ownProjectId, grant.Scopes);

    /// <summary>The demand; <c>null</c> if there is nothing to tell.</summary>
    public static RoleDemand? Of(string? ownProjectId, ImmutableArray<string> scopes)
    {
        ImmutableArray<string> keys = [.. OidcScopes.Roles(scopes)];
        var isAsked = keys.Length > 0 || scopes.Contains(OidcScopes.AllRoles) || scopes.Contains(OidcScopes.ProjectRoles);
        if (!isAsked)
        {
            return ownProjectId is null ? null : new RoleDemand(ownProjectId, [ownProjectId], [], IsAsked: false);
        }

        ImmutableArray<string> projects =
        [
            .. OidcScopes.Named(scopes).Prepend(ownProjectId).OfType<string>().Distinct(StringComparer.Ordinal).Take(MaxProjects),
        ];
        return projects.IsEmpty ? null : new RoleDemand(ownProjectId, projects, keys, IsAsked: true);
    }
}
