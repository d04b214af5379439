using System.Collections.Immutable;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Tests.Organizations.Harness;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Organizations;

[Collection(nameof(OrganizationCluster))]
public sealed class OrganizationMetadataTests(OrganizationCluster cluster)
{
    private static readonly Caller s_all = Caller.InCluster;

    [Fact]
    public async Task Entries_have_dates_and_stay_when_others_change()
    {
        var id = await cluster.NewOrganizationAsync();
        var begun = cluster.Clock.GetUtcNow();
        await cluster.Organization(id).SetMetadataAsync(s_all, Entries(("b", 1), ("a", 2)));
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));

        await cluster.Organization(id).SetMetadataAsync(s_all, Entries(("b", 3), ("a", 2)));

        var found = await cluster.Organization(id).ListMetadataAsync(s_all);
        Assert.Equal(["a", "b"], found.Select(entry => entry.Key));
        Assert.Equal([begun, begun], found.Select(entry => entry.CreatedAt));
        Assert.Equal([begun, cluster.Clock.GetUtcNow()], found.Select(entry => entry.ChangedAt));
        Assert.Equal([2, 3], found.Select(entry => (int)entry.Value.Single()));
        Assert.Equal(["a", "b", "b"], Told(id));
    }

    [Fact]
    public async Task Keys_are_removed_all_or_none()
    {
        var id = await cluster.NewOrganizationAsync();
        await cluster.Organization(id).SetMetadataAsync(s_all, Entries(("a", 1), ("b", 2)));

        await FailsAsync(SessionErrors.MetadataKeyNotFound, () => cluster.Organization(id).DeleteMetadataAsync(s_all, ["a", "c"]));
        Assert.Equal(2, (await cluster.Organization(id).ListMetadataAsync(s_all)).Length);

        await cluster.Organization(id).DeleteMetadataAsync(s_all, ["a", "b"]);
        Assert.Empty(await cluster.Organization(id).ListMetadataAsync(s_all));
        await FailsAsync(SessionErrors.MetadataKeyNotFound, () => cluster.Organization(id).DeleteMetadataAsync(s_all, ["a"]));
    }

    [Fact]
    public async Task Changes_at_once_lose_nothing()
    {
        var id = await cluster.NewOrganizationAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => cluster.Organization(id).SetMetadataAsync(s_all, Entries(($"{i:D2}", 1)))));

        Assert.Equal(20, (await cluster.Organization(id).ListMetadataAsync(s_all)).Length);
    }

    [Fact]
    public async Task Empty_too_large_and_nobodys_metadata_is_refused()
    {
        var id = await cluster.NewOrganizationAsync();
        var many = Enumerable.Range(0, 101).Select(i => ($"{i}", (byte)1)).ToArray();
        var large = ImmutableDictionary<string, ImmutableArray<byte>>.Empty.Add("a", [.. new byte[64 * 1024]]);

        await FailsAsync(SessionErrors.MetadataTooLarge, () => cluster.Organization(id).SetMetadataAsync(s_all, Entries(many)));
        await FailsAsync(SessionErrors.MetadataTooLarge, () => cluster.Organization(id).SetMetadataAsync(s_all, large));
        await FailsAsync(SessionErrors.MetadataInvalid, () => cluster.Organization(id).SetMetadataAsync(s_all, large.SetItem("a", [])));
        await FailsAsync(SessionErrors.OrganizationNotFound, () => cluster.Organization("4711").SetMetadataAsync(s_all, Entries(("a", 1))));
        Assert.Empty(await cluster.Organization(id).ListMetadataAsync(s_all));
    }

    private static ImmutableDictionary<string, ImmutableArray<byte>> Entries(params (string Key, byte Value)[] entries) =>
        entries.ToImmutableDictionary(entry => entry.Key, entry => ImmutableArray.Create(entry.Value));

    private string?[] Told(string id) =>
        [
            .. cluster
                .Store.Audit.Where(row => row.Kind == AuditKinds.OrganizationMetadataChanged.Name && row.TargetId == id)
                .Select(row => row.Detail),
        ];
}
