using Orleans.Sessions.Projects;
using Orleans.Sessions.Storage;

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

    /// <summary>A column of the user's row, which is found by its key.</summary>
    public static string OfUser(string column) =>
        $"(select u.{column} from user_state u where u.service_id = a.service_id and u.grain_key = a.user_key)";

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

    private static string OfText(string column, string value, TextMethod method, SqlQuery sql)
    {
        var (isFolded, pattern) = Pattern(value, method, before: "", after: "", any: "%");
        return $"{OfUser(isFolded ? $"{column}_key" : column)} like {sql.Add(pattern)} escape '!'";
    }

    private static string OfRole(RoleAssignmentFilter.Role filter, SqlQuery sql)
    {
        var (isFolded, pattern) = Pattern(filter.Value, filter.Method, RoleKeys.Separator, RoleKeys.Separator, any: "");
        return $"a.role_keys{(isFolded ? "_key" : "")} like {sql.Add($"%{pattern}%")} escape '!'";
    }

    /// <summary>
    /// The pattern of a comparison, and whether it is for the folded text. A bound that the comparison demands is written as
    /// <paramref name="before"/> or <paramref name="after"/>, and one that it leaves open as <paramref name="any"/>.
    /// </summary>
    private static (bool IsFolded, string Pattern) Pattern(string value, TextMethod method, string before, string after, string any)
    {
        var isFolded = (int)method % 2 == 1;
        var text = LikePattern.Escaped(isFolded ? TextKey.Of(value) : value);
        return (
            isFolded,
            method switch
            {
                TextMethod.Equals or TextMethod.EqualsIgnoreCase => $"{before}{text}{after}",
                TextMethod.StartsWith or TextMethod.StartsWithIgnoreCase => $"{before}{text}{any}",
                TextMethod.Contains or TextMethod.ContainsIgnoreCase => $"{any}{text}{any}",
                TextMethod.EndsWith or TextMethod.EndsWithIgnoreCase => $"{any}{text}{after}",
                _ => throw new NotSupportedException($"Text method {method} is not supported."),
            }
        );
    }
}
