using Orleans.Sessions.Projects;

namespace Orleans.Sessions.Tests.Projects;

/// <summary>An authorization counts only for the very project, role and grant that it was made for.</summary>
public sealed class RoleAssignmentRulesTests
{
    private const string Owner = "owner";
    private const string Partner = "partner";
    private static readonly DateTimeOffset s_then = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_later = s_then.AddDays(1);

    private static readonly Project s_project = new()
    {
        Id = "p",
        OrganizationId = Owner,
        Name = "P",
        CreatedAt = s_then,
        Roles = [new ProjectRole("admin", "Admin", "", s_then, s_then), new ProjectRole("reader", "Reader", "", s_then, s_then)],
        Grants = [new ProjectGrant(Partner, [new GrantableRole("reader", s_then)], IsInactive: false, s_then, s_then)],
    };

    [Fact]
    public void It_counts_as_it_was_given()
    {
        var given = Assigned(Owner, "admin", "reader");

        Assert.Same(given, RoleAssignmentRules.Standing(given, s_project));
        Assert.True(RoleAssignmentRules.IsInForce(given, s_project));
        Assert.False(RoleAssignmentRules.IsInForce(given with { IsInactive = true }, s_project));
        Assert.False(RoleAssignmentRules.IsInForce(given, s_project with { IsInactive = true }));
    }

    [Fact]
    public void A_project_that_was_made_again_knows_nobody()
    {
        Assert.Null(RoleAssignmentRules.Standing(Assigned(Owner, "admin"), s_project with { CreatedAt = s_later }));
        Assert.Null(RoleAssignmentRules.Standing(Assigned(Owner, "admin"), project: null));
    }

    [Fact]
    public void A_role_that_was_made_again_is_another_role()
    {
        var again = s_project with { Roles = [new ProjectRole("admin", "Admin", "", s_later, s_later)] };

        Assert.Empty(RoleAssignmentRules.Standing(Assigned(Owner, "admin", "reader"), again)!.Roles);
    }

    [Fact]
    public void Another_organization_gives_what_its_grant_names()
    {
        Assert.NotNull(RoleAssignmentRules.Given(s_project, Partner, "reader"));
        Assert.Null(RoleAssignmentRules.Given(s_project, Partner, "admin"));
        Assert.Null(RoleAssignmentRules.Given(s_project, "stranger", "reader"));
        Assert.True(RoleAssignmentRules.IsInForce(Assigned(Partner, "reader"), s_project));
    }

    [Fact]
    public void A_grant_or_a_role_of_it_that_was_made_again_does_not_bring_anything_back()
    {
        var given = Assigned(Partner, "reader");
        var grant = s_project.Grants[0];

        Assert.Null(RoleAssignmentRules.Standing(given, s_project with { Grants = [] }));
        Assert.Null(RoleAssignmentRules.Standing(given, s_project with { Grants = [grant with { CreatedAt = s_later }] }));
        Assert.Empty(
            RoleAssignmentRules
                .Standing(given, s_project with { Grants = [grant with { Roles = [new GrantableRole("reader", s_later)] }] })!
                .Roles
        );
        Assert.False(RoleAssignmentRules.IsInForce(given, s_project with { Grants = [grant with { IsInactive = true }] }));
    }

    [Fact]
    public void A_list_shows_nothing_of_what_was_removed()
    {
        var (own, partners) = (Row(Owner, "admin", "reader"), Row(Partner, "reader"));

        Assert.Equal(["admin", "reader"], RoleAssignmentRules.Listed(own, s_project)!.RoleKeys);
        Assert.Equal(["reader"], RoleAssignmentRules.Listed(partners, s_project)!.RoleKeys);
        Assert.Equal(["reader"], RoleAssignmentRules.Listed(own, s_project with { Roles = [s_project.Roles[1]] })!.RoleKeys);
        Assert.Empty(RoleAssignmentRules.Listed(partners, s_project with { Grants = [s_project.Grants[0] with { Roles = [] }] })!.RoleKeys);
        Assert.Null(RoleAssignmentRules.Listed(partners, s_project with { Grants = [] }));
        Assert.Null(RoleAssignmentRules.Listed(own, project: null));
    }

    private static RoleAssignmentRow Row(string organizationId, params string[] keys) =>
        new()
        {
            Id = "a",
            UserId = "u",
            ProjectId = s_project.Id,
            OrganizationId = organizationId,
            RoleKeys = [.. keys],
        };

    private static RoleAssignment Assigned(string organizationId, params string[] keys) =>
        new()
        {
            Id = "a",
            ProjectId = s_project.Id,
            ProjectCreatedAt = s_project.CreatedAt,
            OrganizationId = organizationId,
            GrantCreatedAt = organizationId == Owner ? null : s_then,
            Roles = RoleAssignmentRules.Given(s_project, organizationId, [.. keys]),
        };
}
