namespace Orleans.Sessions.Listing;

/// <summary>The limits of a search over users: what may be asked must stay cheap to answer.</summary>
internal static class UserQueryRules
{
    private const int MaxDepth = 20;
    private const int MaxLeaves = 500;
    private const int MaxListed = 1000;

    /// <summary>Fails with <c>QUERY-4M0fs</c> or <c>QUERY-Deep1</c>.</summary>
    public static void Ensure(UserQuery query)
    {
        if (query.Limit is < 1 or > UserQuery.MaxLimit)
        {
            throw new SessionException(SessionErrors.LimitExceeded);
        }

        if (query.Filters.Sum(filter => Leaves(filter, depth: 1)) > MaxLeaves)
        {
            throw TooComplex();
        }
    }

    private static int Leaves(UserFilter filter, int depth) => depth > MaxDepth ? throw TooComplex() : filter switch
    {
        UserFilter.And and => and.Parts.Sum(part => Leaves(part, depth + 1)),
        UserFilter.Or or => or.Parts.Sum(part => Leaves(part, depth + 1)),
        UserFilter.Not not => Leaves(not.Part, depth + 1),
        UserFilter.Ids { Values.Length: > MaxListed } or UserFilter.Emails { Values.Length: > MaxListed } => throw TooComplex(),
        _ => 1,
    };

    private static SessionException TooComplex() => new(SessionErrors.QueryTooComplex);
}
