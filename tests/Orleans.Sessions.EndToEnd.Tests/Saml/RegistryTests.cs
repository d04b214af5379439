using System.Text.RegularExpressions;
using Orleans.Sessions.EndToEnd.Saml.Harness;

namespace Orleans.Sessions.EndToEnd.Saml;

/// <summary>The registration of service providers, by the API and by the configuration.</summary>
public sealed class RegistryTests(SqliteHost shared) : OwnHosts
{
    private const string Path = "/v2/saml/service_providers";
    private const string Key = "Sessions__Saml__ServiceProviders__0__";
    private const string Other = "Sessions__Saml__ServiceProviders__1__";

    [Fact]
    public async Task Service_providers_are_registered_read_changed_and_removed()
    {
        var admin = await shared.AdminAsync();
        using var provider = TestServiceProvider.New(admin);
        var body = new { id = "wiki", settings = new { name = "Wiki", metadata = provider.Metadata(signsRequests: true) } };
        (await admin.PostAsync(Path, body)).Expect(201);
        (await admin.PostAsync(Path, body)).Expect(201);
        var exists = new Failure(409, 6, "SAML-Sp002", "Service provider with this id or entity id already exists");
        (await admin.PostAsync(Path, new { id = "wiki", settings = new { name = "Other", metadata = provider.Metadata() } })).Expect(
            exists
        );
        (await admin.PostAsync(Path, new { id = "other", settings = new { metadata = provider.Metadata() } })).Expect(exists);

        var read = (await admin.GetAsync($"{Path}/wiki")).Expect(200);
        Assert.Equal(provider.EntityId, read.Text("serviceProvider.settings.entityId"));
        Assert.Equal(
            [TestServiceProvider.Consumer, TestServiceProvider.OtherConsumer, TestServiceProvider.ArtifactConsumer],
            read.Texts("serviceProvider.settings.assertionConsumerServices", "location")
        );
        Assert.Equal(2, read.Items("serviceProvider.settings.singleLogoutServices").Count);
        Assert.Single(read.Items("serviceProvider.settings.signingCertificates"));
        Assert.True(read["serviceProvider.settings.requireSignedRequests"]!.GetValue<bool>());

        var settings = new
        {
            name = "The wiki",
            entityId = "urn:wiki",
            assertionConsumerServices = new[] { new { location = "https://wiki.example/acs" } },
            minimumAcr = "aal2",
        };
        (await admin.PutAsync($"{Path}/wiki", new { settings })).Expect(200);
        read = (await admin.GetAsync($"{Path}/wiki")).Expect(200);
        Assert.Equal("The wiki", read.Text("serviceProvider.settings.name"));
        Assert.Equal(TestServiceProvider.PostBinding, read.Text("serviceProvider.settings.assertionConsumerServices.0.binding"));
        Assert.Contains("wiki", (await admin.GetAsync(Path)).Expect(200).Texts("serviceProviders", "id"));

        Assert.True((await admin.DeleteAsync($"{Path}/wiki")).Expect(200)["deleted"]!.GetValue<bool>());
        (await admin.DeleteAsync($"{Path}/wiki")).Expect(200);
        (await admin.GetAsync($"{Path}/wiki")).Expect(new Failure(404, 5, "SAML-Sp001", "Service provider could not be found"));
    }

