namespace Orleans.Sessions.EndToEnd.Oidc.Harness;

/// <summary>A host at which applications can watch whether the person is still signed in. The tests of a class share it.</summary>
public sealed class WatchingHost : OwnHosts
{
    private Api? _api;

    /// <summary>The administrator.</summary>
    public Api Api => _api!;

    public override async ValueTask InitializeAsync() =>
        _api = Admin(await StartAsync(HostSettings.Shared.With("Sessions__Oidc__SessionManagement", "true")));
}
