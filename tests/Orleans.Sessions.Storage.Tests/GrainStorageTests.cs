using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Sessions.States;
using Orleans.Storage;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>
/// Orleans' ADO.NET provider in a running silo, with our stored queries. In every known difficult case it works or fails loudly.
/// </summary>
public abstract class GrainStorageTests(TestStore store)
{
    private readonly string _run = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task What_is_written_is_read_with_its_etag()
    {
        var written = await WriteAsync(Id($"s-{_run}"), "one");
        Assert.Equal("1", written.ETag);
        written.State!.Text = "two";
        await store.GrainStorage.WriteStateAsync("record", Id($"s-{_run}"), written);

        var read = await ReadAsync(Id($"s-{_run}"));

        Assert.Equal(("two", "2", true), (read.State!.Text, read.ETag, read.RecordExists));
    }

    [Theory]
    [InlineData("020235", "20235")]
    [InlineData("AB", "ab")]
    [InlineData("abc+x", "abc+y")]
    [InlineData("0123456789abcdef0123456789abcdef", "0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("%7Bx%7D", "%7Bx")]
    public async Task Prefixed_keys_that_look_like_numbers_are_rows_of_their_own(string one, string other)
    {
        var type = $"record{_run}";
        await WriteAsync(Id($"s-{one}"), "one", type);
        await WriteAsync(Id($"s-{other}"), "other", type);

        Assert.Equal("one", (await ReadAsync(Id($"s-{one}"), type)).State!.Text);
        Assert.Equal("other", (await ReadAsync(Id($"s-{other}"), type)).State!.Text);
    }

    [Theory]
    [InlineData("020235")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public async Task A_key_that_Orleans_takes_for_a_number_is_refused(string key)
    {
        await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(Id(key), "x"));

        Assert.False((await ReadAsync(Id(key))).RecordExists);
    }

    [Fact]
    public async Task A_key_with_braces_fails_aloud() => await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(Id($"s-{{{_run}}}"), "x"));

    [Fact]
    public async Task Two_state_names_with_one_key_are_two_rows()
    {
        await WriteAsync(Id($"s-{_run}"), "one", "first");
        await WriteAsync(Id($"s-{_run}"), "two", "second");

        Assert.Equal("one", (await ReadAsync(Id($"s-{_run}"), "first")).State!.Text);
        Assert.Equal("two", (await ReadAsync(Id($"s-{_run}"), "second")).State!.Text);
    }

    [Fact]
    public async Task A_write_that_lost_its_etag_conflicts()
    {
        await WriteAsync(Id($"s-{_run}"), "one");

        var exception = await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(Id($"s-{_run}"), "two"));

        Assert.Equal(StorageFault.Conflict, Classify(exception));
        Assert.Equal("one", (await ReadAsync(Id($"s-{_run}"))).State!.Text);
    }

    [Fact]
    public async Task A_stale_write_after_a_delete_does_not_bring_the_row_back()
    {
        var stale = await WriteAsync(Id($"s-{_run}"), "one");
        var current = await ReadAsync(Id($"s-{_run}"));
        await store.GrainStorage.ClearStateAsync("record", Id($"s-{_run}"), current);

        await Assert.ThrowsAsync<InconsistentStateException>(() => store.GrainStorage.WriteStateAsync("record", Id($"s-{_run}"), stale));

        Assert.False((await ReadAsync(Id($"s-{_run}"))).RecordExists);
    }

    [Fact]
    public async Task A_stale_delete_conflicts_and_deletes_nothing()
    {
        var current = await WriteAsync(Id($"s-{_run}"), "one");
        var stale = await ReadAsync(Id($"s-{_run}"));
        await store.GrainStorage.WriteStateAsync("record", Id($"s-{_run}"), current);

        await Assert.ThrowsAsync<InconsistentStateException>(() => store.GrainStorage.ClearStateAsync("record", Id($"s-{_run}"), stale));

        Assert.True((await ReadAsync(Id($"s-{_run}"))).RecordExists);
    }

