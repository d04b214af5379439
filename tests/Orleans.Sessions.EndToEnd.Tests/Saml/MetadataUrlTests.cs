using System.Text;
using System.Xml.Linq;
using Orleans.Sessions.EndToEnd.Saml.Harness;

namespace Orleans.Sessions.EndToEnd.Saml;

/// <summary>Service providers that are registered by the address of their metadata.</summary>
public sealed class MetadataUrlTests(SqliteHost host) : ContractTests(host)
{
    private const string Path = "/v2/saml/service_providers";

    [Fact]
    public async Task Metadata_at_an_address_are_read_again_on_demand_and_a_failure_keeps_the_last_ones()
    {
        await using var site = new MetadataSite();
        using var provider = TestServiceProvider.New(Admin);
        site.Body = provider.Metadata();

        var created = (await Admin.PostAsync(Path, new { settings = new { name = "Wiki", metadataUrl = site.Address } })).Expect(201);

        var id = created.Text("serviceProvider.id");
        Assert.Equal(provider.EntityId, created.Text("serviceProvider.settings.entityId"));
        Assert.Equal(site.Address, created.Text("serviceProvider.settings.metadataUrl"));
        Assert.True(created.Date("serviceProvider.metadataRefreshDate") > created.Date("serviceProvider.metadataDate"));
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        Assert.Equal(human.Email, (await provider.SignInAsync(session)).NameId);

        (int Status, string Body, string Reason)[] bad =
        [
            (404, provider.Metadata(), "404"),
            (302, provider.Metadata(), "302"),
            (200, "nonsense", "EntityDescriptor"),
            (200, provider.Metadata().PadRight(1024 * 1024 + 1), "1 MiB"),
            (200, provider.Metadata().Replace(provider.EntityId, "urn:other", StringComparison.Ordinal), "entity"),
            (
                200,
                provider.Metadata().Replace("entityID=", "validUntil=\"2020-01-01T00:00:00Z\" entityID=", StringComparison.Ordinal),
                "validUntil"
            ),
        ];
        foreach (var (status, body, reason) in bad)
        {
            (site.Status, site.Body) = (status, body);
            var refused = (await Admin.PostAsync($"{Path}/{id}/refresh")).Expect(400);
            Assert.Equal("SAML-Sp007", refused.Text("details.0.id"));
            Assert.Contains(reason, refused.Text("message"), StringComparison.Ordinal);
            var kept = (await Admin.GetAsync($"{Path}/{id}")).Expect(200);
            Assert.Contains(reason, kept.Text("serviceProvider.metadataFault"), StringComparison.Ordinal);
        }

        (site.Status, site.Body) = (404, provider.Metadata());
        var german = (await Admin.With("Accept-Language", "de").PostAsync($"{Path}/{id}/refresh")).Expect(400);
        Assert.StartsWith("Die Metadaten unter metadataUrl sind nicht brauchbar: ", german.Text("message"), StringComparison.Ordinal);

        Assert.Equal(human.Email, (await provider.SignInAsync(session)).NameId);

        (site.Status, site.Body) = (200, provider.Metadata().Replace("/acs/redirect", "/acs/moved", StringComparison.Ordinal));
        var renewed = (await Admin.PostAsync($"{Path}/{id}/refresh")).Expect(200);
        Assert.Contains("https://app.example/acs/moved", renewed.Texts("serviceProvider.settings.assertionConsumerServices", "location"));
        Assert.False(renewed.Has("serviceProvider.metadataFault"));
        Assert.Equal("Wiki", renewed.Text("serviceProvider.settings.name"));
    }

