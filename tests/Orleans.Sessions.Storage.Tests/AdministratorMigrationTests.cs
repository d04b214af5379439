namespace Orleans.Sessions.Storage.Tests;

/// <summary>The list of users with roles is right also for users who were there before the list.</summary>
public abstract class AdministratorMigrationTests(TestStore store)
{
    [Fact]
    public async Task Users_from_before_the_list_are_in_it()
    {
        await using var service = new TestService(await store.CreateAsync());
        await service.Migrator.MigrateAsync(default);
        foreach (var trigger in new[] { "user_roles_inserted", "user_roles_changed" })
        {
            await service.RowsAsync($"drop trigger {trigger}{(store.Options.IsShared ? " on user_state" : "")}");
        }

        await service.RowsAsync("drop table user_with_roles");
        await service.RowsAsync("delete from schema_version where version = 1120");
        await service.RowsAsync("update function_revision set revision = revision - 1");
        await AdministratorDirectoryTests.WriteAsync(service, "1", AdministratorDirectoryTests.Roles);
        await AdministratorDirectoryTests.WriteAsync(service, "2", AdministratorDirectoryTests.None);

        await service.Migrator.MigrateAsync(default);
        await AdministratorDirectoryTests.WriteAsync(service, "3", AdministratorDirectoryTests.Roles);

        Assert.Equal(["1", "3"], await AdministratorDirectoryTests.FoundAsync(service));
    }

    public sealed class OnSqlite(SqliteStore store) : AdministratorMigrationTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : AdministratorMigrationTests(store);
}
