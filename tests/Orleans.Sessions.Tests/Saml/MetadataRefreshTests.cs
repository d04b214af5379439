using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Sessions.Saml;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Saml;

/// <summary>When metadata at an address are read again, and until when they count.</summary>
[Collection(nameof(StoredCluster))]
public sealed class MetadataRefreshTests(StoredCluster cluster)
{
    private const string Url = "https://wiki.example/metadata";

    private IServiceProvidersGrain Registry => cluster.Grains.GetGrain<IServiceProvidersGrain>(GrainKeys.SamlServiceProviders);

    [Fact]
    public async Task What_is_due_is_given_to_one_caller_and_a_failure_keeps_the_last_copy_until_its_end()
    {
        var id = NewName("sp");
        var now = cluster.Clock.GetUtcNow();
        var validUntil = $"validUntil=\"{now.AddMinutes(20):O}\" cacheDuration=\"PT1M\"";
        var created = await CreateAsync(id, validUntil);
        Assert.Equal(now.AddMinutes(15), created.MetadataCopy!.DueAt);
        Assert.Equal(now.AddMinutes(20), created.MetadataCopy.ValidUntil!.Value);
        Assert.False(await IsDueAsync(id));

        cluster.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.True(await IsDueAsync(id));
        Assert.False(await IsDueAsync(id));
        var failed = await Registry.RefreshAsync(Caller.InCluster, id, new MetadataFetch(Url, Xml: null, "it rains"));
        Assert.Equal(("it rains", now), (failed.MetadataCopy!.Fault, failed.MetadataCopy.FetchedAt));
        Assert.NotNull(await Registry.FindAsync($"urn:{id}"));

        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        await cluster.ForgetAsync();
        Assert.Null(await Registry.FindAsync($"urn:{id}"));

        var renewed = await Registry.RefreshAsync(Caller.InCluster, id, new MetadataFetch(Url, Metadata(id, "")));
        Assert.Null(renewed.MetadataCopy!.Fault);
        Assert.Null(renewed.MetadataCopy.ValidUntil);
        Assert.Equal(now.AddMinutes(20).AddHours(6), renewed.MetadataCopy.DueAt);
        Assert.Equal(created.ChangedAt, renewed.ChangedAt);
        Assert.NotNull(await Registry.FindAsync($"urn:{id}"));
    }

    [Fact]
    public async Task A_caller_gets_a_few_at_once_and_those_that_wait_longest_first()
    {
        var early = await CreateManyAsync(16);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        var late = await CreateManyAsync(20);
        cluster.Clock.Advance(TimeSpan.FromMinutes(15));

        var batches = await DueAsync();

        Assert.All(batches, batch => Assert.InRange(batch.Count, 1, 32));
        Assert.Empty(early.Except(batches[0]));
        var all = batches.SelectMany(batch => batch).ToList();
        Assert.Equal(all.Distinct().Count(), all.Count);
        Assert.Empty(late.Except(all));
        foreach (var id in early.Concat(late))
        {
            await Registry.DeleteAsync(Caller.InCluster, id);
        }
    }

    [Fact]
    public async Task What_was_read_at_an_earlier_address_is_not_taken_over()
    {
        var id = NewName("sp");
        var created = await CreateAsync(id, "");

        var other = Metadata(id, "").Replace("/acs", "/other", StringComparison.Ordinal);
        var same = await Registry.RefreshAsync(Caller.InCluster, id, new MetadataFetch("https://elsewhere.example/", other));
        Assert.Equal(created.AssertionConsumers.Single(), same.AssertionConsumers.Single());

        var changed = await Registry.RefreshAsync(Caller.InCluster, id, new MetadataFetch(Url, other));
        Assert.EndsWith("/other", changed.AssertionConsumers.Single().Location, StringComparison.Ordinal);
        var elsewhere = Metadata("another", "");
        var kept = await Registry.RefreshAsync(Caller.InCluster, id, new MetadataFetch(Url, elsewhere));
        Assert.Equal(changed.AssertionConsumers.Single(), kept.AssertionConsumers.Single());
        Assert.Equal(SessionErrors.ServiceProviderMetadataOfOthers.Text, kept.MetadataCopy!.Fault);
    }

