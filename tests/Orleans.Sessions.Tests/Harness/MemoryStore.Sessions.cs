using Orleans.Sessions.States;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Tests.Harness;

public sealed partial class MemoryStore : ISessionDirectory
{
    private Func<Task>? _whileUserIsLookedUp;

    /// <summary>While set, every search for sessions fails.</summary>
    public bool SessionsAreAway { get; set; }

    /// <summary>The number of searches for the sessions of a user.</summary>
    public int LookupsOfUsers { get; private set; }

    /// <summary>Sets what happens between the next search for the sessions of a user and its answer.</summary>
    public void MeanwhileUserIsLookedUp(Func<Task> happens) => _whileUserIsLookedUp = happens;

    public async Task<IReadOnlyList<SessionRow>> OfUserAsync(string userId, int limit, CancellationToken cancellationToken)
    {
        LookupsOfUsers++;
        if (SessionsAreAway)
        {
            throw new StoreUnavailableException("away", new TimeoutException());
        }

        var query = new SessionQuery { Filters = [new SessionFilter.User(userId)], Limit = limit };
        var found = Page(Found(query, new Visibility { Everything = true }), query);
        var meanwhile = Interlocked.Exchange(ref _whileUserIsLookedUp, null);
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        return found;
    }

    /// <summary>Supports the one filter that tests of grains use.</summary>
    public Task<DirectoryPage<SessionRow>> SearchAsync(SessionQuery query, Visibility visibility, CancellationToken cancellationToken)
    {
        var found = Found(query, visibility);
        return Task.FromResult(new DirectoryPage<SessionRow>(Page(found, query), found.Count, true));
    }

    public Task<long> CountAsync(SessionQuery query, Visibility visibility, CancellationToken cancellationToken) =>
        Task.FromResult((long)Found(query, visibility).Count);

    public Task<IReadOnlyList<string>> ExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<string>> StrayAsync(int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> PurgeAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> PurgeEventsAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>The sessions that match, in the order of the query.</summary>
    private List<(string Key, byte[] Json, SessionColumns Columns)> Found(SessionQuery query, Visibility visibility)
    {
        List<(string Key, byte[] Json, SessionColumns Columns)> found =
        [
            .. RowsWith<SessionColumns>()
                .Where(session => session.Columns.EndedAt is null && IsVisible(session.Columns, visibility))
                .Where(session => query.Filters.All(filter => Matches(filter, session.Columns)))
                .OrderBy(session => session.Columns.CreatedAt)
                .ThenBy(session => session.Key, StringComparer.Ordinal),
        ];
        if (!query.Ascending)
        {
            found.Reverse();
        }

        return found;
    }

    private static bool Matches(SessionFilter filter, SessionColumns session) =>
        filter is SessionFilter.User user
            ? session.UserId == user.UserId
            : throw new NotSupportedException($"Filter {filter.GetType().Name} is not supported.");

    private static bool IsVisible(SessionColumns session, Visibility visibility) =>
        visibility.Everything
        || (visibility.CallerId is { Length: > 0 } caller && (session.UserId == caller || session.CreatorId == caller))
        || (visibility.AgentId is { Length: > 0 } agent && session.FingerprintId == agent)
        || (session.OrganizationId is { } organization && visibility.Organizations.Contains(organization));

    private List<SessionRow> Page(List<(string Key, byte[] Json, SessionColumns Columns)> found, SessionQuery query)
    {
        var users = RowsWith<UserColumns>().ToDictionary(user => user.Columns.UserId, user => user.Columns);
        return [.. found.Skip((int)query.Offset).Take(query.Limit).Select(session => RowOf(session.Json, UserOf(session.Columns)))];

        UserColumns? UserOf(SessionColumns session) => session.UserId is { } id ? users.GetValueOrDefault(id) : null;
    }

    private static SessionRow RowOf(byte[] json, UserColumns? user) =>
        new(json, user?.LoginName, user?.DisplayName, user?.PasswordChangedAt);
}
