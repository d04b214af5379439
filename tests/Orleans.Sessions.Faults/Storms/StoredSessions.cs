using System.Globalization;

namespace Orleans.Sessions.Faults.Storms;

/// <summary>
/// Sessions that are in the database and in no memory. A session of each user is made by the service; its row is copied by SQL, each copy
/// with an id of its own.
/// </summary>
internal sealed class StoredSessions
{
    /// <summary>The service's own ids are larger.</summary>
    private const long FirstId = 1_000_000_000;

    private readonly Site _site;

    private StoredSessions(Site site, IReadOnlyList<string> users, int count) => (_site, Users, Count) = (site, users, count);

    public IReadOnlyList<string> Users { get; }

    public int Count { get; }

    public static string Id(int number) => (FirstId + number).ToString(CultureInfo.InvariantCulture);

    /// <summary>Makes them.</summary>
    /// <param name="scene">Where.</param>
    /// <param name="userCount">For how many users, who are made, too.</param>
    /// <param name="count">How many, a multiple of <paramref name="userCount"/>.</param>
    /// <param name="expiry">From when to when they expire; <c>null</c>: not in this run.</param>
    public static async Task<StoredSessions> MakeAsync(
        StormScene scene,
        int userCount,
        int count,
        (DateTimeOffset From, DateTimeOffset Until)? expiry
    )
    {
        var users = await scene.NewUsersAsync("stored", userCount);
        await scene.EachAsync(userCount, i => scene.CreateAsync($"stored.{i}", users[i], TimeSpan.FromHours(2)));
        await scene.Site.ExecuteAsync(CopyText(scene.Site.IsEmbedded, count / userCount, expiry));
        await scene.Site.ExecuteAsync("analyze");
        var stored = new StoredSessions(scene.Site, users, count);
        var made = await scene.Site.CountAsync($"select count(*) from session_state where {stored.Condition}");
        return made == count ? stored : throw new InvalidOperationException($"{made} of {count} sessions were stored.");
    }

    /// <summary>How many events there are of a kind, and of how many of them.</summary>
    public async Task<(long Events, long Sessions)> EventsAsync(string type)
    {
        var from = $"from session_event where type = '{type}' and {Range("session_id", "")}";
        return (await _site.CountAsync($"select count(*) {from}"), await _site.CountAsync($"select count(distinct session_id) {from}"));
    }

    /// <summary>The condition on the columns of a row that only their rows fulfil.</summary>
    public string Condition => Range("grain_key", "s-");

    /// <summary>All ids have as many digits, so their order as texts is that of their numbers.</summary>
    private string Range(string column, string prefix) =>
        $"{column} >= '{prefix}{Id(0)}' and {column} <= '{prefix}{Id(Count - 1)}' and length({column}) = {prefix.Length + Id(0).Length}";

    private static string CopyText(bool isEmbedded, int copies, (DateTimeOffset From, DateTimeOffset Until)? expiry)
    {
        var from = (expiry?.From ?? DateTimeOffset.UtcNow.AddDays(1)).ToUnixTimeMilliseconds() * 1000;
        var length = expiry is { } minute ? (long)(minute.Until - minute.From).TotalMicroseconds : 3_600_000_000;
        var (series, number, random, payload) = isEmbedded
            ? (
                $"(with recursive c(value) as (select 0 union all select value + 1 from c where value < {copies - 1}) select value from c)",
                $"cast({FirstId} + (t.position - 1) * {copies} + c.value as text)",
                "(abs(random()) % 1000000) / 1000000.0",
                "cast(json_set(cast(n.payload as text), '$.id', n.id, '$.expiresAt', n.due) as blob)"
            )
            : (
                $"generate_series(0, {copies - 1})",
                $"({FirstId} + (t.position - 1) * {copies} + c.value)::text",
                "random()",
                "convert_to((convert_from(n.payload, 'UTF8')::jsonb || jsonb_build_object('id', n.id, 'expiresAt', n.due))::text, 'UTF8')"
            );
        // Those of other people have other lifetimes.
        var soon = DateTimeOffset.UtcNow.AddMinutes(90).ToUnixTimeMilliseconds() * 1000;

        const string Columns = "user_id, organization_id, creator_id, fingerprint_id, created_at";
        return $"""
            insert into session_state (service_id, grain_key, version, payload, expires_at, user_epoch, {Columns})
            select n.service_id, 's-' || n.id, 1, {payload}, n.due, n.user_epoch, {Columns}
            from
            (
              select t.*, {number} as id, cast({from} + {random} * {length} as bigint) as due
              from
              (
                select *, row_number() over (order by grain_key) as position from session_state
                where ended_at is null and expires_at > {soon}
              ) t
              cross join {series} as c{(isEmbedded ? "" : "(value)")}
            ) n
            """;
    }
}
