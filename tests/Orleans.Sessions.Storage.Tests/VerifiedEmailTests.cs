using Orleans.Sessions.Directory;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>
/// At whom an address is verified follows every write of a user, and where it is to be one person it is one, whatever races.
/// </summary>
public abstract class VerifiedEmailTests(TestStore store)
{
    [Fact]
    public async Task A_user_is_found_by_the_address_that_is_verified_now()
    {
        await using var service = store.NewService();
        await using var other = store.NewService();
        await WriteAsync(service, "1", Verified("a"));
        await WriteAsync(service, "2", Verified("a"));
        await WriteAsync(service, "3", Unverified("a"));
        await WriteAsync(service, "4", "{'phone':{'number':'a','isVerified':true},'directory':{'emailKey':'a'}}");
        await WriteAsync(other, "5", Verified("a"));
        Assert.Equal(["1", "2"], await service.Users.FindByVerifiedEmailAsync("a", 10, default));
        Assert.Single(await service.Users.FindByVerifiedEmailAsync("a", 1, default));

        await WriteAsync(service, "1", Verified("b"), 1);
        await WriteAsync(service, "2", Unverified("a"), 1);
        await WriteAsync(service, "3", Verified("a"), 1);

        Assert.Equal(["3"], await service.Users.FindByVerifiedEmailAsync("a", 10, default));
        Assert.Equal(["1"], await service.Users.FindByVerifiedEmailAsync("b", 10, default));

        await WriteAsync(service, "1", "{'state':3}", 2);
        await service.DeleteAsync("user", "u-3", version: 2);

        Assert.Empty(await service.RowsAsync("select user_id from verified_email where service_id = @service"));
    }

    [Fact]
    public async Task Where_it_is_to_be_one_person_nobody_else_gets_it_verified()
    {
        await using var service = store.NewService();
        await using var other = store.NewService();
        await WriteAsync(service, "1", Verified("a"));
        await WriteAsync(service, "2", Unverified("a"));

        Assert.Equal(StorageFault.UniqueViolation, await FaultAsync(() => WriteAsync(service, "2", Unique("a"), 1)));
        Assert.Equal(StorageFault.UniqueViolation, await FaultAsync(() => WriteAsync(service, "3", Unique("a"))));
        Assert.Equal(
            ["u-1|1", "u-2|1"],
            await service.RowsAsync("select grain_key, version from grain_state where service_id = @service order by grain_key")
        );
        Assert.Equal(1, await WriteAsync(other, "3", Unique("a")));

        await WriteAsync(service, "1", Unverified("a"), 1);
        Assert.Equal(2, await WriteAsync(service, "2", Unique("a"), 1));
        Assert.Equal(3, await WriteAsync(service, "2", Unique("a"), 2));
    }

    [Fact]
    public async Task Who_had_it_together_before_goes_on()
    {
        await using var service = store.NewService();
        await WriteAsync(service, "1", Verified("a"));
        await WriteAsync(service, "2", Verified("a"));

        Assert.Equal(2, await WriteAsync(service, "2", Unique("a"), 1));
        Assert.Equal(StorageFault.UniqueViolation, await FaultAsync(() => WriteAsync(service, "3", Unique("a"))));
    }

    [Fact]
    public async Task Of_racing_verifications_one_wins()
    {
        await using var service = store.NewService();
        for (var id = 0; id < 8; id++)
        {
            await WriteAsync(service, $"{id}", Unverified("a"));
        }

        var faults = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(id => Task.Run(() => FaultAsync(() => WriteAsync(service, $"{id}", Unique("a"), 1))))
        );

        Assert.Single(faults, StorageFault.None);
        Assert.Equal(7, faults.Count(fault => fault == StorageFault.UniqueViolation));
        Assert.Single(await service.Users.FindByVerifiedEmailAsync("a", 10, default));
    }

    [Fact]
    public async Task What_was_verified_before_the_upgrade_is_known_after_it()
    {
        await using var service = new TestService(await store.CreateAsync());
        await service.Migrator.MigrateAsync(default);
        await WriteAsync(service, "1", Verified("a"));
        await WriteAsync(service, "2", Unverified("a"));
        foreach (var statement in Undo)
        {
            await service.RowsAsync(statement);
        }

        await service.RowsAsync("delete from schema_version where version = 145");
        await service.Migrator.MigrateAsync(default);

        Assert.Equal(["1"], await service.Users.FindByVerifiedEmailAsync("a", 10, default));
    }

    /// <summary>What takes the migration back.</summary>
    protected abstract IReadOnlyList<string> Undo { get; }

    private static string Verified(string key) => $"{{'email':{{'address':'{key}','isVerified':true}},'directory':{{'emailKey':'{key}'}}}}";

    private static string Unverified(string key) => Verified(key).Replace("true", "false", StringComparison.Ordinal);

    private static string Unique(string key) => $"{{'hasUniqueEmail':true,{Verified(key)[1..]}";

    private static Task<int?> WriteAsync(TestService service, string id, string json, int? version = null) =>
        service.WriteAsync("user", $"u-{id}", $"{{'id':'{id}',{json[1..]}".Replace('\'', '"'), version);

    private static async Task<StorageFault> FaultAsync(Func<Task<int?>> write)
    {
        try
        {
            return await write() is null ? StorageFault.Conflict : StorageFault.None;
        }
        catch (System.Data.Common.DbException exception)
        {
            return new StorageFaults().Classify(exception);
        }
    }

    public sealed class OnSqlite(SqliteStore store) : VerifiedEmailTests(store)
    {
        protected override IReadOnlyList<string> Undo =>
            [
                "drop trigger verified_email_inserted",
                "drop trigger verified_email_updated",
                "drop trigger verified_email_removed",
                "drop view stored_verified_email",
                "drop table verified_email",
            ];
    }

    public sealed class OnPostgreSql(PostgreSqlStore store) : VerifiedEmailTests(store)
    {
        protected override IReadOnlyList<string> Undo =>
            ["drop function verified_email_set cascade", "drop function verified_email_remove cascade", "drop table verified_email"];
    }
}
