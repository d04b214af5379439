using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>Searches in the audit trail: filters, pages, and which caller sees which events.</summary>
public abstract class AuditSearchTests(TestStore store)
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly AuditVisibility s_everything = new(Everything: true, UserId: null, []);

    [Fact]
    public async Task The_newest_events_come_first_and_pages_follow_each_other()
    {
        await using var service = store.NewService();

        // Each instant has three events, so the time alone does not order them.
        await AppendAsync(service, [.. Enumerable.Range(0, 10).Select(i => Event($"{i}", minute: i / 3))]);

        var (kinds, after) = (new List<string>(), (AuditPosition?)null);
        while (true)
        {
            var page = await SearchAsync(service, new AuditQuery { Limit = 4, After = after });
            kinds.AddRange(page.Select(row => row.Kind));
            if (page.Count < 4)
            {
                break;
            }

            after = new AuditPosition(page[^1].At, page[^1].Id);

            // An event that happens meanwhile is newer than the page, so the page does not shift.
            await AppendAsync(service, Event("new", minute: 100));
        }

        Assert.Equal(["9", "8", "7", "6", "5", "4", "3", "2", "1", "0"], kinds);
    }

    [Fact]
    public async Task Every_filter_finds_what_it_names_and_nothing_else()
    {
        await using var service = store.NewService();
        var wanted = Event("k", minute: 5) with
        {
            Outcome = AuditOutcome.Failure,
            ActorId = "a",
            TargetKind = "user",
            TargetId = "t",
            OrganizationId = "o",
            Session = "s",
            ClientId = "c",
            Source = "192.0.2.1",
        };
        await AppendAsync(service, Event("other", minute: 1), wanted, Event("other", minute: 9));

        foreach (
            var (query, session) in new (AuditQuery, string?)[]
            {
                (new() { Kinds = ["k", "unknown"] }, null),
                (new() { Outcome = AuditOutcome.Failure }, null),
                (new() { ActorId = "a" }, null),
                (new() { TargetKind = "user" }, null),
                (new() { TargetId = "t" }, null),
                (new() { OrganizationId = "o" }, null),
                (new(), "s"),
                (new() { ClientId = "c" }, null),
                (new() { Source = "192.0.2.1" }, null),
                (new() { From = s_start.AddMinutes(5), Until = s_start.AddMinutes(9) }, null),
            }
        )
        {
            var row = Assert.Single(await service.Audit.SearchAsync(query, session, s_everything, default));
            Assert.Equal(wanted with { Id = row.Id }, row);
        }

        Assert.Empty(await SearchAsync(service, new AuditQuery { ActorId = "a", TargetId = "other" }));
        Assert.Equal(3, (await SearchAsync(service, new AuditQuery())).Count);
    }

    [Fact]
    public async Task A_person_sees_what_they_did_and_what_was_done_to_them_once_each()
    {
        await using var service = store.NewService();
        await AppendAsync(
            service,
            Event("by me", 1) with
            {
                ActorId = "me",
                TargetKind = "user",
                TargetId = "other",
            },
            Event("to me", 2) with
            {
                ActorId = "other",
                TargetKind = "user",
                TargetId = "me",
            },
            Event("by me to me", 3) with
            {
                ActorId = "me",
                TargetKind = "user",
                TargetId = "me",
            },
            Event("to a client of my name", 4) with
            {
                TargetKind = "oidc_client",
                TargetId = "me",
            },
            Event("of my organization", 5) with
            {
                OrganizationId = "o",
            },
            Event("of nobody", 6)
        );

        var mine = new AuditVisibility(Everything: false, "me", []);
        Assert.Equal(["by me to me", "to me", "by me"], (await SearchAsync(service, new(), mine)).Select(row => row.Kind));
        Assert.Equal(["by me to me", "to me"], (await SearchAsync(service, new() { Limit = 2 }, mine)).Select(row => row.Kind));
        Assert.Empty(await SearchAsync(service, new() { OrganizationId = "o" }, mine));
    }

    [Fact]
    public async Task A_manager_sees_the_events_of_the_managed_organizations_and_the_own_ones()
    {
        await using var service = store.NewService();
        await AppendAsync(
            service,
            Event("one", 1) with
            {
                OrganizationId = "o1",
            },
            Event("two", 2) with
            {
                OrganizationId = "o2",
            },
            Event("three", 3) with
            {
                OrganizationId = "o3",
            },
            Event("mine", 4) with
            {
                OrganizationId = "o3",
                ActorId = "manager",
            }
        );

        var kinds = (await SearchAsync(service, new(), new AuditVisibility(Everything: false, "manager", ["o1", "o2"]))).Select(row =>
            row.Kind
        );

        Assert.Equal(["mine", "two", "one"], kinds);
        Assert.Empty(await SearchAsync(service, new(), new AuditVisibility(Everything: false, null, [])));
    }

    private static AuditRow Event(string kind, int minute) => new() { At = s_start.AddMinutes(minute), Kind = kind };

    private static Task AppendAsync(TestService service, params AuditRow[] rows) => service.Audit.AppendAsync(rows, default);

    private static Task<IReadOnlyList<AuditRow>> SearchAsync(TestService service, AuditQuery query, AuditVisibility? visibility = null) =>
        service.Audit.SearchAsync(query, sessionHash: null, visibility ?? s_everything, default);

    public sealed class OnSqlite(SqliteStore store) : AuditSearchTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : AuditSearchTests(store);
}
