using System.Collections.Immutable;

namespace Orleans.Sessions.Listing;

/// <summary>The limits of a search: it must be cheap to answer for any caller.</summary>
internal static class SearchRules
{
    /// <summary>The maximum number of conditions. A condition that contains others counts as well, even if it is empty.</summary>
    private const int MaxConditions = 20;

    /// <summary>The maximum number of values of all lists of a search together.</summary>
    private const int MaxValues = 1000;

    /// <summary>Fails with <c>QUERY-4M0fs</c>, <c>QUERY-Prov1</c>, <c>QUERY-Deep1</c> or <c>QUERY-Long1</c>.</summary>
    public static void Ensure(SessionQuery query)
    {
        EnsureLimit(query.Limit, SessionQuery.MaxLimit);
        if (
            query.Filters.Any(filter => filter is SessionFilter.Proved)
            && !query.Filters.Any(filter => filter is SessionFilter.User or SessionFilter.Ids)
        )
        {
            throw new SessionException(SessionErrors.ProvedQueryAlone);
        }

        var size = new Size();
        foreach (var filter in query.Filters)
        {
            size.Count(filter is SessionFilter.Ids ids ? ids.Values : default);
        }
    }

    /// <summary>Fails like the other overload.</summary>
    public static void Ensure(UserQuery query)
    {
        EnsureLimit(query.Limit, UserQuery.MaxLimit);
        var size = new Size();
        foreach (var filter in query.Filters)
        {
            Count(filter, size);
        }
    }

    /// <summary>Whether a condition is about metadata. Call it only after <see cref="Ensure(UserQuery)"/>.</summary>
    public static bool AsksForMetadata(ImmutableArray<UserFilter> filters) =>
        filters.Any(filter => filter is UserFilter.MetadataKey or UserFilter.MetadataValue || AsksForMetadata(Parts(filter)));

    private static void EnsureLimit(int limit, int most)
    {
        if (limit < 1 || limit > most)
        {
            throw new SessionException(SessionErrors.LimitExceeded);
        }
    }

    /// <summary>Counts before it descends, so the recursion is never deeper than the maximum number of conditions.</summary>
    private static void Count(UserFilter filter, Size size)
    {
        size.Count(
            filter switch
            {
                UserFilter.Ids ids => ids.Values,
                UserFilter.Emails emails => emails.Values,
                _ => default,
            }
        );
        foreach (var part in Parts(filter))
        {
            Count(part, size);
        }
    }

    private static ImmutableArray<UserFilter> Parts(UserFilter filter) =>
        filter switch
        {
            UserFilter.And and => and.Parts,
            UserFilter.Or or => or.Parts,
            UserFilter.Not not => [not.Part],
            _ => [],
        };

    private sealed class Size
    {
        private int _conditions;
        private int _values;

        public void Count(ImmutableArray<string> values)
        {
            if (++_conditions > MaxConditions)
            {
                throw new SessionException(SessionErrors.QueryTooComplex);
            }

            _values += values.IsDefault ? 0 : values.Length;
            if (_values > MaxValues)
            {
                throw new SessionException(SessionErrors.QueryTooLong);
            }
        }
    }
}
