using System.Security;
using System.Xml;
using Microsoft.AspNetCore.Http;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>The envelope of messages between servers: SOAP 1.1 (SAML bindings §3.2).</summary>
internal static class SoapEnvelope
{
    /// <summary>The content type.</summary>
    public const string ContentType = "text/xml";

    private const string Namespace = "http://schemas.xmlsoap.org/soap/envelope/";

    /// <summary>
    /// The only message in an envelope; <c>null</c> if there is another number of them, or a header that its receiver must understand.
    /// </summary>
    public static XmlElement? MessageIn(XmlElement envelope) =>
        envelope is { LocalName: "Envelope", NamespaceURI: Namespace }
        && SamlXml.Children(envelope, "Header", Namespace).All(header => !header.ChildNodes.OfType<XmlElement>().Any(IsDemanding))
        && SamlXml.Child(envelope, "Body", Namespace) is { } body
        && body.ChildNodes.OfType<XmlElement>().Take(2).ToList() is [var message]
            ? message
            : null;

    /// <summary>Answers with a message.</summary>
    public static Task WriteAsync(HttpContext http, XmlDocument message) =>
        WriteAsync(http, StatusCodes.Status200OK, message.DocumentElement!.OuterXml);

    /// <summary>Answers that a message is not obeyed. The status says whose fault it is.</summary>
    public static Task WriteFaultAsync(HttpContext http, int status, string? reason) =>
        WriteAsync(
            http,
            status,
            $"<soap:Fault><faultcode>soap:{(status < StatusCodes.Status500InternalServerError ? "Client" : "Server")}</faultcode>"
                + $"<faultstring>{SecurityElement.Escape(reason ?? "The message cannot be processed")}</faultstring></soap:Fault>"
        );

    private static Task WriteAsync(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = $"{ContentType}; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(
            $"<soap:Envelope xmlns:soap=\"{Namespace}\"><soap:Body>{body}</soap:Body></soap:Envelope>",
            http.RequestAborted
        );
    }

    private static bool IsDemanding(XmlElement header) => header.GetAttribute("mustUnderstand", Namespace) is "1" or "true";
}
