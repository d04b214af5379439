using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.WebUtilities;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Saml.Harness;

/// <summary>A SAML service provider without a library, so that it can also send messages that no library would send.</summary>
public sealed partial class TestServiceProvider : IDisposable
{
    public const string Protocol = "urn:oasis:names:tc:SAML:2.0:protocol";
    public const string Assertion = "urn:oasis:names:tc:SAML:2.0:assertion";
    public const string PostBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
    public const string RedirectBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
    public const string Consumer = "https://app.example/acs";
    public const string OtherConsumer = "https://app.example/acs/redirect";
    public const string ArtifactConsumer = "https://app.example/acs/artifact";
    public const string LogoutAddress = "https://app.example/slo";
    private static readonly XNamespace s_protocol = Protocol;
    private static readonly XNamespace s_assertion = Assertion;

    private Api _admin;
    private string[] _logoutBindings = [RedirectBinding, PostBinding];
    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _certificate;

    private TestServiceProvider(Api admin)
    {
        (_admin, Origin) = (admin, admin.Host.Address);
        var request = new CertificateRequest("CN=service provider", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    public string EntityId { get; } = $"https://{Unique("sp")}.example/metadata";

    /// <summary>The id in the registry.</summary>
    public string Id { get; private set; } = "";

    /// <summary>The service, called by a browser.</summary>
    public Api Browser => _admin.As(null);

    /// <summary>The public origin of the service.</summary>
    public Uri Origin { get; set; }

    public string SignOnAddress => new Uri(Origin, "/saml/v2/SSO").AbsoluteUri;

    public string SingleLogoutAddress => new Uri(Origin, "/saml/v2/SLO").AbsoluteUri;

    /// <summary>From now on browsers reach this node.</summary>
    public void MoveTo(Api admin) => _admin = admin;

    /// <summary>Registers a service provider by its metadata, with these changes to its settings.</summary>
    public static Task<TestServiceProvider> RegisterAsync(
        Api admin,
        bool withCertificate = true,
        bool signsRequests = false,
        params (string Name, object? Value)[] settings
    ) => RegisterAsync(admin, [RedirectBinding, PostBinding], withCertificate, signsRequests, settings);

    /// <summary>Registers a service provider that accepts logout requests by these bindings.</summary>
    public static async Task<TestServiceProvider> RegisterAsync(
        Api admin,
        string[] logoutBindings,
        bool withCertificate = true,
        bool signsRequests = false,
        params (string Name, object? Value)[] settings
    )
    {
        var provider = new TestServiceProvider(admin) { _logoutBindings = logoutBindings };
        var all = settings.ToDictionary(setting => setting.Name, setting => setting.Value);
        all["metadata"] = provider.Metadata(withCertificate, signsRequests);
        provider.Id = (await admin.PostAsync("/v2/saml/service_providers", new { settings = all })).Expect(201).Text("serviceProvider.id");
        return provider;
    }

    public static TestServiceProvider New(Api admin) => new(admin);

    public string Metadata(bool withCertificate = true, bool signsRequests = false) =>
        $"""
            <?xml version="1.0"?>
            <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{EntityId}">
              <md:SPSSODescriptor protocolSupportEnumeration="{Protocol}" AuthnRequestsSigned="{(signsRequests ? "true" : "false")}">
                {(
                withCertificate
                    ? $"""<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>{Convert.ToBase64String(_certificate.RawData, Base64FormattingOptions.InsertLineBreaks)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"""
                    : ""
            )}
                {string.Concat(
                _logoutBindings.Select(binding =>
                    $"""<md:SingleLogoutService Binding="{binding}" Location="{LogoutAddress}"{(binding == RedirectBinding ? $" ResponseLocation=\"{LogoutAddress}/done\"" : "")}/>"""
                )
            )}
                <md:AssertionConsumerService Binding="{PostBinding}" Location="{Consumer}" index="0" isDefault="true"/>
                <md:AssertionConsumerService Binding="{RedirectBinding}" Location="{OtherConsumer}" index="1"/>
                <md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact" Location="{ArtifactConsumer}" index="2"/>
              </md:SPSSODescriptor>
            </md:EntityDescriptor>
            """;

    /// <summary>A login request with these changes. Attributes with value <c>null</c> are left out.</summary>
    public XElement AuthnRequest(IEnumerable<(string Name, string? Value)> attributes, params object[] content) =>
        Message("AuthnRequest", SignOnAddress, attributes, content);

    public XElement AuthnRequest(params (string Name, string? Value)[] attributes) => AuthnRequest(attributes, []);

    public static XElement NameIdPolicy(string format) => new(s_protocol + "NameIDPolicy", new XAttribute("Format", format));

    /// <summary>The person who must log in.</summary>
    public static XElement Subject(string nameId, string? format) =>
        new(
            s_assertion + "Subject",
            new XElement(s_assertion + "NameID", format is null ? null : new XAttribute("Format", format), nameId)
        );

    public static XElement RequestedContext(string comparison, params string[] classes) =>
        new(
            s_protocol + "RequestedAuthnContext",
            new XAttribute("Comparison", comparison),
            classes.Select(name => new XElement(s_assertion + "AuthnContextClassRef", name))
        );

    public XElement LogoutRequest(string nameId, params string[] sessionIndexes) =>
        Message(
            "LogoutRequest",
            SingleLogoutAddress,
            [],
            [
                new XElement(s_assertion + "NameID", nameId),
                .. sessionIndexes.Select(index => new XElement(s_protocol + "SessionIndex", index)),
            ]
        );

    /// <summary>The answer to a logout request.</summary>
    public XElement LogoutResponse(
        string? inResponseTo,
        string status = "Success",
        string? detail = null,
        params (string Name, string? Value)[] attributes
    ) =>
        Message(
            "LogoutResponse",
            SingleLogoutAddress,
            [("InResponseTo", inResponseTo), .. attributes],
            [new XElement(s_protocol + "Status", Code(status, detail is null ? null : Code(detail, null)))]
        );

    /// <summary>The query that carries a message. It is signed unless <paramref name="sign"/> is false.</summary>
    public string Query(XElement message, string? relayState = null, bool sign = true, RSA? key = null)
    {
        using var deflated = new MemoryStream();
        using (var stream = new DeflateStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
        {
            stream.Write(Encoding.UTF8.GetBytes(message.ToString(SaveOptions.DisableFormatting)));
        }

        var query =
            $"{FieldOf(message)}={Uri.EscapeDataString(Convert.ToBase64String(deflated.ToArray()))}"
            + (relayState is null ? "" : $"&RelayState={Uri.EscapeDataString(relayState)}");
        if (!sign)
        {
            return query;
        }

        query += $"&SigAlg={Uri.EscapeDataString(SignedXml.XmlDsigRSASHA256Url)}";
        var signature = (key ?? _key).SignData(Encoding.ASCII.GetBytes(query), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{query}&Signature={Uri.EscapeDataString(Convert.ToBase64String(signature))}";
    }

    /// <summary>The form field that carries a message with an enveloped signature.</summary>
    public string Field(XElement message)
    {
        var document = new XmlDocument { PreserveWhitespace = true };
        document.LoadXml(message.ToString(SaveOptions.DisableFormatting));
        var signed = new SignedXml(document) { SigningKey = _key };
        signed.SignedInfo!.CanonicalizationMethod = SignedXml.XmlDsigExcC14NTransformUrl;
        var reference = new Reference($"#{document.DocumentElement!.GetAttribute("ID")}");
        reference.AddTransform(new XmlDsigEnvelopedSignatureTransform());
        reference.AddTransform(new XmlDsigExcC14NTransform());
        signed.AddReference(reference);
        signed.ComputeSignature();
        document.DocumentElement.InsertAfter(signed.GetXml(), document.DocumentElement.FirstChild);
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(document.OuterXml));
    }

    /// <summary>Sends a signed login request by redirect. Returns the service's answer.</summary>
    public Task<Reply> SignOnAsync(XElement request, string? relayState = null) => SignOnAsync(Query(request, relayState));

    public Task<Reply> SignOnAsync(string query) => Browser.GetAsync($"/saml/v2/SSO?{query}");

    /// <summary>Sends a request, which must be accepted. Returns the id that the login frontend gets.</summary>
    public async Task<string> RequestAsync(XElement? request = null, string? relayState = null) =>
        RequestIdOf(await SignOnAsync(request ?? AuthnRequest(), relayState));

    public static string RequestIdOf(Reply reply)
    {
        var id = QueryHelpers.ParseQuery(new Uri(reply.Expect(302).Header("Location")!).Query)["samlRequest"].ToString();
        Assert.StartsWith("V2_", id, StringComparison.Ordinal);
        return id;
    }

    public Task<Reply> CompleteAsync(string requestId, OpenSession session) =>
        _admin.PostAsync(
            $"/v2/saml/saml_requests/{requestId}",
            new { session = new { sessionId = session.Id, sessionToken = session.Token } }
        );

    /// <summary>The logout request that a browser brings.</summary>
    public Task<ReceivedMessage> ToldAsync(Reply reply) => ReceivedMessage.OfAsync(Browser, reply, LogoutAddress, "SAMLRequest");

    /// <summary>Sends the browser with a message to the logout endpoint, by redirect.</summary>
    public Task<Reply> LogoutAsync(XElement message, string? relayState = null) =>
        Browser.GetAsync($"/saml/v2/SLO?{Query(message, relayState)}");

    /// <summary>The same, by post.</summary>
    public Task<Reply> PostLogoutAsync(XElement message, string? relayState = null) =>
        Browser.PostFormAsync("/saml/v2/SLO", (FieldOf(message), Field(message)), ("RelayState", relayState));

    /// <summary>A complete login. Returns the message that the service provider received.</summary>
    public async Task<ReceivedMessage> SignInAsync(OpenSession session, XElement? request = null) =>
        await ReceiveAsync((await CompleteAsync(await RequestAsync(request), session)).Expect(200));

    /// <summary>The posted answer of a completed request. Its signatures must be valid.</summary>
    public async Task<ReceivedMessage> ReceiveAsync(Reply completed) =>
        await ReceivedMessage.PostedAsync(Browser, completed.Text("post.samlResponse"));

    public Task<Reply> PostAsync(string address, string message, string? relayState = null) =>
        Browser.PostFormAsync(new Uri(address).AbsolutePath, ("SAMLRequest", message), ("RelayState", relayState));

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }

    private static string FieldOf(XElement message) =>
        message.Name.LocalName.EndsWith("Response", StringComparison.Ordinal) ? "SAMLResponse" : "SAMLRequest";

    private static XElement Code(string status, XElement? detail) =>
        new(s_protocol + "StatusCode", new XAttribute("Value", $"urn:oasis:names:tc:SAML:2.0:status:{status}"), detail);

    private XElement Message(string name, string destination, IEnumerable<(string Name, string? Value)> attributes, object[] content)
    {
        var all = new Dictionary<string, string?>
        {
            ["ID"] = $"_{Guid.NewGuid():N}",
            ["Version"] = "2.0",
            ["IssueInstant"] = DateTimeOffset.UtcNow.ToString(
                "yyyy-MM-ddTHH:mm:ss.fffZ",
                System.Globalization.CultureInfo.InvariantCulture
            ),
            ["Destination"] = destination,
        };
        foreach (var (key, value) in attributes)
        {
            all[key] = value;
        }

        return new XElement(
            s_protocol + name,
            new XAttribute(XNamespace.Xmlns + "samlp", Protocol),
            all.Where(entry => entry.Value is not null).Select(entry => new XAttribute(entry.Key, entry.Value!)),
            new XElement(s_assertion + "Issuer", EntityId),
            content
        );
    }
}
