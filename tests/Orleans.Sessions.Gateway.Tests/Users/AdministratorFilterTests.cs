using Orleans.Sessions.Gateway.Users;
using Orleans.Sessions.Protocol.FilterV2;
using Orleans.Sessions.Protocol.InternalPermissionV2;
using Filter = Orleans.Sessions.Protocol.InternalPermissionV2.AdministratorSearchFilter;

namespace Orleans.Sessions.Gateway.Tests.Users;

/// <summary>Which administrators a search finds, in which order, and how much it may ask.</summary>
public sealed class AdministratorFilterTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly AdministratorView s_owner = new()
    {
        UserId = "1",
        LoginName = "ada",
        DisplayName = "Ada Lovelace",
        UserOrganizationId = "home",
        Roles = ["IAM_OWNER"],
        CreatedAt = s_now,
        ChangedAt = s_now.AddDays(2),
    };

    private static readonly AdministratorView s_manager = new()
    {
        UserId = "2",
        LoginName = "bob",
        DisplayName = "Bob",
        UserOrganizationId = "home",
        OrganizationId = "org",
        Roles = ["ORG_OWNER", "ORG_USER_MANAGER"],
        CreatedAt = s_now.AddDays(1),
        ChangedAt = s_now.AddDays(1),
    };

    public static TheoryData<string, string> Searches =>
        new()
        {
            { """{"role":{"roleKey":"IAM_OWNER"}}""", "1" },
            { """{"role":{"roleKey":"ORG_USER_MANAGER"}}""", "2" },
            { """{"resource":{"instance":true}}""", "1" },
            { """{"resource":{"organizationId":"org"}}""", "2" },
            { """{"resource":{"projectId":"p"}}""", "" },
            { """{"resource":{"projectGrant":{"projectId":"p","organizationId":"org"}}}""", "" },
            { """{"inUserIdsFilter":{"ids":["2","3"]}}""", "2" },
            { """{"userOrganizationId":{"id":"home"}}""", "12" },
            { """{"userPreferredLoginName":{"preferredLoginName":"AD","method":"TEXT_FILTER_METHOD_STARTS_WITH_IGNORE_CASE"}}""", "1" },
            { """{"userDisplayName":{"displayName":"Bob"}}""", "2" },
            { """{"creationDate":{"timestamp":"2026-01-01T00:00:00Z","method":"TIMESTAMP_FILTER_METHOD_AFTER"}}""", "2" },
            { """{"changeDate":{"timestamp":"2026-01-02T00:00:00Z","method":"TIMESTAMP_FILTER_METHOD_BEFORE_OR_EQUALS"}}""", "2" },
            { """{"creationDate":{"timestamp":"2026-01-01T00:00:00Z"}}""", "1" },
            { """{"not":{"query":{"role":{"roleKey":"IAM_OWNER"}}}}""", "2" },
            { """{"and":{"queries":[]}}""", "12" },
            { """{"or":{"queries":[]}}""", "" },
            { """{"or":{"queries":[{"role":{"roleKey":"IAM_OWNER"}},{"resource":{"organizationId":"org"}}]}}""", "12" },
            { """{"and":{"queries":[{"role":{"roleKey":"IAM_OWNER"}},{"resource":{"organizationId":"org"}}]}}""", "" },
        };

    [Theory, MemberData(nameof(Searches))]
    public void A_search_finds_whom_it_describes(string filter, string expected)
    {
        var parsed = Filter.Parser.ParseJson(filter);
        var found = new[] { s_owner, s_manager }.Where(view => AdministratorFilters.Matches(view, parsed)).Select(view => view.UserId);
        Assert.Equal(expected, string.Concat(found));
    }

    [Theory]
    [InlineData(AdministratorFieldName.Unspecified, true, "12")]
    [InlineData(AdministratorFieldName.Unspecified, false, "21")]
    [InlineData(AdministratorFieldName.CreationDate, true, "12")]
    [InlineData(AdministratorFieldName.ChangeDate, true, "21")]
    [InlineData(AdministratorFieldName.UserId, false, "21")]
    public void The_caller_chooses_the_order(AdministratorFieldName by, bool ascending, string expected) =>
        Assert.Equal(expected, string.Concat(AdministratorFilters.Sorted([s_manager, s_owner], by, ascending).Select(view => view.UserId)));

    [Fact]
    public void Twenty_conditions_are_allowed_however_they_are_nested()
    {
        AdministratorFilters.EnsureSize([Nested(20)]);
        AdministratorFilters.EnsureSize(Enumerable.Repeat(Role(), 20));
        Assert.Equal(SessionErrors.QueryTooComplex, ErrorOf([Nested(21)]));
        var wide = new Filter { Or = new OrFilter { Queries = { Enumerable.Repeat(Role(), 20) } } };
        Assert.Equal(SessionErrors.QueryTooComplex, ErrorOf([wide]));
    }

    [Fact]
    public void A_thousand_ids_are_allowed_in_all_lists_together()
    {
        AdministratorFilters.EnsureSize([Ids(500), new Filter { Not = new NotFilter { Query = Ids(500) } }]);
        Assert.Equal(SessionErrors.QueryTooLong, ErrorOf([Ids(500), new Filter { Not = new NotFilter { Query = Ids(501) } }]));
    }

    [Fact]
    public void Only_a_condition_that_must_hold_limits_the_users_that_are_read()
    {
        Assert.Equal(["0", "1"], AdministratorFilters.UserIdsOf([Role(), Ids(2)])!.Value);
        Assert.Null(AdministratorFilters.UserIdsOf([new Filter { Not = new NotFilter { Query = Ids(2) } }]));
        Assert.Null(AdministratorFilters.UserIdsOf([]));
    }

    private static Filter Role() => new() { Role = new RoleFilter { RoleKey = "IAM_OWNER" } };

    private static Filter Ids(int count) =>
        new() { InUserIdsFilter = new InIDsFilter { Ids = { Enumerable.Range(0, count).Select(id => $"{id}") } } };

    private static Filter Nested(int depth) => depth == 1 ? Role() : new Filter { Not = new NotFilter { Query = Nested(depth - 1) } };

    private static SessionError ErrorOf(IEnumerable<Filter> filters) =>
        Assert.Throws<SessionException>(() => AdministratorFilters.EnsureSize(filters)).Error;
}
