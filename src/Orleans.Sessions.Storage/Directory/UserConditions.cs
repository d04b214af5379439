using Orleans.Sessions.Directory;

namespace Orleans.Sessions.Storage;

/// <summary>Writes the filters of a <see cref="UserQuery"/>, and what the caller may see, as SQL conditions.</summary>
internal static class UserConditions
{
    /// <summary>Users that match all filters and are visible.</summary>
    public static string Of(UserQuery query, Visibility visibility, SqlQuery sql) =>
        string.Join(" and ", query.Filters.Select(filter => Of(filter, sql)).Prepend(Of(visibility, sql)));

    private static string Of(Visibility visibility, SqlQuery sql) =>
        visibility.Everything
            ? "true"
            : $"(user_id = {sql.Add(visibility.CallerId)} or {sql.In("organization_id", visibility.Organizations)})";

    private static string Of(UserFilter filter, SqlQuery sql) => filter switch
    {
        UserFilter.And f => Joined(f.Parts, " and ", "true", sql),
        UserFilter.Or f => Joined(f.Parts, " or ", "false", sql),
        // A comparison with a missing field is null, and so would be its negation: it counts as not matching.
        UserFilter.Not f => $"not coalesce({Of(f.Part, sql)}, false)",
        UserFilter.Text f => Of(f, sql),
        UserFilter.Ids f => sql.In("user_id", f.Values),
        UserFilter.Emails f => sql.In("email", f.Values),
        UserFilter.State f => $"state = {sql.Add((int)f.Value)}",
        UserFilter.Kind f => $"kind = {sql.Add((int)f.Value)}",
        UserFilter.Organization f => $"organization_id = {sql.Add(f.OrganizationId)}",
        _ => throw new NotSupportedException($"Filter {filter.GetType().Name} is not supported."),
    };

    private static string Joined(IEnumerable<UserFilter> parts, string with, string none, SqlQuery sql)
    {
        var conditions = string.Join(with, parts.Select(part => Of(part, sql)));
        return conditions.Length == 0 ? none : $"({conditions})";
    }

    private static string Of(UserFilter.Text filter, SqlQuery sql)
    {
        var column = Column(filter.Field);
        var value = filter.Value;
        // A telephone number has digits only: there is no other case to fold.
        if (IgnoresCase(filter.Method) && filter.Field != UserTextField.Phone)
        {
            (column, value) = ($"{column}_key", TextKey.Of(value));
        }

        return filter.Method switch
        {
            TextMethod.Equals or TextMethod.EqualsIgnoreCase => $"{column} = {sql.Add(value)}",
            TextMethod.StartsWith or TextMethod.StartsWithIgnoreCase => Like($"{Escaped(value)}%"),
            TextMethod.Contains or TextMethod.ContainsIgnoreCase => Like($"%{Escaped(value)}%"),
            TextMethod.EndsWith or TextMethod.EndsWithIgnoreCase => Like($"%{Escaped(value)}"),
            _ => throw new NotSupportedException($"Text method {filter.Method} is not supported."),
        };

        string Like(string pattern) => $"{column} like {sql.Add(pattern)} escape '!'";
    }

    private static string Escaped(string value) =>
        value.Replace("!", "!!", StringComparison.Ordinal)
            .Replace("%", "!%", StringComparison.Ordinal)
            .Replace("_", "!_", StringComparison.Ordinal);

    private static bool IgnoresCase(TextMethod method) => method is
        TextMethod.EqualsIgnoreCase or TextMethod.StartsWithIgnoreCase or TextMethod.ContainsIgnoreCase or TextMethod.EndsWithIgnoreCase;

    private static string Column(UserTextField field) => field switch
    {
        UserTextField.UserName => "user_name",
        UserTextField.LoginName => "login_name",
        UserTextField.GivenName => "given_name",
        UserTextField.FamilyName => "family_name",
        UserTextField.NickName => "nick_name",
        UserTextField.DisplayName => "display_name",
        UserTextField.Email => "email",
        UserTextField.Phone => "phone",
        _ => throw new NotSupportedException($"Field {field} is not supported."),
    };
}