    [Fact]
    public async Task Values_that_cannot_work_are_refused_and_the_field_is_named()
    {
        var admin = await shared.AdminAsync();
        var consumers = new[] { new { location = "https://app.example/acs" } };
        using var key = new SpKey();
        using var provider = TestServiceProvider.New(admin);
        (string Field, object Settings)[] bad =
        [
            ("assertionConsumerServices", new { entityId = "urn:a" }),
            ("entityId", new { assertionConsumerServices = consumers }),
            ("entityId", new { entityId = "urn:a b", assertionConsumerServices = consumers }),
            (
                "assertionConsumerServices.location",
                new { entityId = "urn:a", assertionConsumerServices = new[] { new { location = "javascript:alert(1)" } } }
            ),
            (
                "assertionConsumerServices.index",
                new
                {
                    entityId = "urn:a",
                    assertionConsumerServices = new[] { new { location = "https://app.example/acs", index = 65536 } },
                }
            ),
            (
                "assertionConsumerServices.binding",
                new
                {
                    entityId = "urn:a",
                    assertionConsumerServices = new[]
                    {
                        new { location = "https://app.example/acs", binding = "urn:oasis:names:tc:SAML:2.0:bindings:PAOS" },
                    },
                }
            ),
            (
                "assertionConsumerServices.binding",
                new
                {
                    entityId = "urn:a",
                    assertionConsumerServices = new[]
                    {
                        new { location = "https://app.example/acs", binding = TestServiceProvider.ArtifactBinding },
                    },
                }
            ),
            (
                "signingCertificates",
                new
                {
                    entityId = "urn:a",
                    assertionConsumerServices = consumers,
                    signingCertificates = new[] { "nonsense" },
                }
            ),
            (
                "requireSignedRequests",
                new
                {
                    entityId = "urn:a",
                    assertionConsumerServices = consumers,
                    requireSignedRequests = true,
                }
            ),
            (
                "minimumAcr",
                new
                {
                    entityId = "urn:a",
                    assertionConsumerServices = consumers,
                    minimumAcr = "aal9",
                }
            ),
            ("metadata", new { nameIdFormats = new[] { "urn:f" }, metadata = provider.Metadata() }),
            (
                "attributes",
                new
                {
                    metadata = provider.Metadata(),
                    attributes = new[]
                    {
                        new
                        {
                            name = "a",
                            source = "ATTRIBUTE_SOURCE_PROFILE",
                            key = "shoeSize",
                        },
                    },
                }
            ),
            (
                "attributes",
                new
                {
                    metadata = provider.Metadata(),
                    attributes = new[]
                    {
                        new
                        {
                            name = "a",
                            source = "ATTRIBUTE_SOURCE_FIXED",
                            key = "1",
                        },
                        new
                        {
                            name = "a",
                            source = "ATTRIBUTE_SOURCE_FIXED",
                            key = "2",
                        },
                    },
                }
            ),
            ("encryptAssertions", new { encryptAssertions = true, metadata = provider.Metadata() }),
            (
                "encryptAssertions",
                new
                {
                    encryptAssertions = true,
                    entityId = "urn:a",
                    assertionConsumerServices = consumers,
                }
            ),
            (
                "encryptAssertions",
                new
                {
                    encryptAssertions = true,
                    entityId = "urn:a",
                    assertionConsumerServices = consumers,
                    encryptionCertificate = "nonsense",
                }
            ),
            (
                "encryptAssertions",
                new
                {
                    encryptAssertions = true,
                    entityId = "urn:a",
                    assertionConsumerServices = consumers,
                    encryptionCertificate = key.CertificateBase64,
                    encryptionMethod = "http://www.w3.org/2001/04/xmlenc#tripledes-cbc",
                }
            ),
            (
                "encryptAssertions",
                new
                {
                    entityId = "urn:a",
                    assertionConsumerServices = consumers,
                    encryptionCertificate = key.CertificateBase64,
                }
            ),
        ];
        foreach (var (field, settings) in bad)
        {
            await RefusesAsync(field, new { settings });
        }

        foreach (var id in new[] { "white space", ".." })
        {
            await RefusesAsync("id", new { id, settings = new { metadata = provider.Metadata() } });
        }

        foreach (
            var metadata in new[]
            {
                "nonsense",
                "<a/>",
                provider.Metadata().Replace("SPSSODescriptor", "IDPSSODescriptor", StringComparison.Ordinal),
                provider
                    .Metadata()
                    .Replace("<md:EntityDescriptor", "<!DOCTYPE x [<!ENTITY a \"b\">]><md:EntityDescriptor", StringComparison.Ordinal),
            }
        )
        {
            Assert.Equal("SAML-Sp006", (await admin.PostAsync(Path, new { settings = new { metadata } })).Expect(400).Text("details.0.id"));
        }

        (string Rule, string EntityId, string Metadata)[] unfit =
        [
            ("do not describe the entity", "urn:other", provider.Metadata()),
            (
                "PAOS",
                "",
                Regex.Replace(
                    provider.Metadata(),
                    "(AssertionConsumerService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:)HTTP-(POST|Redirect|Artifact)",
                    "$1PAOS",
                    RegexOptions.None,
                    TimeSpan.FromSeconds(1)
                )
            ),
        ];
        foreach (var (rule, entityId, metadata) in unfit)
        {
            var refused = (await admin.PostAsync(Path, new { settings = new { entityId, metadata } })).Expect(400);
            Assert.Equal("SAML-Sp006", refused.Text("details.0.id"));
            Assert.Contains(rule, refused.Text("message"), StringComparison.Ordinal);
            Assert.Equal("metadata", refused.Text("details.1.fieldViolations.0.field"));
            Assert.Contains(rule, refused.Text("details.1.fieldViolations.0.description"), StringComparison.Ordinal);
        }

        var registered = (await admin.GetAsync(Path)).Expect(200).Body;
        Assert.DoesNotContain("urn:a\"", registered, StringComparison.Ordinal);
        Assert.DoesNotContain(provider.EntityId, registered, StringComparison.Ordinal);
        var manager = await admin.NewMachineAsync("IAM_USER_MANAGER");
        (await manager.Api.PostAsync(Path, new { settings = new { metadata = provider.Metadata() } })).Expect(Failures.NoPermission);
        (await manager.Api.GetAsync($"{Path}/unknown")).Expect(Failures.NoPermission);

        async Task RefusesAsync(string field, object body)
        {
            var refused = (await admin.PostAsync(Path, body)).Expect(400);
            Assert.Equal("SAML-Sp003", refused.Text("details.0.id"));
            Assert.StartsWith($"{field}: ", refused.Text("message"), StringComparison.Ordinal);
            Assert.StartsWith(field.Split('.')[0], refused.Text("details.1.fieldViolations.0.field"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Configured_service_providers_work_and_change_only_with_the_configuration()
    {
        var folder = NewFolder();
        var host = await StartAsync(HostSettings.Shared.With(Setting.DataPath, folder));
        using var provider = TestServiceProvider.New(Admin(host));
        var file = System.IO.Path.Combine(folder, "wiki.xml");
        await File.WriteAllTextAsync(file, provider.Metadata(), TestContext.Current.CancellationToken);
        await host.TerminateAsync();

        host = await StartAsync(
            HostSettings.Shared.With(Setting.DataPath, folder).With($"{Key}Id", "wiki").With($"{Key}MetadataPath", file)
        );
        var admin = Admin(host);
        var read = (await admin.GetAsync($"{Path}/wiki")).Expect(200);
        Assert.Equal(provider.EntityId, read.Text("serviceProvider.settings.entityId"));
        Assert.True(read["serviceProvider.configured"]!.GetValue<bool>());
        (await admin.DeleteAsync($"{Path}/wiki")).Expect(
            new Failure(
                400,
                9,
                "SAML-Sp004",
                "The configuration defines this service provider (Sessions:Saml:ServiceProviders): change it there"
            )
        );

        await host.TerminateAsync();
        host = await StartAsync(HostSettings.Shared.With(Setting.DataPath, folder));
        Assert.False((await Admin(host).GetAsync(Path)).Expect(200).Has("serviceProviders.0"));

        // The API now has it under another id.
        (await Admin(host).PostAsync(Path, new { id = "known", settings = new { metadata = provider.Metadata() } })).Expect(201);
        await host.TerminateAsync();
        host = Launch(HostSettings.Shared.With(Setting.DataPath, folder).With($"{Key}Id", "wiki").With($"{Key}MetadataPath", file));
        await host.WaitForExitAsync(TimeSpan.FromMinutes(3));
        Assert.NotEqual(0, host.ExitCode);
        Assert.Contains(
            $"Sessions:Saml:ServiceProviders:0: '{provider.EntityId}' is registered by the API as 'known'",
            host.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_wrong_configuration_ends_the_start_with_the_name_of_the_key()
    {
        foreach (
            var (settings, name) in new (Dictionary<string, string>, string)[]
            {
                (HostSettings.Shared.With($"{Key}Id", "wiki").With($"{Key}Metadata", "<nonsense/>"), "Sessions:Saml:ServiceProviders:0"),
                (
                    HostSettings.Shared.With($"{Key}Id", "wiki").With($"{Key}MetadataPath", "/does/not/exist.xml"),
                    "Sessions:Saml:ServiceProviders:0"
                ),
                (
                    HostSettings
                        .Shared.With($"{Key}Id", "wiki")
                        .With($"{Key}EntityId", "urn:wiki")
                        .With($"{Key}AssertionConsumers__0__Location", "https://wiki.example/acs")
                        .With($"{Other}Id", "other")
                        .With($"{Other}EntityId", "urn:wiki")
                        .With($"{Other}AssertionConsumers__0__Location", "https://wiki.example/acs"),
                    "'entity id urn:wiki' is there twice"
                ),
                (HostSettings.Shared.With("Sessions__Saml__Requests__Lifetime", "00:01:00"), "Sessions:Saml:Requests:Lifetime"),
            }
        )
        {
            var host = Launch(settings);
            await host.WaitForExitAsync(TimeSpan.FromMinutes(3));
            Assert.NotEqual(0, host.ExitCode);
            Assert.Contains(name, host.Output, StringComparison.Ordinal);
        }
    }
}
