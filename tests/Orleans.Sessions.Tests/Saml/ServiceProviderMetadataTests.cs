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
        var provider = Read($"\uFEFF<?xml version=\"1.0\"?>\n{s_entity}");
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
            );

        Assert.Equal(
            (2, EncryptionMethods.Aes256Gcm),
            Encryption(Read(wanted, Key("", 1), Key("use=\"encryption\"", 2, Gcm), Key("use=\"signing\"", 3)))
        );
        Assert.Equal((1, EncryptionMethods.Aes256Cbc), Encryption(Read(wanted, Key("", 1), Key("use=\"signing\"", 3))));
        var only128 = Gcm.Replace("aes256-gcm", "aes128-gcm", StringComparison.Ordinal);
        Assert.Equal((1, EncryptionMethods.Aes128Gcm), Encryption(Read(wanted, Key("", 1, only128))));
        Assert.Null(Read(wanted, Key("use=\"signing\"", 3)).Encryption);
        Assert.Null(Read(new ServiceProvider { Id = "app" }, Key("use=\"encryption\"", 2)).Encryption);
    }

    [Fact]
    public void The_entity_id_chooses_one_of_a_list_and_a_list_of_one_needs_none()
    {
        var other = s_entity.Replace("urn:app", "urn:other", StringComparison.Ordinal);
        var list = $"<EntitiesDescriptor {Space}>{s_entity}<EntitiesDescriptor>{other}</EntitiesDescriptor></EntitiesDescriptor>";

        Assert.Equal("urn:app", Read($"<EntitiesDescriptor {Space}>{s_entity}</EntitiesDescriptor>").EntityId);
        Assert.Equal("urn:other", Read(list, "urn:other").EntityId);
        Refuses(SessionErrors.ServiceProviderMetadataAmbiguous, list);
        Refuses(SessionErrors.ServiceProviderMetadataOfOthers, list, "urn:third");
        Refuses(SessionErrors.ServiceProviderMetadataOfOthers, s_entity, "urn:other");
    }

    [Fact]
    public void An_entity_in_a_place_that_a_signature_does_not_cover_is_not_in_a_list()
    {
        var forged = s_entity.Replace("urn:app", "urn:forged", StringComparison.Ordinal);
        var inKeys = $"<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><KeyInfo>{forged}</KeyInfo></Signature>";
        var list = $"<EntitiesDescriptor {Space}>{inKeys}{s_entity}</EntitiesDescriptor>";

        Refuses(SessionErrors.ServiceProviderMetadataOfOthers, list, "urn:forged");
        Assert.Equal("urn:app", Read(list).EntityId);
        Refuses(SessionErrors.ServiceProviderMetadataInvalid, $"<EntitiesDescriptor {Space}>{inKeys}</EntitiesDescriptor>");
    }

    [Fact]
    public void The_strongest_algorithm_that_both_sides_know_signs_and_sha_1_never_does()
    {
        const string Sha1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
        static string Named(string kind, params string[] names) =>
            string.Concat(
                names.Select(name => $"<a:{kind} xmlns:a=\"urn:oasis:names:tc:SAML:metadata:algsupport\" Algorithm=\"{name}\"/>")
            );
        ServiceProvider With(string ofEntity, string ofRole) =>
            Read(
                s_entity
                    .Replace("<SPSSODescriptor", $"<Extensions>{ofEntity}</Extensions><SPSSODescriptor", StringComparison.Ordinal)
                    .Replace("Signed=\"1\">", $"Signed=\"1\"><Extensions>{ofRole}</Extensions>", StringComparison.Ordinal)
            );

        var provider = With(
            Named("SigningMethod", Sha1, SigningAlgorithms.RsaSha256, SigningAlgorithms.RsaSha512, "urn:other")
                + Named("DigestMethod", SigningAlgorithms.Sha256, SigningAlgorithms.Sha384),
            ""
        );
        Assert.Equal((SigningAlgorithms.RsaSha512, SigningAlgorithms.Sha384), (provider.SignatureMethod, provider.DigestMethod));

        // What the role says goes before what the entity says.
        var ofEntity = Named("SigningMethod", SigningAlgorithms.RsaSha512);
        Assert.Equal(
            SigningAlgorithms.RsaSha384,
            With(ofEntity, Named("SigningMethod", SigningAlgorithms.RsaSha256, SigningAlgorithms.RsaSha384)).SignatureMethod
        );
        Assert.Null(With(ofEntity, Named("SigningMethod", Sha1)).SignatureMethod);
        Assert.Null(Read(s_entity).SignatureMethod);
        Assert.Null(Read(s_entity).DigestMethod);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<EntityDescriptor/>")]
    [InlineData("<EntitiesDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\"/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"urn:app\"/>")]
    public void Anything_else_is_not(string xml) => Refuses(SessionErrors.ServiceProviderMetadataInvalid, xml);

    [Fact]
    public void A_logo_and_many_elements_are_not_too_much_and_more_than_the_limit_is()
    {
        string With(string content) => s_entity.Replace("</EntityDescriptor>", $"{content}</EntityDescriptor>", StringComparison.Ordinal);

        Assert.Equal("urn:app", Read(With($"<Logo>data:image/png;base64,{new string('A', 400_000)}</Logo>")).EntityId);
        Assert.Equal("urn:app", Read(With(string.Concat(Enumerable.Repeat("<Service/>", 5000)))).EntityId);
        Refuses(SessionErrors.ServiceProviderMetadataInvalid, With(new string(' ', XmlLimits.Metadata.MaxCharacters)));
        Refuses(
            SessionErrors.ServiceProviderMetadataInvalid,
            With(string.Concat(Enumerable.Repeat("<a/>", XmlLimits.Metadata.MaxElements)))
        );
    }

    [Fact]
    public void An_address_for_artifacts_that_cannot_be_used_does_not_spoil_the_others()
    {
        var key = Key("use=\"signing\"", 1);
        string With(string location) =>
            s_entity
                .Replace("Signed=\"1\">", $"Signed=\"1\">{key}", StringComparison.Ordinal)
                .Replace(
                    "</SPSSODescriptor>",
                    $"<AssertionConsumerService Binding=\"{SamlBindingUris.Artifact}\" Location=\"{location}\" index=\"9\"/></SPSSODescriptor>",
                    StringComparison.Ordinal
                );

        Assert.Equal([7, 9], Read(With("https://app.example/artifact")).AssertionConsumers.Select(consumer => consumer.Index));
        Assert.Equal([7], Read(With("http://app.example/artifact")).AssertionConsumers.Select(consumer => consumer.Index));
    }

    [Fact]
    public void What_is_wrong_is_named()
    {
        Refuses(
            SessionErrors.ServiceProviderMetadataWithoutRole,
            "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"urn:app\"/>"
        );
        Refuses(SessionErrors.ServiceProviderMetadataWithoutRole, Changed(" urn:oasis:names:tc:SAML:2.0:protocol", ""));
        Refuses(SessionErrors.ServiceProviderMetadataIndexInvalid, Changed("index=\"7\"", "index=\"65536\""));
        Refuses(
            SessionErrors.ServiceProviderMetadataWithoutConsumer,
            Changed(
                "AssertionConsumerService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\"",
                "AssertionConsumerService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact\""
            )
        );
        foreach (var certificate in new[] { "%%%", "" })
        {
            const string Start = "<SingleLogoutService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:SOAP\"";
            var key =
                $"<KeyDescriptor><d:X509Certificate xmlns:d=\"http://www.w3.org/2000/09/xmldsig#\">{certificate}</d:X509Certificate></KeyDescriptor>";
            Refuses(SessionErrors.ServiceProviderMetadataCertificateUnreadable, Changed(Start, key + Start));
        }

        static string Changed(string text, string other)
        {
            Assert.Contains(text, s_entity, StringComparison.Ordinal);
            return s_entity.Replace(text, other, StringComparison.Ordinal);
        }
    }

    private static (byte Certificate, string Method) Encryption(ServiceProvider provider) =>
        (provider.Encryption!.Certificate.Single(), provider.Encryption.Method);

    private static string Key(string use, byte certificate, string methods = "") =>
        $"<KeyDescriptor {use}><d:KeyInfo xmlns:d=\"http://www.w3.org/2000/09/xmldsig#\"><d:X509Data><d:X509Certificate>{Convert.ToBase64String([certificate])}</d:X509Certificate></d:X509Data></d:KeyInfo>{methods}</KeyDescriptor>";

    private static ServiceProvider Read(string xml, string entityId = "") =>
        ServiceProviderMetadata.Read(new ServiceProvider { Id = "app", EntityId = entityId }, xml);

    private static void Refuses(SessionError error, string xml, string entityId = "") =>
        Assert.Equal(error, Assert.Throws<SessionException>(() => Read(xml, entityId)).Error);
}
