using Orleans.Sessions.EndToEnd.Harness;

[assembly: AssemblyFixture(typeof(Databases))]
[assembly: AssemblyFixture(typeof(SqliteHost))]
[assembly: AssemblyFixture(typeof(PostgreSqlHost))]

namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>Tests of the contract, which does not depend on the storage. A subclass for each kind of host runs them.</summary>
public abstract class ContractTests(SharedHost host) : IAsyncLifetime
{
    private Api? _admin;

    /// <summary>The administrator, who is also a login client.</summary>
    protected Api Admin => _admin ?? throw new InvalidOperationException("The host has not started.");

    public async ValueTask InitializeAsync() => _admin = await host.AdminAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (_admin is { } admin)
        {
            await admin.RemoveProvidersAsync();
        }

        GC.SuppressFinalize(this);
    }
}
