using System.Collections.Immutable;
using System.Text;
using System.Xml;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Gateway.Tests.Saml.Harness;

namespace Orleans.Sessions.Gateway.Tests.Saml;

/// <summary>Artifacts, and the messages between servers.</summary>
public sealed class SoapMessageTests
{
    private const string EntityId = "https://idp/saml/v2/metadata";

    [Fact]
    public void An_artifact_has_the_format_of_type_4_and_only_its_identity_provider_reads_it()
    {
        var (text, handle) = SamlArtifact.New(EntityId);

        var bytes = Convert.FromBase64String(text);
        Assert.Equal("00040000", Convert.ToHexString(bytes.AsSpan(0, 4)));
        Assert.Equal(44, bytes.Length);
        Assert.Equal(handle, bytes[24..]);
        Assert.Equal(handle, SamlArtifact.HandleOf(text, EntityId));
        Assert.NotEqual(text, SamlArtifact.New(EntityId).Text);
        Assert.Null(SamlArtifact.HandleOf(text, "https://other/saml/v2/metadata"));
        foreach (var other in new[] { "", text[..56], text + text, "%" + text[1..], new string('A', 60) })
        {
            Assert.Null(SamlArtifact.HandleOf(other, EntityId));
        }
    }

    [Fact]
    public void The_message_of_an_envelope_is_the_one_that_is_verified()
    {
        var signed = Messages.Signed(Messages.LogoutRequest()).OuterXml;

        var message = Read(Envelope(signed))!;

        Assert.True(message.IsSigned);
        Assert.True(message.IsSignedBy([Messages.Key]));
        Assert.False(Read(Envelope(signed.Replace("minnie", "mickey", StringComparison.Ordinal)))!.IsSignedBy([Messages.Key]));

        // A signed message inside of another one does not sign the other one.
        const string End = "</samlp:LogoutRequest>";
        var outer = signed.Replace("_l1", "_l2", StringComparison.Ordinal).Replace(End, $"{signed}{End}", StringComparison.Ordinal);
        Assert.False(Read(Envelope(outer))!.IsSignedBy([Messages.Key]));
        Assert.Null(Read(Envelope("")));
        Assert.Null(Read(Envelope("<a/><b/>")));
        Assert.Null(Read(signed));
    }

    [Fact]
    public void A_query_for_attributes_gets_the_named_ones_with_the_named_values()
    {
        ImmutableArray<SamlAttribute> released =
        [
            new("Email", ["minnie@example.com"]),
            new("urn:oid:2.5.4.4", ["Mouse", "Duck"], SamlNames.Uri, "sn"),
        ];
        string Asked(string attributes) =>
            string.Join(' ', Query(attributes)!.Of(released).Select(attribute => $"{attribute.Name}={string.Join(',', attribute.Values)}"));

        Assert.Equal("Email=minnie@example.com urn:oid:2.5.4.4=Mouse,Duck", Asked(""));
        Assert.Equal("Email=minnie@example.com", Asked("<saml:Attribute Name=\"Email\"/><saml:Attribute Name=\"x\"/>"));
        Assert.Equal("", Asked($"<saml:Attribute Name=\"Email\" NameFormat=\"{SamlNames.Uri}\"/>"));
        Assert.Equal("Email=minnie@example.com", Asked($"<saml:Attribute Name=\"Email\" NameFormat=\"{SamlNames.UnspecifiedName}\"/>"));
        const string Duck = "<saml:AttributeValue>Duck</saml:AttributeValue>";
        Assert.Equal("urn:oid:2.5.4.4=Duck", Asked($"<saml:Attribute Name=\"urn:oid:2.5.4.4\">{Duck}</saml:Attribute>"));
        Assert.Null(Query("<saml:Attribute/>"));
        Assert.Null(Query("<saml:Attribute Name=\"a\"><saml:AttributeValue><b/></saml:AttributeValue></saml:Attribute>"));
        Assert.Null(Query(string.Concat(Enumerable.Repeat("<saml:Attribute Name=\"a\"/>", 101))));
        Assert.Null(Query("", nameId: "<saml:NameID SPNameQualifier=\"https://other\">minnie</saml:NameID>"));
    }

    [Fact]
    public void The_answer_behind_an_artifact_keeps_its_own_signature()
    {
        var answer = SamlResponses.Failure(
            EntityId,
            "https://sp.example/acs",
            "_r1",
            SamlNames.Responder,
            SamlNames.AuthnFailed,
            message: null,
            DateTimeOffset.UnixEpoch,
            Messages.Signer
        );

        var response = Messages.Document(
            SamlResponses.Artifact(EntityId, "_a1", answer, DateTimeOffset.UnixEpoch, Messages.Signer).OuterXml
        );

        var root = response.DocumentElement!;
        Assert.True(SamlSignatures.IsSignedBy(root, [Messages.Key]));
        Assert.True(SamlSignatures.IsSignedBy(SamlXml.Child(root, "Response", SamlNames.Protocol)!, [Messages.Key]));
        Assert.Equal(["Issuer", "Signature", "Status", "Response"], root.ChildNodes.OfType<XmlElement>().Select(child => child.LocalName));
    }

    private static AttributeQueryMessage? Query(string attributes, string nameId = "<saml:NameID>minnie</saml:NameID>") =>
        AttributeQueryMessage.Read(
            Read(
                Envelope(
                    Messages
                        .AuthnRequest(content: $"<saml:Subject>{nameId}</saml:Subject>{attributes}")
                        .Replace("AuthnRequest", "AttributeQuery", StringComparison.Ordinal)
                )
            )!
        );

    private static string Envelope(string body) =>
        $"<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Header/><s:Body>{body}</s:Body></s:Envelope>";

    private static SamlMessage? Read(string envelope) => SamlMessage.ReadSoap(Encoding.UTF8.GetBytes(envelope));
}
