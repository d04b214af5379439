namespace Orleans.Sessions.EndToEnd.Administration.Harness;

/// <summary>Two nodes of one cluster, which no other tests use: some calls change what the whole installation has.</summary>
public sealed class TwoNodes : OwnHosts
{
    private Api? _a;
    private Api? _b;

    /// <summary>The administrator as a caller of one node.</summary>
    public Api A => _a ?? throw new InvalidOperationException("The nodes have not started.");

    /// <summary>The administrator as a caller of the other node.</summary>
    public Api B => _b ?? throw new InvalidOperationException("The nodes have not started.");

    public override async ValueTask InitializeAsync()
    {
        var connectionString = await Databases.CreateAsync();
        _a = Admin(await StartAsync(HostSettings.Shared.OnPostgreSql(connectionString)));
        _b = _a.At(await JoinAsync(HostSettings.Shared.OnPostgreSql(connectionString)));
    }
}
