using System.Collections.Immutable;
using Orleans.Sessions.Projects;
using Orleans.Sessions.States;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>Finds who has which roles in which projects.</summary>
public abstract class RoleAssignmentDirectoryTests(TestStore store)
{
    private static readonly Visibility s_everything = new() { Everything = true };

    [Fact]
    public async Task Each_filter_finds_what_matches()
    {
        await using var service = await WithUsersAsync();
        await AssignAsync(service, "ada", Assignment("1", "shop", "org", "admin", "Reader_1"), Assignment("2", "bank", "other"));
        await AssignAsync(service, "bob", Assignment("3", "shop", "org", "reader") with { IsInactive = true });

        Assert.Equal(["1", "3"], await FindAsync(service, new RoleAssignmentFilter.OfProjects(["shop", "none"])));
        Assert.Equal(["1", "2"], await FindAsync(service, new RoleAssignmentFilter.OfUsers(["ada"])));
        Assert.Equal(["2"], await FindAsync(service, new RoleAssignmentFilter.Organization("other")));
        Assert.Equal(["3"], await FindAsync(service, new RoleAssignmentFilter.State(IsInactive: true)));
        Assert.Equal(["2", "3"], await FindAsync(service, new RoleAssignmentFilter.Ids(["2", "3", "9"])));
        Assert.Equal(["3"], await FindAsync(service, new RoleAssignmentFilter.UserOrganization("bobs")));
        Assert.Equal(["3"], await FindAsync(service, new RoleAssignmentFilter.ReadableUsers("x", ["bobs", "none"])));
        Assert.Equal(["1", "2"], await FindAsync(service, new RoleAssignmentFilter.ReadableUsers("ada", [])));
        Assert.Equal(["3"], await FindAsync(service, new RoleAssignmentFilter.LoginName("BOB", TextMethod.EqualsIgnoreCase)));
        Assert.Empty(await FindAsync(service, new RoleAssignmentFilter.LoginName("BOB", TextMethod.Equals)));
        Assert.Equal(["1", "2"], await FindAsync(service, new RoleAssignmentFilter.DisplayName("Love", TextMethod.Contains)));
        Assert.Equal(
            ["1"],
            await FindAsync(service, new RoleAssignmentFilter.OfProjects(["shop"]), new RoleAssignmentFilter.OfUsers(["ada"]))
        );
        Assert.Empty(await FindAsync(service, new RoleAssignmentFilter.Ids([])));
    }

    [Theory]
    [InlineData("admin", TextMethod.Equals, "1")]
    [InlineData("ADMIN", TextMethod.Equals, "")]
    [InlineData("ADMIN", TextMethod.EqualsIgnoreCase, "1")]
    [InlineData("dmi", TextMethod.Contains, "1")]
    [InlineData("read", TextMethod.StartsWith, "2")]
    [InlineData("read", TextMethod.StartsWithIgnoreCase, "1 2")]
    [InlineData("eader", TextMethod.EndsWith, "2")]
    [InlineData("r_1", TextMethod.EndsWithIgnoreCase, "1")]
    [InlineData("r%1", TextMethod.EndsWith, "")]
    [InlineData("dmin", TextMethod.Equals, "")]
    public async Task A_role_is_found_by_its_whole_key_or_a_part(string key, TextMethod method, string found)
    {
        await using var service = await WithUsersAsync();
        await AssignAsync(service, "ada", Assignment("1", "shop", "org", "admin", "Reader_1"));
        await AssignAsync(service, "bob", Assignment("2", "shop", "org", "reader"));

        Assert.Equal(
            found.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            await FindAsync(service, new RoleAssignmentFilter.Role(key, method))
        );
    }

    [Fact]
    public async Task A_row_tells_the_roles_and_the_user()
    {
        await using var service = await WithUsersAsync();
        await AssignAsync(service, "ada", Assignment("1", "shop", "org", "admin", "reader"));

        var page = await service.RoleAssignments.SearchAsync(new RoleAssignmentQuery(), s_everything, default);

        var row = Assert.Single(page.Rows);
        Assert.Equal(1, page.Total);
        Assert.Equal(["admin", "reader"], row.RoleKeys);
        Assert.Equal(
            ("ada", "Ada", "Ada Lovelace", "adas", Instant.FromMicroseconds(1)),
            (row.UserId, row.LoginName, row.DisplayName, row.UserOrganizationId, row.CreatedAt)
        );
        Assert.Equal("ada", await service.RoleAssignments.FindUserAsync("1", default));
        Assert.Null(await service.RoleAssignments.FindUserAsync("2", default));
    }

