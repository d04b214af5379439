namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>
/// A PostgreSQL server for all tests that do not stop it. Each host gets a database of its own. The server starts when the first database
/// is needed and ends with the assembly, because this is an assembly fixture.
/// </summary>
public sealed class Databases : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgreSqlServer>> s_server = new(() => PostgreSqlServer.StartAsync());

    /// <summary>The connection string of a new database.</summary>
    public static async Task<string> CreateAsync() => await (await s_server.Value).CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        if (s_server.IsValueCreated)
        {
            await (await s_server.Value).DisposeAsync();
        }
    }
}
