namespace Orleans.Sessions.Storage;

/// <summary>Writes the filters of a <see cref="UserQuery"/>, and the visibility of the caller, as SQL conditions.</summary>
internal static class UserConditions
{
    /// <summary>Users that match all filters and that the caller may see.</summary>
    public static string Of(UserQuery query, Visibility visibility, SqlQuery sql) =>
        string.Join(" and ", query.Filters.Select(filter => Of(filter, sql)).Prepend(Of(visibility, sql)));

    private static string Of(Visibility visibility, SqlQuery sql) =>
        visibility.Everything
            ? "true"
            : $"(user_id = {sql.Add(visibility.CallerId)} or {sql.In("organization_id", visibility.Organizations)})";

    private static string Of(UserFilter filter, SqlQuery sql) =>
        filter switch
        {
            UserFilter.And f => Joined(f.Parts, " and ", "true", sql),
            UserFilter.Or f => Joined(f.Parts, " or ", "false", sql),
            // A comparison with a missing field is null, and the negation of null is null too. So a missing field counts as not matching.
            UserFilter.Not f => $"not coalesce({Of(f.Part, sql)}, false)",
            UserFilter.Text f => Of(f, sql),
            UserFilter.Ids f => sql.In("user_id", f.Values),
            UserFilter.Emails f => $"({sql.In("email_key", f.Values.Select(TextKey.Of).Distinct())} and {sql.In("email", f.Values)})",
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
        // A phone number has only digits, so it has no folded form.
        var folded = filter.Field == UserTextField.Phone ? column : $"{column}_key";
        var key = filter.Field == UserTextField.Phone ? filter.Value : TextKey.Of(filter.Value);
        return filter.Method switch
        {
            // The indexes are on the folded texts. Equal texts have equal folded forms.
            TextMethod.Equals => folded == column ? Equal(column, key) : $"({Equal(folded, key)} and {Equal(column, filter.Value)})",
            TextMethod.EqualsIgnoreCase => Equal(folded, key),
            TextMethod.StartsWith => Like(column, $"{Escaped(filter.Value)}%"),
            TextMethod.StartsWithIgnoreCase => Like(folded, $"{Escaped(key)}%"),
            TextMethod.Contains => Like(column, $"%{Escaped(filter.Value)}%"),
            TextMethod.ContainsIgnoreCase => Like(folded, $"%{Escaped(key)}%"),
            TextMethod.EndsWith => Like(column, $"%{Escaped(filter.Value)}"),
            TextMethod.EndsWithIgnoreCase => Like(folded, $"%{Escaped(key)}"),
            _ => throw new NotSupportedException($"Text method {filter.Method} is not supported."),
        };

        string Equal(string what, string value) => $"{what} = {sql.Add(value)}";

        string Like(string what, string pattern) => $"{what} like {sql.Add(pattern)} escape '!'";
    }

    private static string Escaped(string value) =>
        value
            .Replace("!", "!!", StringComparison.Ordinal)
            .Replace("%", "!%", StringComparison.Ordinal)
            .Replace("_", "!_", StringComparison.Ordinal);

    private static string Column(UserTextField field) =>
        field switch
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
