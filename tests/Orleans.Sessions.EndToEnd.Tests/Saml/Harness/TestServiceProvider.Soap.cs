using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;

namespace Orleans.Sessions.EndToEnd.Saml.Harness;

/// <summary>The messages of the service provider's server.</summary>
public sealed partial class TestServiceProvider
{
    public const string ArtifactBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact";

    public string ArtifactAddress => new Uri(Origin, "/saml/v2/artifact").AbsoluteUri;

    public string AttributeAddress => new Uri(Origin, "/saml/v2/attribute").AbsoluteUri;

    /// <summary>A request for the answer behind an artifact.</summary>
    public XElement ArtifactResolve(string artifact, params (string Name, string? Value)[] attributes) =>
        Message("ArtifactResolve", ArtifactAddress, attributes, [new XElement(s_protocol + "Artifact", artifact)]);

    /// <summary>A question about a person. Without names it is about all attributes.</summary>
    public XElement AttributeQuery(
        string nameId,
        string? format = null,
        IEnumerable<(string Name, string? Value)>? attributes = null,
        params string[] names
    ) =>
        Message(
            "AttributeQuery",
            AttributeAddress,
            attributes ?? [],
            [Subject(nameId, format), .. names.Select(name => new XElement(s_assertion + "Attribute", new XAttribute("Name", name)))]
        );

    /// <summary>The envelope with a message, which is signed unless <paramref name="sign"/> is false.</summary>
    public string Envelope(XElement message, bool sign = true) =>
        Envelope(
            sign ? Encoding.UTF8.GetString(Convert.FromBase64String(Field(message))) : message.ToString(SaveOptions.DisableFormatting)
        );

    public static string Envelope(string body) =>
        $"<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>{body}</s:Body></s:Envelope>";

    /// <summary>Sends a signed message to one of the addresses for servers.</summary>
    public Task<Reply> SendAsync(XElement message) =>
        SendAsync(message.Name.LocalName == "AttributeQuery" ? AttributeAddress : ArtifactAddress, Envelope(message));

    public async Task<Reply> SendAsync(string address, string envelope, string contentType = "text/xml")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(envelope))
        {
            Headers = { ContentType = new MediaTypeHeaderValue(contentType) },
        };
        return await Browser.SendAsync(HttpMethod.Post, new Uri(address).AbsolutePath, content);
    }
}
