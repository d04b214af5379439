namespace Orleans.Sessions.Storage;

/// <summary>Writes the filters of a <see cref="UserQuery"/>, and the visibility of the caller, as SQL conditions.</summary>
internal static class UserConditions
{
    /// <summary>Users that match all filters and that the caller may see.</summary>
    public static string Of(UserQuery query, Visibility visibility, SqlQuery sql) =>
        string.Join(" and ", All(query.Filters, sql).Prepend(Of(visibility, sql)));

    /// <summary>Users that the caller may see.</summary>
    public static string Of(Visibility visibility, SqlQuery sql) =>
        visibility.Everything
            ? "true"
            : $"(user_id = {sql.Add(visibility.CallerId)} or {sql.In("organization_id", visibility.Organizations)})";

    /// <summary>One filter as a condition.</summary>
    public static string Of(UserFilter filter, SqlQuery sql) =>
        filter switch
        {
            UserFilter.And f => Joined(All(f.Parts, sql), " and ", "true"),
            UserFilter.Or f => Joined(f.Parts.Select(part => Of(part, sql)), " or ", "false"),
            // A comparison with a missing field is null, and the negation of null is null too. So a missing field counts as not matching.
            UserFilter.Not f => $"not coalesce({Of(f.Part, sql)}, false)",
            UserFilter.Text f => Of(f, sql),
            UserFilter.Ids f => sql.In("user_id", f.Values),
            UserFilter.Emails f => $"({sql.In("email_key", f.Values.Select(TextKey.Of).Distinct())} and {sql.In("email", f.Values)})",
            UserFilter.State f => $"state = {sql.Add((int)f.Value)}",
            UserFilter.Kind f => $"kind = {sql.Add((int)f.Value)}",
            UserFilter.Organization f => $"organization_id = {sql.Add(f.OrganizationId)}",
            _ when MetadataConditions.Is(filter) => MetadataConditions.One([filter], sql),
            _ => throw new NotSupportedException($"Filter {filter.GetType().Name} is not supported."),
        };

    /// <summary>The conditions that must all hold. Those on metadata become one condition on one entry.</summary>
    public static IEnumerable<string> All(IReadOnlyCollection<UserFilter> parts, SqlQuery sql)
    {
        var onMetadata = parts.Where(MetadataConditions.Is).ToList();
        var others = parts.Where(part => !MetadataConditions.Is(part)).Select(part => Of(part, sql));
        return onMetadata.Count == 0 ? others : others.Append(MetadataConditions.One(onMetadata, sql));
    }

    private static string Joined(IEnumerable<string> conditions, string with, string none)
    {
        var joined = string.Join(with, conditions);
        return joined.Length == 0 ? none : $"({joined})";
    }

    private static string Of(UserFilter.Text filter, SqlQuery sql)
    {
        var column = Column(filter.Field);
        // A phone number has only digits, so it has no folded form.
        var folded = filter.Field == UserTextField.Phone ? column : $"{column}_key";
        var key = filter.Field == UserTextField.Phone ? filter.Value : TextKey.Of(filter.Value);
        return TextConditions.Of(column, folded, filter.Value, key, filter.Method, sql);
    }

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
