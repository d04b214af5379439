using System.Net;

namespace Orleans.Sessions.Gateway.Tests.Rest;

/// <summary>
/// Every answer has the headers that restrict browsers, whether it comes from an API, a page, an error or an unknown path.
/// </summary>
public sealed class BrowserProtectionTests
{
    public static TheoryData<string, string> Answers =>
        new()
        {
            { "GET", "/v2/sessions/4711" },
            { "POST", "/v2/sessions" },
            { "GET", "/docs" },
            { "GET", "/openapi/v2.json" },
            { "GET", "/debug/healthz" },
            { "GET", "/saml/v2/SSO" },
            { "GET", "/oauth/v2/authorize" },
            { "POST", "/oauth/v2/token" },
            { "GET", "/nothing/here" },
        };

    [Theory, MemberData(nameof(Answers))]
    public async Task Answers_are_not_sniffed_not_framed_and_tell_no_address(string method, string path)
    {
        await using var server = await GatewayServer.StartAsync();
        using var response = await SendAsync(server, method, path);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(response, "X-Frame-Options"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.Contains("frame-ancestors 'none'", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.NotEmpty(Header(response, "x-request-id"));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("http://id.example.com", false)]
    [InlineData("https://id.example.com", true)]
    public async Task Browsers_that_come_by_tls_keep_to_it(string? origin, bool isTold)
    {
        await using var server = await GatewayServer.StartAsync(configure: builder =>
            builder.Configuration["Sessions:Origin:Public"] = origin
        );
        using var response = await SendAsync(server, "GET", "/debug/healthz");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(isTold ? "max-age=31536000" : "", Header(response, "Strict-Transport-Security"));
    }

    private static async Task<HttpResponseMessage> SendAsync(GatewayServer server, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        return await server.Http().SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : "";
}