    [Fact]
    public async Task With_a_certificate_only_metadata_that_its_key_has_signed_are_taken()
    {
        await using var site = new MetadataSite();
        using var provider = TestServiceProvider.New(Admin);
        using var stranger = new SpKey();
        var metadata = XElement.Parse(provider.Metadata().TrimStart());
        metadata.SetAttributeValue("ID", "_metadata");
        var certificate = metadata.Descendants(XName.Get("X509Certificate", "http://www.w3.org/2000/09/xmldsig#")).Single().Value;
        var signed = Encoding.UTF8.GetString(Convert.FromBase64String(provider.Field(metadata)));
        object Settings(string pinned) => new { settings = new { metadataUrl = site.Address, metadataCertificate = pinned } };

        (string Body, string Certificate)[] bad =
        [
            (provider.Metadata(), certificate),
            (signed, stranger.CertificateBase64),
            (signed.Replace("/acs/redirect", "/acs/moved", StringComparison.Ordinal), certificate),
        ];
        foreach (var (body, pinned) in bad)
        {
            site.Body = body;
            var refused = (await Admin.PostAsync(Path, Settings(pinned))).Expect(400);
            Assert.Equal("SAML-Sp007", refused.Text("details.0.id"));
            Assert.Contains("sign", refused.Text("message"), StringComparison.Ordinal);
        }

        site.Body = signed;
        var id = (await Admin.PostAsync(Path, Settings(certificate))).Expect(201).Text("serviceProvider.id");
        site.Body = provider.Metadata();
        (await Admin.PostAsync($"{Path}/{id}/refresh")).Expect(400);
        site.Body = signed;
        (await Admin.PostAsync($"{Path}/{id}/refresh")).Expect(200);
    }

    [Fact]
    public async Task The_entity_id_chooses_an_entity_of_an_aggregate()
    {
        await using var site = new MetadataSite();
        using var provider = TestServiceProvider.New(Admin);
        using var other = TestServiceProvider.New(Admin);
        var entities = new[] { provider, other }.Select(one => XElement.Parse(one.Metadata().TrimStart()));
        site.Body = new XElement(XName.Get("EntitiesDescriptor", "urn:oasis:names:tc:SAML:2.0:metadata"), entities).ToString();

        (await Admin.PostAsync(Path, new { settings = new { metadataUrl = site.Address } })).Expect(400);
        var settings = new { entityId = other.EntityId, metadataUrl = site.Address };
        var created = (await Admin.PostAsync(Path, new { settings })).Expect(201);

        Assert.Equal(other.EntityId, created.Text("serviceProvider.settings.entityId"));
        (await Admin.PostAsync($"{Path}/{created.Text("serviceProvider.id")}/refresh")).Expect(200);
    }

    [Fact]
    public async Task The_metadata_of_this_service_itself_describe_no_service_provider()
    {
        var own = new Uri(Admin.Host.Address, "/saml/v2/metadata").AbsoluteUri;

        var refused = (await Admin.PostAsync(Path, new { settings = new { metadataUrl = own } })).Expect(400);

        Assert.Contains("SPSSODescriptor", refused.Text("message"), StringComparison.Ordinal);
        Assert.DoesNotContain(own, (await Admin.GetAsync(Path)).Expect(200).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_that_must_not_be_called_are_refused_and_strangers_make_nobody_call()
    {
        await using var site = new MetadataSite();
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        using var key = new SpKey();
        (string Id, object Settings)[] bad =
        [
            ("SAML-Sp003", new { metadataUrl = "javascript:alert(1)" }),
            ("SAML-Sp003", new { metadataUrl = "/metadata" }),
            ("SAML-Sp003", new { metadataUrl = site.Address, metadata = provider.Metadata() }),
            ("SAML-Sp003", new { metadataUrl = site.Address, metadataCertificate = "nonsense" }),
            ("SAML-Sp003", new { metadata = provider.Metadata(), metadataCertificate = key.CertificateBase64 }),
            ("SAML-Sp007", new { metadataUrl = "https://10.0.0.1/metadata" }),
            ("SAML-Sp007", new { metadataUrl = "https://169.254.169.254/latest" }),
            ("SAML-Sp007", new { metadataUrl = "http://app.example/metadata" }),
        ];
        foreach (var (id, settings) in bad)
        {
            Assert.Equal(id, (await Admin.PostAsync(Path, new { settings })).Expect(400).Text("details.0.id"));
        }

        var withoutAddress = (await Admin.PostAsync($"{Path}/{provider.Id}/refresh")).Expect(400);
        Assert.Equal("SAML-Sp008", withoutAddress.Text("details.0.id"));
        (await Admin.PostAsync($"{Path}/unknown/refresh")).Expect(404);
        var manager = await Admin.NewMachineAsync("IAM_USER_MANAGER");
        (await manager.Api.PostAsync(Path, new { settings = new { metadataUrl = site.Address } })).Expect(Failures.NoPermission);
        (await manager.Api.PostAsync($"{Path}/{provider.Id}/refresh")).Expect(Failures.NoPermission);
        Assert.Equal(0, site.Visits);
    }
}
