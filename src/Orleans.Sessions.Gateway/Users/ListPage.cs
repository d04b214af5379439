using Orleans.Sessions.Protocol.FilterV2;

namespace Orleans.Sessions.Gateway.Users;

/// <summary>Pages of lists that are completely in memory.</summary>
internal static class ListPage
{
    /// <summary>The requested page, 100 entries by default, and its description. Fails with <c>QUERY-4M0fs</c> above 1000.</summary>
    public static (IEnumerable<T> Page, PaginationResponse Pagination) Of<T>(IReadOnlyCollection<T> all, PaginationRequest? request)
    {
        var limit = request is { Limit: > 0 } ? request.Limit : UserQuery.DefaultLimit;
        return limit <= UserQuery.MaxLimit
            ? (
                all.Skip((int)Math.Min(request?.Offset ?? 0, int.MaxValue)).Take((int)limit),
                new PaginationResponse { TotalResult = (ulong)all.Count, AppliedLimit = (ulong)limit }
            )
            : throw new SessionException(SessionErrors.LimitExceeded);
    }
}