    [Fact]
    public async Task Who_does_not_see_everything_sees_the_own_ones_and_those_of_some_organizations()
    {
        await using var service = await WithUsersAsync();
        await AssignAsync(service, "ada", Assignment("1", "shop", "org"), Assignment("2", "bank", "other"));
        await AssignAsync(service, "bob", Assignment("3", "shop", "org"));

        Assert.Equal(["1", "3"], await FindAsync(service, new Visibility { CallerId = "x", Organizations = ["org"] }));
        Assert.Equal(["1", "2", "3"], await FindAsync(service, new Visibility { CallerId = "ada", Organizations = ["org"] }));
        Assert.Equal(["1", "2", "3"], await FindAsync(service, new Visibility { CallerId = "ada", Organizations = ["org", "other"] }));
        Assert.Equal(["1", "3"], await FindAsync(service, new Visibility { CallerId = "bob", Organizations = ["org", "none", "org"] }));
        Assert.Equal(["3"], await FindAsync(service, new Visibility { CallerId = "bob" }));
        Assert.Empty(await FindAsync(service, new Visibility { CallerId = "x" }));
    }

    [Fact]
    public async Task Pages_are_sorted_and_counted()
    {
        await using var service = await WithUsersAsync();
        await AssignAsync(service, "ada", Assignment("1", "b", "org"), Assignment("2", "a", "org"));
        await AssignAsync(service, "bob", Assignment("3", "c", "org"));

        foreach (var field in Enum.GetValues<RoleAssignmentField>())
        {
            var page = await service.RoleAssignments.SearchAsync(
                new RoleAssignmentQuery { SortBy = field, Ascending = true },
                s_everything,
                default
            );
            Assert.Equal(field == RoleAssignmentField.ProjectId ? ["2", "1", "3"] : ["1", "2", "3"], page.Rows.Select(row => row.Id));
        }

        var second = await service.RoleAssignments.SearchAsync(new RoleAssignmentQuery { Offset = 1, Limit = 1 }, s_everything, default);
        Assert.Equal(("2", 3L), (Assert.Single(second.Rows).Id, second.Total));
        Assert.Equal(3, await service.RoleAssignments.CountAsync(new RoleAssignmentQuery(), s_everything, default));
        var ofOther = new Visibility { CallerId = "x", Organizations = ["other"] };
        Assert.Equal(0, await service.RoleAssignments.CountAsync(new RoleAssignmentQuery(), ofOther, default));
    }

    [Fact]
    public async Task What_is_taken_away_is_not_found_any_more()
    {
        await using var service = await WithUsersAsync();
        await AssignAsync(service, "ada", Assignment("1", "shop", "org", "admin"), Assignment("2", "bank", "org", "admin", "reader"));
        await AssignAsync(service, "bob", Assignment("3", "bank", "other", "admin"));

        await service.WriteAsync(
            StateNames.UserRoles,
            GrainKeys.User("ada"),
            "{}",
            new Projection(NoColumns.Instance, [new RolesUnassigned("1")]),
            version: 1
        );
        Assert.Equal(["2", "3"], await FindAsync(service));

        var (until, created) = (Instant.FromMicroseconds(100), Instant.FromMicroseconds(7));
        Assert.Equal(1, await service.RoleAssignments.DropRoleAsync("bank", "other", "admin", until, 10, default));
        Assert.Equal(["2"], await FindAsync(service, new RoleAssignmentFilter.Role("admin", TextMethod.Equals)));
        Assert.Equal(1, await service.RoleAssignments.DropRoleAsync("bank", null, "admin", until, 10, default));
        Assert.Equal(0, await service.RoleAssignments.DropRoleAsync("bank", null, "admin", until, 10, default));
        Assert.Equal(["2"], await FindAsync(service, new RoleAssignmentFilter.Role("reader", TextMethod.EqualsIgnoreCase)));
        Assert.Empty(await FindAsync(service, new RoleAssignmentFilter.Role("ADMIN", TextMethod.EqualsIgnoreCase)));

        Assert.Equal(0, await service.RoleAssignments.DropProjectAsync("bank", until, null, until, 10, default));
        Assert.Equal(1, await service.RoleAssignments.DropProjectAsync("bank", created, "other", until, 10, default));
        Assert.Equal(1, await service.RoleAssignments.DropProjectAsync("bank", created, null, DateTimeOffset.MaxValue, 10, default));
        Assert.Empty(await FindAsync(service));
    }

