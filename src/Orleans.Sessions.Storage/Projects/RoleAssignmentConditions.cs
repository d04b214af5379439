using Orleans.Sessions.Projects;

namespace Orleans.Sessions.Storage;

/// <summary>Writes the filters of a <see cref="RoleAssignmentQuery"/>, and the visibility of the caller, as SQL conditions.</summary>
internal static class RoleAssignmentConditions
{
    private const string DeletedUser = "3";

    /// <summary>Authorizations of users that are not deleted, which match all filters and which the caller may see.</summary>
    public static string Of(RoleAssignmentQuery query, Visibility visibility, SqlQuery sql) =>
        string.Join(
            " and ",
            query.Filters.Select(filter => Of(filter, sql)).Prepend($"{OfUser("state")} <> {DeletedUser}").Prepend(Of(visibility, sql))
        );

    /// <summary>
    /// Splits <see cref="Of(RoleAssignmentQuery, Visibility, SqlQuery)"/> into parts with an index each, unless a filter has an index that
    /// finds few rows.
    /// </summary>
    public static IReadOnlyList<SearchPart> Parts(RoleAssignmentQuery query, Visibility visibility, SqlQuery sql)
    {
        var filters = string.Join(" and ", query.Filters.Select(filter => Of(filter, sql)).Prepend($"{OfUser("state")} <> {DeletedUser}"));
        if (visibility.Everything || query.Filters.Any(FindsFew))
        {
            // No index fits this form of the condition. So the planner expects few rows, and uses the filter's index instead of reading all
            // rows in the order of the page.
            var few = query.Filters.Any(FindsFew) ? "a.service_id || '' = @service" : "true";
            return [new("true", With(visibility.Everything ? few : $"{few} and {SearchPart.Unindexed(Of(visibility, sql))}"))];
        }

        var own = $"a.user_key = {sql.Add(GrainKeys.User(visibility.CallerId))}";
        SearchPart part = new(own, $"{own} and {SearchPart.Unindexed(filters)}");
        return visibility.Organizations.IsEmpty
            ? [part]
            : [part, SearchPart.OfOrganizations("a.organization_id", visibility.Organizations, sql, With)];

        string With(string condition) => $"{condition} and {filters}";
    }

    /// <summary>A column of the user's row, which is found by its key.</summary>
    public static string OfUser(string column) =>
        $"(select u.{column} from user_state u where u.service_id = a.service_id and u.grain_key = a.user_key)";

    private static bool FindsFew(RoleAssignmentFilter filter) => filter is RoleAssignmentFilter.Ids or RoleAssignmentFilter.OfUsers;

    private static string Of(Visibility visibility, SqlQuery sql) =>
        visibility.Everything
            ? "true"
            : $"(a.user_key = {sql.Add(GrainKeys.User(visibility.CallerId))} or {sql.In("a.organization_id", visibility.Organizations)})";

    private static string Of(RoleAssignmentFilter filter, SqlQuery sql) =>
        filter switch
        {
            RoleAssignmentFilter.Ids f => sql.In("a.id", f.Values),
            RoleAssignmentFilter.Organization f => $"a.organization_id = {sql.Add(f.OrganizationId)}",
            RoleAssignmentFilter.State f => $"a.inactive = {sql.Add(f.IsInactive)}",
            RoleAssignmentFilter.OfUsers f => sql.In("a.user_key", f.Values.Select(GrainKeys.User)),
            RoleAssignmentFilter.UserOrganization f => $"{OfUser("organization_id")} = {sql.Add(f.OrganizationId)}",
            RoleAssignmentFilter.ReadableUsers f =>
                $"(a.user_key = {sql.Add(GrainKeys.User(f.UserId))} or {sql.In(OfUser("organization_id"), f.OrganizationIds)})",
            RoleAssignmentFilter.LoginName f => OfText("user_name", f.Value, f.Method, sql),
            RoleAssignmentFilter.DisplayName f => OfText("display_name", f.Value, f.Method, sql),
            RoleAssignmentFilter.OfProjects f => sql.In("a.project_id", f.Values),
            RoleAssignmentFilter.Role f => OfRole(f, sql),
            _ => throw new NotSupportedException($"Filter {filter.GetType().Name} is not supported."),
        };

    private static string OfText(string column, string value, TextMethod method, SqlQuery sql) =>
        TextConditions.Of(OfUser(column), OfUser($"{column}_key"), value, TextKey.Of(value), method, sql);

    /// <summary>The keys of an authorization are one text, with a separator before and after each of them.</summary>
    private static string OfRole(RoleAssignmentFilter.Role filter, SqlQuery sql)
    {
        var isFolded = (int)filter.Method % 2 == 1;
        var key = LikePattern.Escaped(isFolded ? TextKey.Of(filter.Value) : filter.Value);
        var pattern = filter.Method switch
        {
            TextMethod.Equals or TextMethod.EqualsIgnoreCase => $"{RoleKeys.Separator}{key}{RoleKeys.Separator}",
            TextMethod.StartsWith or TextMethod.StartsWithIgnoreCase => $"{RoleKeys.Separator}{key}",
            TextMethod.Contains or TextMethod.ContainsIgnoreCase => key,
            TextMethod.EndsWith or TextMethod.EndsWithIgnoreCase => $"{key}{RoleKeys.Separator}",
            _ => throw new NotSupportedException($"Text method {filter.Method} is not supported."),
        };
        return $"a.role_keys{(isFolded ? "_key" : "")} like {sql.Add($"%{pattern}%")} escape '!'";
    }
}
