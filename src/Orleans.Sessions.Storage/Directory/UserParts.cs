namespace Orleans.Sessions.Storage;

/// <summary>Splits a search of users into parts with an index each. The index is chosen here, as for <see cref="SessionParts"/>.</summary>
internal static class UserParts
{
    /// <summary>Deleted users keep their row. The indexes that have the order of creation need this condition, the others do not.</summary>
    private const string NotDeleted = "state <> 3";

    /// <summary>The parts. Together they have the rows of <see cref="UserConditions.Of(UserQuery, Visibility, SqlQuery)"/>.</summary>
    public static IReadOnlyList<SearchPart> Of(UserQuery query, Visibility visibility, SqlQuery sql)
    {
        var found = query.Filters.Where(FindsFew).ToList();
        if (found.Count > 0)
        {
            return [Few("true", string.Join(" and ", found.Select(filter => UserConditions.Of(filter, sql))), Rest(found))];
        }

        if (query.Filters.OfType<UserFilter.Or>().FirstOrDefault(EachFindsFew) is { } either)
        {
            var rest = Rest([either]);
            return [.. Branches(either).Select(branch => UserConditions.Of(branch, sql)).Select(way => Few(way, way, rest))];
        }

        // The beginning of a name has an index too. Whether that one is better than others depends on the values.
        var filters = string.Join(" and ", UserConditions.All(query.Filters, sql).Prepend(NotDeleted));
        if (visibility.Everything || query.Filters.Any(IsBeginning))
        {
            return [new("true", With(visibility.Everything ? "true" : SearchPart.Unindexed(UserConditions.Of(visibility, sql))))];
        }

        var own = $"user_id = {sql.Add(visibility.CallerId)}";
        var self = Few(own, own, SearchPart.Unindexed(filters));
        return visibility.Organizations.IsEmpty
            ? [self]
            : [self, SearchPart.OfOrganizations("organization_id", visibility.Organizations, sql, With)];

        string With(string condition) => $"{condition} and {filters}";

        string Rest(IReadOnlyCollection<UserFilter> indexed) =>
            SearchPart.Unindexed(
                string.Join(
                    " and ",
                    UserConditions
                        .All([.. query.Filters.Where(filter => !indexed.Contains(filter))], sql)
                        .Prepend(UserConditions.Of(visibility, sql))
                )
            );
    }

    /// <summary>
    /// Rows that an index finds by a value that few users have. In this form <see cref="NotDeleted"/> fits none of the indexes that have
    /// the order of creation, so only the index of the value is left.
    /// </summary>
    private static SearchPart Few(string way, string condition, string rest) =>
        new(way, $"{condition} and {SearchPart.Unindexed(NotDeleted)} and {rest}");

    private static bool EachFindsFew(UserFilter.Or filter) => Branches(filter).Any() && Branches(filter).All(FindsFew);

    private static IEnumerable<UserFilter> Branches(UserFilter filter) =>
        filter is UserFilter.Or either ? either.Parts.SelectMany(Branches) : [filter];

    /// <summary>Whether an index finds the users of this filter, and they are few.</summary>
    private static bool FindsFew(UserFilter filter) =>
        filter switch
        {
            UserFilter.Ids or UserFilter.Emails => true,
            UserFilter.Text { Method: TextMethod.Equals or TextMethod.EqualsIgnoreCase } text => IsIndexed(text.Field),
            UserFilter.And all => all.Parts.Any(FindsFew),
            _ => false,
        };

    private static bool IsBeginning(UserFilter filter) =>
        filter is UserFilter.Text { Method: TextMethod.StartsWith or TextMethod.StartsWithIgnoreCase } text && IsIndexed(text.Field);

    private static bool IsIndexed(UserTextField field) =>
        field is UserTextField.LoginName or UserTextField.UserName or UserTextField.Email or UserTextField.Phone;
}
