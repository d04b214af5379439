using System.Text;
using System.Xml.Linq;
using Orleans.Sessions.Fuzz.Contract;
using Orleans.Sessions.Fuzz.Generation;
using Orleans.Sessions.Fuzz.Wire;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Grammar;

/// <summary>
/// Makes requests of SAML's service providers: messages in both bindings, with faults in their XML, their encoding and their parameters.
/// </summary>
public sealed class SamlGrammar(Dice dice, Things things, string entityId, string origin)
{
    private static readonly string[] s_attributes =
    [
        "ID",
        "Version",
        "IssueInstant",
        "Destination",
        "AssertionConsumerServiceURL",
        "AssertionConsumerServiceIndex",
        "ProtocolBinding",
        "ForceAuthn",
        "IsPassive",
        "Consent",
        "NotOnOrAfter",
        "Reason",
        "InResponseTo",
    ];

    private static readonly string[] s_values =
    [
        "",
        "true",
        "1",
        "maybe",
        "65536",
        "-1",
        "1.0",
        "2.1",
        "2001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "not a time",
        $"https://{Texts.Evil}/acs",
        "javascript:alert(1)",
        "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact",
        "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
        "_1",
        "1",
        "a b",
        "\u202E",
        "١",
    ];

    /// <summary>A request to one of the endpoints.</summary>
    public FuzzRequest Make()
    {
        if (dice.Chance(0.08))
        {
            return new Form([("certificate", dice.Name("x"))])
                .Spoil(dice)
                .Get(Surface.Saml, dice.Pick(["/saml/v2/metadata", "/saml/v2/certificate", "/saml/v2/attribute", "/saml/v2/login"]));
        }

        if (dice.Chance(0.15))
        {
            return Soap();
        }

        var message = dice.Below(3) switch
        {
            0 => SamlMessages.AuthnRequest(dice, Issuer(), origin),
            1 => SamlMessages.LogoutRequest(
                dice,
                Issuer(),
                origin,
                things.Pick(dice, Thing.LoginName) ?? "somebody",
                dice.Chance(0.5) ? dice.Name("s") : null
            ),
            _ => SamlMessages.LogoutResponse(dice, Issuer(), origin),
        };
        for (var times = dice.Pick([0, 1, 1, 2]); times > 0; times--)
        {
            SpoilTree(message);
        }

        var xml = dice.Chance(0.3) ? SpoilText(SamlMessages.Text(message)) : SamlMessages.Text(message);
        var isPost = dice.Chance(0.5);
        List<(string, string)> fields =
        [
            (dice.Pick(["SAMLRequest", "SAMLRequest", "SAMLRequest", "SAMLResponse"]), Pack(xml, isPost)),
            ("RelayState", dice.Chance(0.7) ? "state" : Texts.Hostile(dice)),
        ];
        if (dice.Chance(0.3))
        {
            fields.Add(
                (
                    "SigAlg",
                    dice.Pick(["http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2000/09/xmldsig#rsa-sha1", "x"])
                )
            );
            fields.Add(("Signature", Convert.ToBase64String(dice.Bytes(dice.Pick([0, 3, 256])))));
        }

        var form = dice.Chance(0.4) ? new Form(fields).Spoil(dice) : new Form(fields);
        return form.Send(dice, Surface.Saml, dice.Pick([SamlMessages.SignOnPath, SamlMessages.LogoutPath]), isPost);
    }

    /// <summary>A message of a server. Without the key of the service provider it gets no further than its signature.</summary>
    private FuzzRequest Soap()
    {
        var isQuery = dice.Chance(0.5);
        var message = isQuery
            ? SamlMessages.AttributeQuery(dice, Issuer(), origin, things.Pick(dice, Thing.LoginName) ?? "somebody")
            : SamlMessages.ArtifactResolve(dice, Issuer(), origin);
        if (dice.Chance(0.6))
        {
            SpoilTree(message);
        }

        var xml = SamlMessages.Envelope(message);
        return new FuzzRequest(Surface.Saml, "POST", isQuery ? SamlMessages.AttributePath : SamlMessages.ArtifactPath)
        {
            Headers = [("Content-Type", dice.Pick(["text/xml", "text/xml; charset=utf-8", "TEXT/XML", "application/soap+xml"]))],
            Body = Encoding.UTF8.GetBytes(dice.Chance(0.3) ? SpoilText(xml) : xml),
        };
    }

    private string Issuer() => dice.Chance(0.85) ? entityId : dice.Pick(["https://nobody.example", "", Texts.Script, "a\u200Bb"]);

    private void SpoilTree(XElement message)
    {
        switch (dice.Below(7))
        {
            case 0:
                message.Attribute(dice.Pick(s_attributes))?.Remove();
                break;
            case 1 when message.Elements().Any():
                dice.Pick((IReadOnlyList<XElement>)[.. message.Elements()]).Remove();
                break;
            case 2:
                message.Add(
                    new XElement(
                        SamlMessages.Protocol + "NameIDPolicy",
                        new XAttribute(
                            "Format",
                            dice.Pick([
                                "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
                                "urn:oasis:names:tc:SAML:2.0:nameid-format:encrypted",
                                "x",
                            ])
                        )
                    )
                );
                break;
            case 3:
                message.Add(
                    new XElement(
                        SamlMessages.Protocol + "RequestedAuthnContext",
                        new XAttribute("Comparison", dice.Pick(["exact", "minimum", "better", "x"])),
                        Enumerable
                            .Range(0, dice.Pick([0, 1, 30]))
                            .Select(i => new XElement(SamlMessages.Assertion + "AuthnContextClassRef", $"urn:x:{i}"))
                    )
                );
                break;
            case 4:
                message.Add(message.Elements().Select(element => new XElement(element)).ToList());
                break;
            case 5:
                message.Add(
                    new XElement(
                        SamlMessages.Assertion + "Subject",
                        new XElement(SamlMessages.Assertion + "NameID", dice.Pick(["somebody", "a\u202Eb", " "]))
                    )
                );
                break;
            default:
                message.SetAttributeValue(dice.Pick(s_attributes), dice.Pick(s_values));
                break;
        }
    }

    private string SpoilText(string xml)
    {
        var at = dice.Below(xml.Length + 1);
        return dice.Below(10) switch
        {
            0 => xml[..at],
            1 => $"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>{xml}",
            2 => "<!DOCTYPE a [<!ENTITY b \"cccccccccc\"><!ENTITY d \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>"
                + xml.Replace("</", "&d;</", StringComparison.Ordinal),
            3 => xml.Insert(at, "<!-- -->"),
            4 => xml.Insert(at, "<?php x ?>"),
            5 => xml.Insert(at, "\0"),
            6 => new StringBuilder(xml).Insert(xml.Length - xml.Length / 4, "<a>", dice.Pick([40, 2000])).ToString(),
            7 => xml.Replace("SAML:2.0", "SAML:1.1", StringComparison.Ordinal),
            8 => $"<?xml version=\"1.1\" encoding=\"utf-16\"?>{xml}",
            _ => $"{new string(' ', 300_000)}{xml}",
        };
    }

    private string Pack(string xml, bool isPost) =>
        dice.Below(12) switch
        {
            0 => isPost ? SamlMessages.Deflate(xml) : SamlMessages.Encode(xml),
            1 => $"{SamlMessages.Encode(xml)}!",
            2 => SamlMessages.Deflate(new string('a', 30_000_000)),
            3 => Convert.ToBase64String(dice.Bytes(60)),
            _ => isPost ? SamlMessages.Encode(xml) : SamlMessages.Deflate(xml),
        };
}
