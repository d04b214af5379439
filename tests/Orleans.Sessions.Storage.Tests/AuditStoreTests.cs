using Orleans.Runtime;
using Orleans.Sessions.Audit;
using Orleans.Sessions.States;
using Orleans.Sessions.Testing;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>
/// The audit trail in the database. A change and its event are written together or not at all, failures are counted, and old events are
/// deleted.
/// </summary>
public abstract class AuditStoreTests(TestStore store)
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("session")]
    [InlineData("organizations")]
    public async Task Events_are_there_when_the_change_is(string type)
    {
        var (id, target) = NewGrain(type);
        var state = Audited(type, target, "first", etag: null);

        await store.GrainStorage.WriteStateAsync(type, id, state);
        Assert.Equal("1", state.ETag);
        await store.GrainStorage.WriteStateAsync(type, id, Audited(type, target, "second", state.ETag));

        Assert.Equal(["first", "second"], await KindsOfAsync(target));
        var row = new GrainState<Record>();
        await store.GrainStorage.ReadStateAsync(type, id, row);
        Assert.Equal("second", row.State!.Name);
        Assert.Equal("2", row.ETag);
    }

    [Theory]
    [InlineData("session")]
    [InlineData("organizations")]
    public async Task A_change_that_conflicts_leaves_no_events(string type)
    {
        var (id, target) = NewGrain(type);
        await store.GrainStorage.WriteStateAsync(type, id, Audited(type, target, "first", etag: null));

        await Assert.ThrowsAsync<Orleans.Storage.InconsistentStateException>(() =>
            store.GrainStorage.WriteStateAsync(type, id, Audited(type, target, "again", etag: null))
        );
        await Assert.ThrowsAsync<Orleans.Storage.InconsistentStateException>(() =>
            store.GrainStorage.WriteStateAsync(type, id, Audited(type, target, "outdated", etag: "7"))
        );

        Assert.Equal(["first"], await KindsOfAsync(target));
    }

    [Fact]
    public async Task Many_sessions_at_once_have_their_own_events()
    {
        var targets = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(async i =>
                {
                    var (id, target) = NewGrain("session");
                    if (i % 2 == 0)
                    {
                        await store.GrainStorage.WriteStateAsync("session", id, Audited("session", target, "login", etag: null));
                    }
                    else
                    {
                        await store.GrainStorage.WriteStateAsync("session", id, Written("session", new Record("quiet"), etag: null));
                    }

                    return target;
                })
        );

        for (var i = 0; i < targets.Length; i++)
        {
            Assert.Equal(i % 2 == 0 ? ["login"] : [], await KindsOfAsync(targets[i]));
        }
    }

    [Fact]
    [Asvs("16.2.1")]
    public async Task A_row_comes_back_as_it_was_written()
    {
        await using var service = store.NewService();
        var row = new AuditRow
        {
            At = s_start,
            Kind = "k",
            Outcome = AuditOutcome.Refused,
            Reason = "r",
            ActorKind = AuditActor.Machine,
            ActorId = "a",
            OrganizationId = "o",
            TargetKind = "user",
            TargetId = "t",
            Source = "192.0.2.1",
            UserAgent = "agent 'quoted' \"twice\"",
            ClientId = "c",
            Session = "s",
            RequestId = "q",
            Detail = "d\\u0000",
            Count = 3,
        };

        await service.Audit.AppendAsync([row], default);

        Assert.Equal(
            ["1767225600000000|k|3|r|3|a|o|user|t|192.0.2.1|agent 'quoted' \"twice\"|c|s|q|d\\u0000|3"],
            await service.RowsAsync(
                """
                select at, kind, outcome, reason, actor_kind, actor_id, organization_id, target_kind, target_id, source, user_agent, client_id, session,
                       request_id, detail, count
                from audit_event where service_id = @service
                """
            )
        );
    }

    [Fact]
    public async Task Failures_of_a_minute_are_one_row()
    {
        await using var service = store.NewService();
        var wrong = new AuditRow
        {
            At = s_start,
            Kind = "login",
            Outcome = AuditOutcome.Failure,
            Reason = "wrong",
            Source = "192.0.2.1",
            RequestId = "1",
            Count = 2,
        };

        await service.Audit.CountAsync([wrong, wrong with { Source = "192.0.2.2" }], default);
        await service.Audit.CountAsync([wrong with { Count = 5, RequestId = "2", UserAgent = "other" }], default);
        await service.Audit.CountAsync(
            [wrong with { At = s_start.AddMinutes(1) }, wrong with { Reason = "locked" }, wrong with { TargetId = "u" }],
            default
        );

        Assert.Equal(
            [
                "0|192.0.2.1|locked||2|1",
                "0|192.0.2.1|wrong|u|2|1",
                "0|192.0.2.1|wrong||7|1",
                "0|192.0.2.2|wrong||2|1",
                "1|192.0.2.1|wrong||2|1",
            ],
            (
                await service.RowsAsync(
                    $"""
                    select (at - {Instant.ToMicroseconds(s_start)}) / 60000000, source, reason, target_id, count, request_id
                    from audit_event where service_id = @service
                    """
                )
            ).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Old_events_go_in_batches()
    {
        await using var service = store.NewService();
        await service.Audit.AppendAsync(
            [.. Enumerable.Range(0, 5).Select(day => new AuditRow { At = s_start.AddDays(day), Kind = $"day {day}" })],
            default
        );

        Assert.Equal(2, await service.Audit.PurgeAsync(s_start.AddDays(3), 2, default));
        Assert.Equal(1, await service.Audit.PurgeAsync(s_start.AddDays(3), 2, default));
        Assert.Equal(0, await service.Audit.PurgeAsync(s_start.AddDays(3), 2, default));

        Assert.Equal(["day 3", "day 4"], await service.RowsAsync("select kind from audit_event where service_id = @service order by at"));
    }

    private static (GrainId Id, string Target) NewGrain(string type)
    {
        var target = Guid.NewGuid().ToString("N");
        return (GrainId.Create(type, $"{type[0]}-{target}"), target);
    }

    private static WrittenState<Record> Audited(string type, string target, string kind, string? etag) =>
        Written(
            type,
            new Record(kind),
            etag,
            new AuditRow
            {
                At = s_start,
                Kind = kind,
                TargetId = target,
            }
        );

    private static WrittenState<Record> Written(string type, Record record, string? etag, params IReadOnlyList<AuditRow> events) =>
        new(type == StateNames.Session ? new Projection(new SessionColumns { CreatedAt = s_start }, []) : null, events)
        {
            State = record,
            ETag = etag,
            RecordExists = etag is not null,
        };

    private async Task<IEnumerable<string>> KindsOfAsync(string target)
    {
        await using var service = store.NewService();
        return await service.RowsAsync(
            $"select kind from audit_event where service_id = 'silo' and target_id = '{target}' and @service <> '' order by id"
        );
    }

    public sealed record Record(string Name);

    public sealed class OnSqlite(SqliteStore store) : AuditStoreTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : AuditStoreTests(store);
}
