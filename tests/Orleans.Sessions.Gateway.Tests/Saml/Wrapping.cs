using System.Xml;
using Orleans.Sessions.Gateway.Saml.Messages;

namespace Orleans.Sessions.Gateway.Tests.Saml;

/// <summary>Signature wrapping: the signed original is kept somewhere in the document, and a forged message stands where it is looked for.</summary>
internal static class Wrapping
{
    /// <summary>The document of a variant: 1 to 8 differ in what contains what and where the signature is.</summary>
    public static XmlDocument Wrap(XmlDocument original, string forged, int variant)
    {
        var document = Messages.Document(forged);
        var root = document.DocumentElement!;
        var signed = (XmlElement)document.ImportNode(original.DocumentElement!, deep: true);
        var signature = signed["Signature", SamlNames.Signature]!;
        switch (variant)
        {
            case 1:
                // The forged message has the signature, and in that the original without it.
                signed.RemoveChild(signature);
                root.InsertAfter(signature, root.FirstChild);
                signature.AppendChild(signed);
                break;
            case 2:
                // The signature beside the original, detached from it.
                signed.RemoveChild(signature);
                root.AppendChild(signed);
                root.AppendChild(signature);
                break;
            case 3:
                // The forged message before the signed one, both in a message of the same kind.
                root.AppendChild(signed);
                root.InsertBefore(Copy(document, forged), signed);
                break;
            case 4:
                // The original inside the forged one, signature and all.
                root.AppendChild(signed);
                break;
            case 5:
                // The forged one has the original's id, the signature is its own.
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
                // The original in extensions, where any content is allowed.
                var extensions = document.CreateElement("samlp", "Extensions", SamlNames.Protocol);
                signed.RemoveChild(signature);
                extensions.AppendChild(signed);
                root.InsertAfter(extensions, root.FirstChild);
                root.InsertAfter(signature, root.FirstChild);
                break;
            default:
                // The original in an object of the signature.
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
