using Orleans.Sessions.Directory;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>An installation keeps one owner who can act, whatever changes happen at the same time.</summary>
public abstract class InstanceOwnerTests(TestStore store)
{
    private const string Owner = "'roles':[{'roles':['IAM_OWNER','IAM_LOGIN_CLIENT']}]";
    private const string Token = "'accessTokens':[{'id':'1'}]";

    [Theory]
    [InlineData("{'state':4,'roles':[{'roles':['IAM_OWNER']}],'accessTokens':[{'id':'1'}]}")]
    [InlineData("{'state':2,'roles':[{'roles':['IAM_OWNER']}],'accessTokens':[{'id':'1'}]}")]
    [InlineData("{'state':3}")]
    [InlineData("{'state':1,'accessTokens':[{'id':'1'}]}")]
    [InlineData("{'state':1,'roles':[{'roles':['IAM_OWNER_VIEWER']}],'accessTokens':[{'id':'1'}]}")]
    [InlineData("{'state':1,'roles':[{'organizationId':'o','roles':['IAM_OWNER']}],'accessTokens':[{'id':'1'}]}")]
    [InlineData("{'state':1,'roles':[{'roles':['IAM_OWNER']}]}")]
    [InlineData("{'state':1,'roles':[{'roles':['IAM_OWNER']}],'webAuthnKeys':[{'id':'1','name':'@credential@:','pending':{}}]}")]
    public async Task The_last_owner_stays_one_and_can_act(string next)
    {
        await using var service = store.NewService();
        await using var other = store.NewService();
        await OwnerAsync(service, "1");
        await OwnerAsync(other, "2");

        Assert.Equal(StorageFault.LastOwner, await FaultAsync(() => WriteAsync(service, "1", next, 1)));
        Assert.Equal(["u-1|1"], await service.RowsAsync("select grain_key, version from grain_state where service_id = @service"));

        await OwnerAsync(service, "2");
        Assert.Equal(2, await WriteAsync(service, "1", next, 1));
        Assert.Equal(["u-2"], await OwnersAsync(service));
    }

    [Theory]
    [InlineData("'password':{}")]
    [InlineData("'links':[{'providerId':'p','externalId':'e'}]")]
    [InlineData("'accessTokens':[{'id':'1'}]")]
    [InlineData("'keys':[{'id':'1'}]")]
    [InlineData("'clientSecret':{}")]
    [InlineData("'webAuthnKeys':[{'id':'1','credential':{}}]")]
    public async Task Whoever_can_log_in_is_an_owner_who_can_act(string credential)
    {
        // An identity at a provider is linked to one user only.
        var another = credential.Replace("'e'", "'another'", StringComparison.Ordinal);
        await using var service = store.NewService();
        await WriteAsync(service, "1", $"{{'state':1,{Owner},{credential}}}");
        await WriteAsync(service, "2", $"{{'state':1,{another}}}");
        Assert.Equal(["u-1"], await OwnersAsync(service));

        await WriteAsync(service, "2", $"{{'state':1,{Owner},{another},'sequence':7}}", 1);
        Assert.Equal(["u-1", "u-2"], await OwnersAsync(service));
        Assert.Equal(3, await WriteAsync(service, "2", $"{{'state':1,{Owner},{another},'sequence':8}}", 2));
        Assert.Equal(["u-1", "u-2"], await OwnersAsync(service));
    }

    [Fact]
    public async Task Of_owners_who_take_each_others_role_away_at_the_same_time_one_is_left()
    {
        for (var round = 0; round < 5; round++)
        {
            await using var service = store.NewService();
            foreach (var id in Enumerable.Range(0, 8))
            {
                await OwnerAsync(service, $"{id}");
            }

            var faults = await Task.WhenAll(
                Enumerable.Range(0, 8).Select(id => Task.Run(() => FaultAsync(() => WriteAsync(service, $"{id}", "{'state':1}", 1))))
            );

            Assert.Single(faults, StorageFault.LastOwner);
            Assert.Equal(7, faults.Count(fault => fault == StorageFault.None));
            Assert.Single(await OwnersAsync(service));
        }
    }

    [Fact]
    public async Task A_row_that_goes_takes_the_owner_along()
    {
        await using var service = store.NewService();
        await OwnerAsync(service, "1");
        await service.DeleteAsync("user", "u-1", version: 1);
        Assert.Empty(await OwnersAsync(service));
    }

    [Fact]
    public async Task Who_was_an_owner_before_the_upgrade_is_one_after_it()
    {
        await using var service = new TestService(await store.CreateAsync());
        await service.Migrator.MigrateAsync(default);
        await OwnerAsync(service, "1");
        await WriteAsync(service, "2", "{'state':1}");
        foreach (var statement in Undo)
        {
            await service.RowsAsync(statement);
        }

        await service.RowsAsync("delete from schema_version where version = 140");
        await service.Migrator.MigrateAsync(default);

        Assert.Equal(["u-1"], await OwnersAsync(service));
    }

    /// <summary>The statements that undo the migration.</summary>
    protected abstract IReadOnlyList<string> Undo { get; }

    private static Task<int?> OwnerAsync(TestService service, string id) => WriteAsync(service, id, $"{{'state':1,{Owner},{Token}}}");

    /// <summary>
    /// Writes a user with additional JSON. In the JSON, ' stands for a quotation mark and @ for a quotation mark inside a text.
    /// </summary>
    private static Task<int?> WriteAsync(TestService service, string id, string json, int? version = null) =>
        service.WriteAsync(
            "user",
            $"u-{id}",
            $"{{'id':'{id}',{json[1..]}".Replace('\'', '"').Replace("@", "\\\"", StringComparison.Ordinal),
            version
        );

    private static Task<List<string>> OwnersAsync(TestService service) =>
        service.RowsAsync("select grain_key from instance_owner where service_id = @service order by grain_key");

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

    public sealed class OnSqlite(SqliteStore store) : InstanceOwnerTests(store)
    {
        protected override IReadOnlyList<string> Undo =>
            [
                "drop trigger instance_owner_inserted",
                "drop trigger instance_owner_updated",
                "drop trigger instance_owner_removed",
                "drop view stored_owner",
                "drop table instance_owner",
            ];
    }

    public sealed class OnPostgreSql(PostgreSqlStore store) : InstanceOwnerTests(store)
    {
        protected override IReadOnlyList<string> Undo =>
            [
                "drop function instance_owner_set cascade",
                "drop function instance_owner_remove cascade",
                "drop function is_instance_owner",
                "drop table instance_owner",
            ];
    }
}
