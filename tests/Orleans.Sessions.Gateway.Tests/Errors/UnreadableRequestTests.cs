using System.Net.Sockets;
using System.Text;

namespace Orleans.Sessions.Gateway.Tests.Errors;

/// <summary>Malformed requests of strangers are the client's fault on every surface, and never the service's fault.</summary>
public sealed class UnreadableRequestTests
{
    private const string Multipart = "multipart/form-data; boundary=b";
    private const string Form = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData("/idps/callback", Multipart, "--b\r\nContent-Disposition: form-data; name=\"state\"\r\n\r\nx", 400)]
    [InlineData("/idps/callback", "multipart/form-data", "x", 400)]
    [InlineData("/idps/callback", "text/plain", "state=x", 400)]
    [InlineData("/idps/callback", Form + "; charset=nonsense", "state=x", 400)]
    [InlineData("/idps/callback", Form, "%00=%ff&state=%", 400)]
    [InlineData("/saml/v2/SSO", Multipart, "--b\r\nContent-Disposition: form-data; name=\"SAMLRequest\"\r\n\r\nx", 400)]
    [InlineData("/saml/v2/SSO", Form, "SAMLRequest=%ff", 400)]
    [InlineData("/saml/v2/SLO", Multipart, "--b\r\n", 400)]
    [InlineData("/saml/v2/SLO", Form, "SAMLResponse", 400)]
    public async Task A_form_that_cannot_be_read_is_refused(string path, string type, string body, int status) =>
        Assert.Equal(status, await PostAsync(path, type, body));

    [Theory]
    [InlineData("/idps/callback")]
    [InlineData("/saml/v2/SSO")]
    [InlineData("/saml/v2/SLO")]
    public async Task A_form_with_too_many_fields_or_bytes_is_refused(string path)
    {
        Assert.Equal(400, await PostAsync(path, Form, string.Join('&', Enumerable.Range(0, 2000).Select(number => $"field{number}=1"))));
        Assert.Equal(400, await PostAsync(path, Form, $"{new string('n', 5000)}=1"));
        Assert.Equal(413, await PostAsync(path, Form, $"state={new string('x', 1100 * 1024)}"));
    }

    [Theory]
    [InlineData("/idps/callback", Form)]
    [InlineData("/saml/v2/SSO", Form)]
    [InlineData("/saml/v2/SLO", Form)]
    [InlineData("/saml/v2/artifact", "text/xml")]
    [InlineData("/saml/v2/attribute", "text/xml")]
    [InlineData("/v2/sessions", "application/json")]
    [InlineData("/zitadel.session.v2.SessionService/CreateSession", "application/json")]
    [InlineData("/zitadel.session.v2.SessionService/CreateSession", "application/proto")]
    public async Task A_body_whose_chunks_are_broken_is_refused(string path, string type)
    {
        await using var server = await GatewayServer.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {GatewayServer.Token}\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nstate\r\nzz\r\n"
            ),
            TestContext.Current.CancellationToken
        );
        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 400 ", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<int> PostAsync(string path, string type, string body)
    {
        await using var server = await GatewayServer.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        using var response = await server.Http().SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("Exception", answer, StringComparison.Ordinal);
        return (int)response.StatusCode;
    }
}
