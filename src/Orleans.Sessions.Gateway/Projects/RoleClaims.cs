using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Projects;

namespace Orleans.Sessions.Gateway.Projects;

/// <summary>
/// The claims about the roles of a user in projects (contract §13.1). The value of a claim has a member for each role, and that has a
/// member for each organization that gave the role. Its value is the organization's primary domain; empty if it has verified none.
/// </summary>
internal sealed class RoleClaims(Grains grains, TimeProvider clock)
{
    private const char Separator = '\n';

    private readonly RegistryCache<KnownRoles> _recent = new(
        (name, cancellationToken) =>
            name.Split(Separator) is [var userId, _, .. var projectIds]
                ? FindAsync(grains, userId, [.. projectIds], cancellationToken)
                : Task.FromResult<KnownRoles?>(null),
        clock
    );

    /// <summary>The current claims.</summary>
    public async Task<Dictionary<string, JsonObject>> OfAsync(string userId, RoleDemand demand, CancellationToken cancellationToken) =>
        Of(await FindAsync(grains, userId, demand.ProjectIds, cancellationToken), demand);

    /// <summary>
    /// The roles that matter for the demand; <c>null</c> without a demand. APIs introspect for each of their requests, so the result may be
    /// a second old. Clients of different projects get different objects.
    /// </summary>
    public ValueTask<KnownRoles?> RecentAsync(string userId, RoleDemand? demand, CancellationToken cancellationToken) =>
        demand is null
            ? new((KnownRoles?)null)
            : _recent.FindAsync(
                string.Join(Separator, demand.ProjectIds.Prepend(demand.OwnProjectId ?? "").Prepend(userId)),
                cancellationToken
            );

    /// <summary>The claims about these roles.</summary>
    public static Dictionary<string, JsonObject> Of(KnownRoles? known, RoleDemand? demand)
    {
        var claims = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        if (known is null || demand is null)
        {
            return claims;
        }

        foreach (var project in known.Projects.Where(project => demand.IsAsked || project.AreAsserted))
        {
            if (Value(project, known.Domains, demand) is { Count: > 0 } roles)
            {
                claims[$"urn:zitadel:iam:org:project:{project.ProjectId}:roles"] = roles;
                if (project.ProjectId == demand.OwnProjectId)
                {
                    claims["urn:zitadel:iam:org:project:roles"] = (JsonObject)roles.DeepClone();
                }
            }
        }

        return claims;
    }

    private static JsonObject Value(ProjectRoles project, IReadOnlyDictionary<string, string> domains, RoleDemand demand) =>
        new(
            project
                .Roles.Where(role => demand.Keys.IsEmpty || demand.Keys.Contains(role.Key))
                .GroupBy(role => role.Key, StringComparer.Ordinal)
                .Select(role =>
                    KeyValuePair.Create(
                        role.Key,
                        (JsonNode?)
                            new JsonObject(
                                role.Select(given =>
                                    KeyValuePair.Create(
                                        given.OrganizationId,
                                        (JsonNode?)domains.GetValueOrDefault(given.OrganizationId, "")
                                    )
                                )
                            )
                    )
                )
        );

    private static async Task<KnownRoles?> FindAsync(
        Grains grains,
        string userId,
        ImmutableArray<string> projectIds,
        CancellationToken cancellationToken
    )
    {
        var projects = await grains.CallAsync(() => grains.UserRoles(userId).GetAsync(projectIds), cancellationToken);
        var domains = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in projects.SelectMany(project => project.Roles).Select(role => role.OrganizationId).Distinct())
        {
            if (await DomainAsync(grains, id, cancellationToken) is { } domain)
            {
                domains[id] = domain;
            }
        }

        return new(projects, domains);
    }

    private static async Task<string?> DomainAsync(Grains grains, string organizationId, CancellationToken cancellationToken)
    {
        try
        {
            var organization = await grains.CallAsync(
                () => grains.Organizations.GetAsync(Caller.InCluster, organizationId),
                cancellationToken
            );
            return organization.PrimaryDomain;
        }
        catch (SessionException exception) when (exception.Error.Code == ErrorCode.NotFound)
        {
            // The organization was deleted a moment ago.
            return null;
        }
    }
}
