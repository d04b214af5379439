using System.Data.Common;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>The limits for a statement, and the state of a connection after a failed statement.</summary>
public abstract class SqlQueryTests(TestStore store)
{
    /// <summary>A statement that runs until it is stopped.</summary>
    protected abstract string Endless { get; }

    /// <summary>A statement that fails while the database binds <c>@value</c>, unless the value is a number.</summary>
    protected abstract string Number { get; }

    [Fact]
    public void A_text_that_no_database_takes_never_becomes_a_parameter()
    {
        // The texts are not in an attribute, because attributes cannot store halves of surrogate pairs.
        foreach (var text in new[] { "\0", "a\0b", "\ud800", "a\udc00b", "\ud83d\ud83d", "\udc00\ud83d" })
        {
            foreach (
                var add in new Action[]
                {
                    () => new SqlQuery().With("name", text),
                    () => new SqlQuery().Add(text),
                    () => new SqlQuery().In("name", ["a", text]),
                    () => TextKey.Of(text),
                }
            )
            {
                Assert.Equal(SessionErrors.TextNotStorable, Assert.Throws<SessionException>(add).Error);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("ä\n\u0001\uffff")]
    [InlineData("😀")]
    public async Task Any_other_text_does(string text)
    {
        await using var service = store.NewService();
        Assert.Equal(
            [text],
            await new SqlQuery()
                .With("text", text)
                .ReadAsync(service.Database, "select cast(@text as text)", row => row.GetString(0), default)
        );
    }

    [Fact(Timeout = 60_000)]
    public async Task A_search_is_given_up_in_time_and_leaves_the_connection_usable()
    {
        await using var service = store.NewService();
        for (var round = 0; round < 3; round++)
        {
            var failure = await Assert.ThrowsAsync<SessionException>(() =>
                new SqlQuery().Within(TimeSpan.FromSeconds(1)).ReadAsync(service.Database, Endless, row => row.GetValue(0), default)
            );
            Assert.Equal(SessionErrors.SearchTooSlow, failure.Error);
            Assert.Equal(
                [7L],
                await new SqlQuery()
                    .Within(TimeSpan.FromMinutes(1))
                    .ReadAsync(service.Database, "select cast(7 as bigint)", row => row.GetInt64(0), default)
            );
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_count_that_takes_too_long_says_what_to_do()
    {
        await using var service = store.NewService();
        var count = Totals.CountAllAsync(service.Database, Endless, new SqlQuery().Within(TimeSpan.FromSeconds(1)), default);
        var failure = await Assert.ThrowsAsync<SessionException>(() => count);
        Assert.Equal(SessionErrors.CountTooSlow, failure.Error);
        // A client that tries again would only cost the database the same time again.
        Assert.Null(failure.RetryAfter);
    }

    [Fact]
    public async Task A_statement_that_has_failed_works_for_the_next_one()
    {
        await using var service = store.NewService();
        for (var round = 0; round < 4; round++)
        {
            var sql = $"{Number} + {round}";
            for (var good = 0; good < round; good++)
            {
                Assert.Equal(7 + round, await AskAsync("7"));
            }

            await Assert.ThrowsAnyAsync<DbException>(() => AskAsync("seven"));
            for (var after = 0; after < 5; after++)
            {
                Assert.Equal(7 + round, await AskAsync("7"));
            }

            async Task<long> AskAsync(string value) =>
                (await new SqlQuery().With("value", value).ReadAsync(service.Database, sql, row => row.GetInt64(0), default)).Single();
        }
    }

    public sealed class OnSqlite(SqliteStore store) : SqlQueryTests(store)
    {
        protected override string Endless => "with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n";

        // SQLite has no types for parameters. JSON that cannot be read is the nearest equivalent.
        protected override string Number => "select json_extract(@value, '$')";
    }

    public sealed class OnPostgreSql(PostgreSqlStore store) : SqlQueryTests(store)
    {
        protected override string Endless => "select pg_sleep(3600)";

        protected override string Number => "select cast(cast(@value as text) as bigint)";
    }
}
