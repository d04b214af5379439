using Orleans.Sessions.Protocol.FilterV2;
using Orleans.Sessions.Protocol.ObjectV2;
using Orleans.Sessions.Protocol.UserV2;
using Case = Orleans.Sessions.Protocol.UserV2.SearchQuery.QueryOneofCase;

namespace Orleans.Sessions.Gateway.Users;

/// <summary>
/// Converts a user search to the types of the grains. The grain limits the conditions; the message parser limits the nesting.
/// </summary>
internal static class UserSearchRequests
{
    public static UserQuery Query(ListUsersRequest request)
    {
        var limit = request.Query?.Limit ?? 0;
        return new UserQuery
        {
            Filters = [.. request.Queries.Select(Filter)],
            SortBy = (UserSortField)request.SortingColumn,
            Ascending = request.Query?.Asc ?? false,
            Offset = (long)Math.Min(request.Query?.Offset ?? 0, long.MaxValue),
            Limit = limit == 0 ? UserQuery.DefaultLimit : (int)Math.Min(limit, int.MaxValue),
        };
    }

    private static UserFilter Filter(SearchQuery query) =>
        query.QueryCase switch
        {
            Case.UserNameQuery => Text(UserTextField.UserName, query.UserNameQuery.UserName, query.UserNameQuery.Method),
            Case.FirstNameQuery => Text(UserTextField.GivenName, query.FirstNameQuery.FirstName, query.FirstNameQuery.Method),
            Case.LastNameQuery => Text(UserTextField.FamilyName, query.LastNameQuery.LastName, query.LastNameQuery.Method),
            Case.NickNameQuery => Text(UserTextField.NickName, query.NickNameQuery.NickName, query.NickNameQuery.Method),
            Case.DisplayNameQuery => Text(UserTextField.DisplayName, query.DisplayNameQuery.DisplayName, query.DisplayNameQuery.Method),
            Case.EmailQuery => Text(UserTextField.Email, query.EmailQuery.EmailAddress, query.EmailQuery.Method),
            Case.PhoneQuery => Text(UserTextField.Phone, query.PhoneQuery.Number, query.PhoneQuery.Method),
            Case.LoginNameQuery => Text(UserTextField.LoginName, query.LoginNameQuery.LoginName, query.LoginNameQuery.Method),
            Case.StateQuery => new UserFilter.State((UserState)query.StateQuery.State),
            Case.TypeQuery => new UserFilter.Kind((UserKind)query.TypeQuery.Type),
            Case.InUserIdsQuery => new UserFilter.Ids([.. query.InUserIdsQuery.UserIds]),
            Case.InUserEmailsQuery => new UserFilter.Emails([.. query.InUserEmailsQuery.UserEmails]),
            Case.OrganizationIdQuery => new UserFilter.Organization(query.OrganizationIdQuery.OrganizationId),
            Case.MetadataKeyFilter => new UserFilter.MetadataKey(query.MetadataKeyFilter.Key, (TextMethod)query.MetadataKeyFilter.Method),
            Case.MetadataValueFilter => new UserFilter.MetadataValue(
                [.. query.MetadataValueFilter.Value],
                query.MetadataValueFilter.Method == ByteFilterMethod.NotEquals
            ),
            Case.AndQuery => new UserFilter.And([.. query.AndQuery.Queries.Select(Filter)]),
            Case.OrQuery => new UserFilter.Or([.. query.OrQuery.Queries.Select(Filter)]),
            Case.NotQuery when query.NotQuery.Query is not null => new UserFilter.Not(Filter(query.NotQuery.Query)),
            _ => throw new SessionException(SessionErrors.QueryMissing),
        };

    private static UserFilter.Text Text(UserTextField field, string value, TextQueryMethod method) => new(field, value, (TextMethod)method);
}
