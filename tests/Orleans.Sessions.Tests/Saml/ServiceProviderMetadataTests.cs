using Orleans.Sessions.Saml;
using Orleans.Sessions.Saml.ServiceProviders;

namespace Orleans.Sessions.Tests.Saml;

/// <summary>What is understood of a service provider's metadata.</summary>
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
        Assert.Equal(new AssertionConsumer("https://app.example/acs", SamlBindingUris.Post, 7, IsDefault: true), Assert.Single(provider.AssertionConsumers));
        Assert.Equal(new LogoutEndpoint("https://app.example/slo", SamlBindingUris.Post, "https://app.example/slo/done"), Assert.Single(provider.LogoutEndpoints));
        Assert.Equal(NameIdFormats.Transient, Assert.Single(provider.NameIdFormats));
        Assert.True(provider.RequireSignedRequests);
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
        const string Broken = "<KeyDescriptor><d:X509Certificate xmlns:d=\"http://www.w3.org/2000/09/xmldsig#\">%%%</d:X509Certificate></KeyDescriptor>";
        Assert.Null(Read(s_entity.Replace("<SingleLogoutService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:SOAP\"", $"{Broken}<SingleLogoutService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:SOAP\"", StringComparison.Ordinal)));
    }

    private static ServiceProvider? Read(string xml) => ServiceProviderMetadata.Read(new ServiceProvider { Id = "app" }, xml);
}
