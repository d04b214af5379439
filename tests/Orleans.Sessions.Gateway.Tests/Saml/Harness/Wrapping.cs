using System.Xml;
using Orleans.Sessions.Gateway.Saml.Messages;

namespace Orleans.Sessions.Gateway.Tests.Saml.Harness;

/// <summary>
/// Signature wrapping: the signed original stays somewhere in the document, and a forged message is in the place where a reader looks for
/// it.
/// </summary>
internal static class Wrapping
{
    /// <summary>The document of a variant. Variants 1 to 8 differ in the nesting and in the place of the signature.</summary>
    public static XmlDocument Wrap(XmlDocument original, string forged, int variant)
    {
        var document = Messages.Document(forged);
        var root = document.DocumentElement!;
        var signed = (XmlElement)document.ImportNode(original.DocumentElement!, deep: true);
        var signature = signed["Signature", SamlNames.Signature]!;
        switch (variant)
        {
            case 1:
                // The forged message contains the signature, which contains the original without its signature.
                signed.RemoveChild(signature);
                root.InsertAfter(signature, root.FirstChild);
                signature.AppendChild(signed);
                break;
            case 2:
                // The signature is beside the original, detached from it.
                signed.RemoveChild(signature);
                root.AppendChild(signed);
                root.AppendChild(signature);
                break;
            case 3:
                // The forged message is before the signed one, both in a message of the same kind.
                root.AppendChild(signed);
                root.InsertBefore(Copy(document, forged), signed);
                break;
            case 4:
                // The original, including its signature, is inside the forged message.
                root.AppendChild(signed);
                break;
            case 5:
                // The forged message has the original's id, and the signature is its child.
                signed.RemoveChild(signature);
                root.SetAttribute("ID", signed.GetAttribute("ID"));
                root.InsertAfter(signature, root.FirstChild);
                root.AppendChild(signed);
                break;
            case 6:
                // The same, with the original inside the signature.
                signed.RemoveChild(signature);
                root.SetAttribute("ID", signed.GetAttribute("ID"));
                root.InsertAfter(signature, root.FirstChild);
                signature.AppendChild(signed);
                break;
            case 7:
                // The original is in the extensions, which allow any content.
                var extensions = document.CreateElement("samlp", "Extensions", SamlNames.Protocol);
                signed.RemoveChild(signature);
                extensions.AppendChild(signed);
                root.InsertAfter(extensions, root.FirstChild);
                root.InsertAfter(signature, root.FirstChild);
                break;
            default:
                // The original is in an object of the signature.
                var content = document.CreateElement("ds", "Object", SamlNames.Signature);
                signed.RemoveChild(signature);
                content.AppendChild(signed);
                signature.AppendChild(content);
                root.InsertAfter(signature, root.FirstChild);
                break;
        }

        return document;
    }

    private static XmlNode Copy(XmlDocument document, string xml) =>
        document.ImportNode(Messages.Document(xml.Replace("_evil", "_evil2", StringComparison.Ordinal)).DocumentElement!, deep: true);
}
