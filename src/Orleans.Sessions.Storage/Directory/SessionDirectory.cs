using System.Data.Common;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Finds sessions in the columns of <c>session_state</c>. Every search is one or two statements. Each reads few rows, by indexes that do
/// not depend on the database's statistics.
/// </summary>
internal sealed class SessionDirectory(Database database, StorageOptions options, IOptions<ClusterOptions> cluster) : ISessionDirectory
{
    private static readonly SearchText s_search = new("session_state", "s");
    private static readonly string s_pageText = SqlText.Of("Directory.SearchSessions");
    private static readonly string s_matchingText = SqlText.Of("Directory.MatchingSessions");
    private static readonly string s_expiredText = SqlText.Of("Directory.ExpiredSessions");
    private readonly string _strayText = SqlText.Of($"{database.Dialect}.StraySessions");
    private readonly string _purgeText = SqlText.Of($"{database.Dialect}.PurgeSessions");
    private readonly string _purgeEventsText = SqlText.Of($"{database.Dialect}.PurgeEvents");

    public async Task<DirectoryPage<SessionRow>> SearchAsync(SessionQuery query, Visibility visibility, CancellationToken cancellationToken)
    {
        var rows = await PageAsync(Search(), query, visibility, cancellationToken);
        if (Totals.OfPage(rows.Count, query.Offset, query.Limit) is { } total)
        {
            return new(rows, total, IsTotalExact: true);
        }

        var sql = Search();
        var matching = Matching(query, visibility, sql);
        var estimated = s_matchingText.Replace("{condition}", SessionConditions.Of(query, visibility, sql), StringComparison.Ordinal);
        var seen = query.Offset + rows.Count;
        var (found, isExact) = await Totals.FindAsync(database, matching, estimated, sql, seen, cancellationToken);
        return new(rows, found, isExact);
    }

    public Task<long> CountAsync(SessionQuery query, Visibility visibility, CancellationToken cancellationToken)
    {
        var sql = Search();
        return Totals.CountAllAsync(database, Matching(query, visibility, sql), sql, cancellationToken);
    }

    public async Task<IReadOnlyList<SessionRow>> OfUserAsync(string userId, int limit, CancellationToken cancellationToken) =>
        await PageAsync(
            Query(),
            new SessionQuery { Filters = [new SessionFilter.User(userId)], Limit = limit },
            new Visibility { Everything = true },
            cancellationToken
        );

    public async Task<IReadOnlyList<string>> ExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        await Query()
            .With("now", Instant.ToMicroseconds(now))
            .With("limit", limit)
            .ReadAsync(database, s_expiredText, r => GrainKeys.Id(r.GetString(0)), cancellationToken);

    public async Task<IReadOnlyList<string>> StrayAsync(int limit, CancellationToken cancellationToken) =>
        await Query().With("limit", limit).ReadAsync(database, _strayText, r => GrainKeys.Id(r.GetString(0)), cancellationToken);

    public Task<int> PurgeAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        Query().With("before", Instant.ToMicroseconds(before)).With("limit", limit).ExecuteAsync(database, _purgeText, cancellationToken);

    public Task<int> PurgeEventsAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        Query()
            .With("before", Instant.ToMicroseconds(before))
            .With("limit", limit)
            .ExecuteAsync(database, _purgeEventsText, cancellationToken);

    /// <summary>The statement of a page. Its parameters are added to <paramref name="sql"/>, which already has <c>@service</c>.</summary>
    internal static string Page(SessionQuery query, Visibility visibility, SqlQuery sql)
    {
        var direction = query.Ascending ? "asc" : "desc";
        var order = $"s.created_at {direction}, s.grain_key {direction}";
        var parts = SessionParts.Of(query, visibility, sql);
        return s_pageText
            .Replace("{page}", s_search.Page(parts, order, query.Offset, query.Limit, sql), StringComparison.Ordinal)
            .Replace("{order}", order, StringComparison.Ordinal);
    }

    /// <summary>A statement with one row for each match, of which parameters are added like those of <see cref="Page"/>.</summary>
    internal static string Matching(SessionQuery query, Visibility visibility, SqlQuery sql) =>
        s_search.Matching(SessionParts.Of(query, visibility, sql));

    private Task<List<SessionRow>> PageAsync(SqlQuery sql, SessionQuery query, Visibility visibility, CancellationToken cancellation) =>
        sql.ReadAsync(database, Page(query, visibility, sql), Row, cancellation);

    private static SessionRow Row(DbDataReader reader) =>
        new(
            reader.GetFieldValue<byte[]>(0),
            reader.IsDBNull(1) ? null : reader.GetString(1),
            reader.IsDBNull(2) ? null : reader.GetString(2),
            reader.IsDBNull(3) ? null : Instant.FromMicroseconds(reader.GetInt64(3))
        );

    private SqlQuery Search() => Query().Within(options.SearchTimeout);

    private SqlQuery Query() => new SqlQuery().With("service", cluster.Value.ServiceId);
}
