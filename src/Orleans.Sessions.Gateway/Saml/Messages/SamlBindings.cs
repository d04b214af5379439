using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>Encodes messages for the bindings.</summary>
internal static class SamlBindings
{
    /// <summary>The name of the parameter or form field that carries a request.</summary>
    public const string Request = "SAMLRequest";

    /// <summary>The name of the parameter or form field that carries an answer.</summary>
    public const string Response = "SAMLResponse";

    /// <summary>How people are told about a binding that is not offered. An unknown name could be any text.</summary>
    public static string Tell(string binding) =>
        binding switch
        {
            "urn:oasis:names:tc:SAML:2.0:bindings:PAOS" => "PAOS",
            "urn:oasis:names:tc:SAML:2.0:bindings:SOAP" => "SOAP",
            "urn:oasis:names:tc:SAML:2.0:bindings:URI" => "URI",
            "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST-SimpleSign" => "HTTP-POST-SimpleSign",
            _ => "a binding that is not known here",
        };

    /// <summary>
    /// The URL that carries a message in its signed query (SAML bindings §3.4.4.1). This binding does not allow an enveloped signature, so
    /// the URL has none.
    /// </summary>
    /// <param name="destination">The address of the receiver.</param>
    /// <param name="parameter"><see cref="Request"/> or <see cref="Response"/>.</param>
    /// <param name="message">The message; it is not changed.</param>
    /// <param name="relayState">The text that the receiver wants back.</param>
    /// <param name="signer">Signs the query.</param>
    public static string RedirectUrl(string destination, string parameter, XmlDocument message, string? relayState, MessageSigner signer)
    {
        var bare = (XmlElement)message.DocumentElement!.CloneNode(deep: true);
        foreach (var signature in SamlXml.Children(bare, "Signature", SamlNames.Signature).ToList())
        {
            bare.RemoveChild(signature);
        }

        var query =
            $"{parameter}={Uri.EscapeDataString(Convert.ToBase64String(Deflate(bare.OuterXml)))}"
            + (string.IsNullOrEmpty(relayState) ? "" : $"&RelayState={Uri.EscapeDataString(relayState)}")
            + $"&SigAlg={Uri.EscapeDataString(signer.Method)}";
        var signed = SamlSignatures.Sign(Encoding.ASCII.GetBytes(query), signer);
        var separator = destination.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return $"{destination}{separator}{query}&Signature={Uri.EscapeDataString(Convert.ToBase64String(signed))}";
    }

    /// <summary>The value of a form field that carries a message (§3.5.4), base64.</summary>
    public static string PostValue(XmlDocument message) => Convert.ToBase64String(Encoding.UTF8.GetBytes(message.OuterXml));

    private static byte[] Deflate(string xml)
    {
        using var deflated = new MemoryStream();
        using (var stream = new DeflateStream(deflated, CompressionLevel.Optimal))
        {
            stream.Write(Encoding.UTF8.GetBytes(xml));
        }

        return deflated.ToArray();
    }
}
