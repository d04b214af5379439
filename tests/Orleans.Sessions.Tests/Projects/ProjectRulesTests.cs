using System.Collections.Immutable;
using Orleans.Sessions.Projects;

namespace Orleans.Sessions.Tests.Projects;

/// <summary>What counts of a project, what its organization may add, and what is removed with an organization.</summary>
public sealed class ProjectRulesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Caller s_owner = SessionCluster.CallerWith(organizationId: "owner", there: Permission.ProjectWrite);
    private static readonly Project s_project = Named("p", "owner") with { Grants = [GrantTo("partner"), GrantTo("other")] };

    [Fact]
    public void What_a_closed_organization_owns_or_was_granted_is_inactive()
    {
        var withoutPartner = ProjectRules.Counting(s_project, ["owner", "other"]);

        Assert.Same(s_project, ProjectRules.Counting(s_project, ["owner", "partner", "other"]));
        Assert.True(ProjectRules.Counting(s_project, ["partner", "other"]).IsInactive);
        Assert.False(withoutPartner.IsInactive);
        Assert.False(withoutPartner.IsOpenTo("partner"));
        Assert.True(withoutPartner.IsOpenTo("other"));
        Assert.True(withoutPartner.IsOpenTo("owner"));
    }

    [Fact]
    public void With_an_organization_its_projects_go_and_the_grants_to_it()
    {
        var (next, removals) = ProjectRules.WithoutOrganization(Of(s_project, Named("q", "partner")), "partner", s_now);

        Assert.Equal(["other"], Assert.Single(next.Projects.Values).Grants.Select(grant => grant.OrganizationId));
        Assert.Equal(
            [("p", "partner", false), ("q", null, true)],
            removals.Select(removal => (removal.ProjectId, removal.OrganizationId, removal.IsOfProject))
        );
        Assert.Same(next, ProjectRules.WithoutOrganization(next, "partner", s_now).Record);
    }

    [Fact]
    public void An_organization_has_a_share_of_the_projects()
    {
        var full = Of([.. Enumerable.Range(0, IProjectsGrain.MaxOfOrganization).Select(i => Named($"p{i}", "owner"))]);
        var owner = SessionCluster.CallerWith(organizationId: "owner", there: Permission.ProjectWrite);

        Assert.Equal(
            SessionErrors.TooManyProjectsOfOrganization,
            Assert.Throws<SessionException>(() => ProjectRules.EnsureShare(full, owner, "owner")).Error
        );
        ProjectRules.EnsureShare(full, owner, "partner");
        ProjectRules.EnsureShare(full, Caller.InCluster, "owner");
    }

    [Fact]
    public void The_roles_of_grants_count_as_parts_of_the_registry()
    {
        var full = GrantTo("partner") with { Roles = [.. Enumerable.Repeat(new GrantableRole("a", s_now), IProjectsGrain.MaxParts)] };

        Assert.Equal(
            SessionErrors.TooManyProjects,
            Assert.Throws<SessionException>(() => ProjectRules.With(Of(), s_project with { Grants = [full] }, s_now)).Error
        );
        ProjectRules.With(Of(), s_project, s_now);
    }

    [Fact]
    public void Not_too_many_removals_wait()
    {
        ProjectRules.EnsureMayRemove(Of(), Caller.InCluster, s_project);
        ProjectRules.EnsureMayRemove(Removed(999), Caller.InCluster, s_project);
        Fails(SessionErrors.TooManyRemovals, () => ProjectRules.EnsureMayRemove(Removed(1000), Caller.InCluster, s_project));
    }

    [Fact]
    public void An_organization_has_a_share_of_the_removals_that_wait()
    {
        ProjectRules.EnsureMayRemove(Removed(199), s_owner, s_project);
        Fails(SessionErrors.TooManyRemovals, () => ProjectRules.EnsureMayRemove(Removed(200), s_owner, s_project));

        ProjectRules.EnsureMayRemove(Removed(200), s_owner, Named("q", "partner"));
        var written = new UnsettledRemoval("p", s_now, null, [], s_now);
        ProjectRules.EnsureMayRemove(Of() with { Unsettled = [.. Enumerable.Repeat(written, 200)] }, s_owner, s_project);
    }

    [Fact]
    public void An_organization_has_a_share_of_the_roles_and_grants()
    {
        var (full, empty) = (WithGrants(Named("full", "owner"), IProjectsGrain.MaxPartsOfOrganization - 1), Named("empty", "owner"));
        var record = Of(full, empty);

        ProjectRules.EnsureShareOfParts(record, s_owner, WithGrants(empty, 1));
        Fails(SessionErrors.TooManyPartsOfOrganization, () => ProjectRules.EnsureShareOfParts(record, s_owner, WithGrants(empty, 2)));
        Fails(SessionErrors.TooManyPartsOfOrganization, () =>
            ProjectRules.EnsureShareOfParts(record, s_owner, WithGrants(Named("new", "owner"), 2))
        );
        ProjectRules.EnsureShareOfParts(record, s_owner, WithGrants(Named("other", "partner"), 2));
        ProjectRules.EnsureShareOfParts(record, Caller.InCluster, WithGrants(empty, 2));

        // A person who has more than the share, by somebody with the right everywhere, can go on changing what is there.
        var tooFull = Of(WithGrants(full, IProjectsGrain.MaxPartsOfOrganization + 1));
        ProjectRules.EnsureShareOfParts(tooFull, s_owner, tooFull.Projects["full"] with { Name = "renamed" });
        ProjectRules.EnsureShareOfParts(tooFull, s_owner, full);
    }

    private static Project WithGrants(Project project, int count) =>
        project with
        {
            Grants = [.. Enumerable.Range(0, count).Select(i => GrantTo($"partner-{i}"))],
        };

    private static ProjectsRecord Removed(int count) =>
        Of() with
        {
            Unsettled = [.. Enumerable.Repeat(UnsettledRemoval.Of(s_project, null, ["a"], s_now), count)],
        };

    private static void Fails(SessionError error, Action call) => Assert.Equal(error, Assert.Throws<SessionException>(call).Error);

    private static Project Named(string id, string organizationId) =>
        new()
        {
            Id = id,
            OrganizationId = organizationId,
            Name = id,
            CreatedAt = s_now,
        };

    private static ProjectGrant GrantTo(string organizationId) => new(organizationId, [], IsInactive: false, s_now, s_now);

    private static ProjectsRecord Of(params ImmutableArray<Project> projects) =>
        new() { Projects = projects.ToImmutableSortedDictionary(project => project.Id, project => project, StringComparer.Ordinal) };
}