    [Fact]
    public async Task After_a_delete_the_key_can_be_written_anew()
    {
        var state = await WriteAsync(Id($"s-{_run}"), "one");
        await store.GrainStorage.ClearStateAsync("record", Id($"s-{_run}"), state);
        Assert.Null(state.ETag);

        await WriteAsync(Id($"s-{_run}"), "two");

        Assert.Equal("two", (await ReadAsync(Id($"s-{_run}"))).State!.Text);
    }

    [Fact]
    public async Task Of_racing_first_writes_one_wins()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => TryAsync(() => WriteAsync(Id($"s-{_run}"), $"{n}"))));

        Assert.Equal(1, outcomes.Count(won => won));
        Assert.Equal("1", (await ReadAsync(Id($"s-{_run}"))).ETag);
    }

    [Fact]
    public async Task Of_racing_updates_one_wins()
    {
        await WriteAsync(Id($"s-{_run}"), "one");
        var states = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReadAsync(Id($"s-{_run}"))));

        var outcomes = await Task.WhenAll(
            states.Select(state => TryAsync(() => store.GrainStorage.WriteStateAsync("record", Id($"s-{_run}"), state)))
        );

        Assert.Equal(1, outcomes.Count(won => won));
        Assert.Equal("2", (await ReadAsync(Id($"s-{_run}"))).ETag);
    }

    [Fact]
    public async Task A_taken_login_name_is_told_from_other_faults()
    {
        await WriteUserAsync("1");

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => WriteUserAsync("2"));

        Assert.Equal(StorageFault.UniqueViolation, Classify(exception));
        Assert.False((await ReadAsync(Id($"u-2{_run}"), "user")).RecordExists);

        Task WriteUserAsync(string id) =>
            store.GrainStorage.WriteStateAsync(
                StateNames.User,
                Id($"u-{id}{_run}"),
                Written(new UserColumns { UserId = $"{id}{_run}", LoginNameKey = _run }, "")
            );
    }

    [Theory]
    [InlineData("nul \0 in the middle")]
    [InlineData("not a nul: \\u0000 \\\\u0000")]
    [InlineData("ünï – 漢字 – 🔑")]
    [InlineData("\u0001\u001f\"\\")]
    public async Task Any_text_can_be_stored_in_a_session_and_in_a_user(string text)
    {
        StateColumns[] columns =
        [
            new SessionColumns { CreatedAt = DateTimeOffset.UnixEpoch, FingerprintId = text },
            new UserColumns { UserId = _run, NickName = text },
        ];
        foreach (var (type, row) in new[] { StateNames.Session, StateNames.User }.Zip(columns))
        {
            await store.GrainStorage.WriteStateAsync(type, Id($"s-{_run}"), Written(row, text));

            Assert.Equal(text, (await ReadAsync(Id($"s-{_run}"), type)).State!.Text);
        }
    }

    [Fact]
    public async Task A_state_with_a_table_of_its_own_needs_its_columns() =>
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(Id($"s-{_run}"), "x", StateNames.Session));

    private static WrittenState<Record> Written(StateColumns columns, string text) =>
        new(new Projection(columns, []), [])
        {
            State = new Record { Text = text },
            ETag = null,
            RecordExists = false,
        };

    private async Task<GrainState<Record>> WriteAsync(GrainId id, string text, string type = "record")
    {
        var state = new GrainState<Record> { State = new Record { Text = text } };
        await store.GrainStorage.WriteStateAsync(type, id, state);
        return state;
    }

    private async Task<GrainState<Record>> ReadAsync(GrainId id, string type = "record")
    {
        var state = new GrainState<Record> { State = new Record() };
        await store.GrainStorage.ReadStateAsync(type, id, state);
        return state;
    }

    private StorageFault Classify(Exception exception) => store.Services.GetRequiredService<IStorageFaults>().Classify(exception);

    private static async Task<bool> TryAsync(Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    private static GrainId Id(string key) => GrainId.Create("record", key);

    public sealed class Record
    {
        public string? Text { get; set; }
    }

    public sealed class OnSqlite(SqliteStore store) : GrainStorageTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : GrainStorageTests(store);
}