    [Fact]
    public async Task Keys_that_differ_in_case_are_different_roles()
    {
        await using var service = await WithUsersAsync();
        await AssignAsync(
            service,
            "ada",
            Assignment("1", "shop", "org", "Admin", "reader", "admin"),
            Assignment("2", "shop", "org", "Admin")
        );
        await AssignAsync(service, "bob", Assignment("3", "shop", "org", "admin", "Admin"), Assignment("4", "shop", "org", "admin"));

        var until = Instant.FromMicroseconds(100);
        Assert.Equal(2, await service.RoleAssignments.DropRoleAsync("shop", null, "admin", until, 2, default));
        Assert.Equal(1, await service.RoleAssignments.DropRoleAsync("shop", null, "admin", until, 2, default));
        Assert.Equal(0, await service.RoleAssignments.DropRoleAsync("shop", null, "admin", until, 2, default));

        Assert.Empty(await FindAsync(service, new RoleAssignmentFilter.Role("admin", TextMethod.Equals)));
        Assert.Equal(["1", "2", "3"], await FindAsync(service, new RoleAssignmentFilter.Role("Admin", TextMethod.Equals)));
        Assert.Equal(["1", "2", "3"], await FindAsync(service, new RoleAssignmentFilter.Role("ADMIN", TextMethod.EqualsIgnoreCase)));
        Assert.Equal(["1"], await FindAsync(service, new RoleAssignmentFilter.Role("READER", TextMethod.EqualsIgnoreCase)));
    }

    [Fact]
    public async Task The_roles_of_a_deleted_user_are_gone_even_if_they_are_written_late()
    {
        await using var service = await WithUsersAsync();
        await AssignAsync(service, "ada", Assignment("1", "shop", "org"));
        await service.UserAsync("ada", new() { ["state"] = (int)UserState.Deleted }, version: 1, new AllRolesUnassigned());
        Assert.Null(await service.RoleAssignments.FindUserAsync("1", default));

        await service.WriteAsync(
            StateNames.UserRoles,
            GrainKeys.User("ada"),
            "{}",
            new Projection(NoColumns.Instance, [new RolesAssigned(Assignment("4", "shop", "org"))]),
            version: 1
        );

        Assert.Empty(await FindAsync(service));
    }

    private async Task<TestService> WithUsersAsync()
    {
        var service = store.NewService();
        await service.UserAsync(
            "ada",
            new()
            {
                ["userName"] = "Ada",
                ["loginName"] = "Ada",
                ["organizationId"] = "adas",
                ["displayName"] = "Ada Lovelace",
            }
        );
        await service.UserAsync("bob", new() { ["userName"] = "Bob", ["organizationId"] = "bobs" });
        return service;
    }

    private static RoleAssignment Assignment(string id, string project, string organization, params string[] roles) =>
        new()
        {
            Id = id,
            ProjectId = project,
            ProjectCreatedAt = Instant.FromMicroseconds(7),
            OrganizationId = organization,
            Roles = [.. roles.Select(role => new AssignedRole(role, default))],
            CreatedAt = Instant.FromMicroseconds(long.Parse(id, System.Globalization.CultureInfo.InvariantCulture)),
            ChangedAt = Instant.FromMicroseconds(long.Parse(id, System.Globalization.CultureInfo.InvariantCulture)),
        };

    private static Task<int?> AssignAsync(TestService service, string user, params ImmutableArray<RoleAssignment> assignments) =>
        service.WriteAsync(
            StateNames.UserRoles,
            GrainKeys.User(user),
            "{}",
            new Projection(NoColumns.Instance, [.. assignments.Select(assignment => new RolesAssigned(assignment))])
        );

    private static Task<IEnumerable<string>> FindAsync(TestService service, params ImmutableArray<RoleAssignmentFilter> filters) =>
        FindAsync(service, s_everything, filters);

    private static async Task<IEnumerable<string>> FindAsync(
        TestService service,
        Visibility visibility,
        params ImmutableArray<RoleAssignmentFilter> filters
    )
    {
        var query = new RoleAssignmentQuery { Filters = filters, Ascending = true };
        return (await service.RoleAssignments.SearchAsync(query, visibility, default)).Rows.Select(row => row.Id);
    }
}

public sealed class RoleAssignmentsOnSqlite(SqliteStore store) : RoleAssignmentDirectoryTests(store);

public sealed class RoleAssignmentsOnPostgreSql(PostgreSqlStore store) : RoleAssignmentDirectoryTests(store);