    [Fact]
    public async Task Signed_metadata_of_an_earlier_time_do_not_come_back()
    {
        var (id, now, certificate) = (NewName("sp"), cluster.Clock.GetUtcNow(), NewCertificate());
        string ValidFor(int days) => Metadata(id, $"validUntil=\"{now.AddDays(days):O}\"");
        Task<ServiceProvider> RefreshAsync(string xml) =>
            Registry.RefreshAsync(Caller.InCluster, id, new MetadataFetch(Url, xml) { Pin = MetadataFetch.PinOf(certificate) });
        await CreateAsync(id, ValidFor(10), certificate);

        foreach (var older in new[] { ValidFor(9), Metadata(id, "") })
        {
            var kept = await RefreshAsync(older.Replace("/acs", "/old", StringComparison.Ordinal));
            Assert.Contains("older", kept.MetadataCopy!.Fault, StringComparison.Ordinal);
            Assert.EndsWith("/acs", kept.AssertionConsumers.Single().Location, StringComparison.Ordinal);
        }

        foreach (var newer in new[] { ValidFor(11), ValidFor(11) })
        {
            Assert.Null((await RefreshAsync(newer)).MetadataCopy!.Fault);
        }
    }

    [Fact]
    public async Task What_was_verified_with_an_earlier_certificate_is_not_taken_over()
    {
        var (id, earlier, certificate) = (NewName("sp"), NewCertificate(), NewCertificate());
        await CreateAsync(id, Metadata(id, ""), certificate);
        var other = Metadata(id, "").Replace("/acs", "/other", StringComparison.Ordinal);

        foreach (var pin in new[] { null, MetadataFetch.PinOf(earlier) })
        {
            var same = await Registry.RefreshAsync(Caller.InCluster, id, new MetadataFetch(Url, other) { Pin = pin });
            Assert.EndsWith("/acs", same.AssertionConsumers.Single().Location, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("validUntil=\"2020-01-01T00:00:00Z\"")]
    [InlineData("validUntil=\"soon\"")]
    public async Task Metadata_whose_validity_is_over_are_refused(string validity)
    {
        var refused = await Assert.ThrowsAsync<SessionException>(() => CreateAsync(NewName("sp"), validity));
        Assert.Equal(SessionErrors.ServiceProviderMetadataExpired, refused.Error);
    }

    private static string Metadata(string id, string validity) =>
        $"""
            <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:{id}" {validity}>
              <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
                <AssertionConsumerService Binding="{SamlBindingUris.Post}" Location="https://wiki.example/acs" index="0"/>
              </SPSSODescriptor>
            </EntityDescriptor>
            """;

    private static ImmutableArray<byte> NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=federation", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return [.. certificate.RawData];
    }

    private Task<ServiceProvider> CreateAsync(string id, string validity) => CreateAsync(id, Metadata(id, validity), certificate: null);

    private Task<ServiceProvider> CreateAsync(string id, string metadata, ImmutableArray<byte>? certificate) =>
        Registry.CreateAsync(
            Caller.InCluster,
            new ServiceProviderRegistration(
                new ServiceProvider
                {
                    Id = id,
                    MetadataUrl = Url,
                    MetadataCertificate = certificate,
                },
                metadata
            )
        );

    private async Task<List<string>> CreateManyAsync(int count)
    {
        var ids = Enumerable.Range(0, count).Select(_ => NewName("sp")).ToList();
        foreach (var id in ids)
        {
            await CreateAsync(id, "cacheDuration=\"PT1M\"");
        }

        return ids;
    }

    private async Task<bool> IsDueAsync(string id) => (await DueAsync()).Any(batch => batch.Contains(id));

    /// <summary>The ids of all that are due, as one caller after the other gets them.</summary>
    private async Task<List<HashSet<string>>> DueAsync()
    {
        var batches = new List<HashSet<string>>();
        while (await Registry.ClaimDueAsync() is { IsEmpty: false } due)
        {
            batches.Add([.. due.Select(provider => provider.Id)]);
        }

        return batches;
    }
}
