using Orleans.Sessions.Saml;
using Orleans.Sessions.Saml.ServiceProviders;

namespace Orleans.Sessions.Tests.Saml;

/// <summary>The parts of a service provider's metadata that are understood.</summary>
public sealed class ServiceProviderMetadataTests
{
    private const string Space = "xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\"";
    private const string Role = """
        <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:1.1:protocol urn:oasis:names:tc:SAML:2.0:protocol" AuthnRequestsSigned="1">
          <SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:SOAP" Location="https://app.example/soap"/>
          <SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://app.example/slo" ResponseLocation="https://app.example/slo/done"/>
          <NameIDFormat> urn:oasis:names:tc:SAML:2.0:nameid-format:transient </NameIDFormat>
          <AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://app.example/acs" index="7" isDefault="true"/>
          <AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:PAOS" Location="https://app.example/ecp" index="8"/>
        </SPSSODescriptor>
        """;

    private static readonly string s_entity = $"<EntityDescriptor {Space} entityID=\"urn:app\">{Role}</EntityDescriptor>";

    [Fact]
    public void Endpoints_of_known_bindings_and_the_wishes_are_understood()
    {
        var provider = Read($"\uFEFF<?xml version=\"1.0\"?>\n{s_entity}")!;
        Assert.Equal("urn:app", provider.EntityId);
        Assert.Equal(
            new AssertionConsumer("https://app.example/acs", SamlBindingUris.Post, 7, IsDefault: true),
            Assert.Single(provider.AssertionConsumers)
        );
        Assert.Equal(
            new LogoutEndpoint("https://app.example/slo", SamlBindingUris.Post, "https://app.example/slo/done"),
            Assert.Single(provider.LogoutEndpoints)
        );
        Assert.Equal(NameIdFormats.Transient, Assert.Single(provider.NameIdFormats));
        Assert.True(provider.RequireSignedRequests);
    }

    [Fact]
    public void The_key_for_encryption_is_the_one_that_is_meant_for_it_and_only_if_it_is_wanted()
    {
        const string Gcm =
            "<EncryptionMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#aes128-cbc\"/><EncryptionMethod Algorithm=\"http://www.w3.org/2009/xmlenc11#aes256-gcm\"/>";
        var wanted = new ServiceProvider { Id = "app", EncryptAssertions = true };
        ServiceProvider Read(ServiceProvider settings, params string[] keys) =>
            ServiceProviderMetadata.Read(
                settings,
                s_entity.Replace("AuthnRequestsSigned=\"1\">", $"AuthnRequestsSigned=\"1\">{string.Concat(keys)}", StringComparison.Ordinal)
            )!;

        Assert.Equal(
            (2, EncryptionMethods.Aes256Gcm),
            Encryption(Read(wanted, Key("", 1), Key("use=\"encryption\"", 2, Gcm), Key("use=\"signing\"", 3)))
        );
        Assert.Equal((1, EncryptionMethods.Aes256Cbc), Encryption(Read(wanted, Key("", 1), Key("use=\"signing\"", 3))));
        Assert.Null(Read(wanted, Key("use=\"signing\"", 3)).Encryption);
        Assert.Null(Read(new ServiceProvider { Id = "app" }, Key("use=\"encryption\"", 2)).Encryption);
    }

    [Fact]
    public void A_list_of_one_is_understood_and_a_longer_one_is_not()
    {
        Assert.Equal("urn:app", Read($"<EntitiesDescriptor {Space}>{s_entity}</EntitiesDescriptor>")?.EntityId);
        Assert.Null(Read($"<EntitiesDescriptor {Space}>{s_entity}{s_entity}</EntitiesDescriptor>"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<EntityDescriptor/>")]
    [InlineData("<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"urn:app\"/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"urn:app\"/>")]
    public void Anything_else_is_not(string xml) => Assert.Null(Read(xml));

    [Fact]
    public void Metadata_of_another_protocol_or_with_a_broken_certificate_are_not()
    {
        Assert.Null(Read(s_entity.Replace(" urn:oasis:names:tc:SAML:2.0:protocol", "", StringComparison.Ordinal)));
        const string Broken =
            "<KeyDescriptor><d:X509Certificate xmlns:d=\"http://www.w3.org/2000/09/xmldsig#\">%%%</d:X509Certificate></KeyDescriptor>";
        Assert.Null(
            Read(
                s_entity.Replace(
                    "<SingleLogoutService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:SOAP\"",
                    $"{Broken}<SingleLogoutService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:SOAP\"",
                    StringComparison.Ordinal
                )
            )
        );
    }

    private static (byte Certificate, string Method) Encryption(ServiceProvider provider) =>
        (provider.Encryption!.Certificate.Single(), provider.Encryption.Method);

    private static string Key(string use, byte certificate, string methods = "") =>
        $"<KeyDescriptor {use}><d:KeyInfo xmlns:d=\"http://www.w3.org/2000/09/xmldsig#\"><d:X509Data><d:X509Certificate>{Convert.ToBase64String([certificate])}</d:X509Certificate></d:X509Data></d:KeyInfo>{methods}</KeyDescriptor>";

    private static ServiceProvider? Read(string xml) => ServiceProviderMetadata.Read(new ServiceProvider { Id = "app" }, xml);
}
