using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.Gateway.Tests.Settings;

/// <summary>What the configuration sets cannot be changed at run time, and what does nothing here cannot be set.</summary>
public sealed class PinnedSettingTests : IAsyncLifetime
{
    private GatewayServer? _server;

    private GatewayServer Server => _server ?? throw new InvalidOperationException("The server has not started.");

    public async ValueTask InitializeAsync() =>
        _server = await GatewayServer.StartAsync(configure: builder =>
        {
            builder.Configuration["Sessions:Oidc:LoginUri"] = "https://login.example.com/ui/login";
            builder.Configuration["Sessions:Presentation:FrameOrigins:0"] = "https://app.example.com";
        });

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Theory]
    [InlineData("/v2/features/instance", """{"loginV2":{"required":true,"baseUri":"https://other.example.com/ui"}}""", "FEATURE-Conf1")]
    [InlineData("/v2/features/system", """{"loginV2":{"required":true,"baseUri":"https://other.example.com/ui"}}""", "FEATURE-Conf1")]
    [InlineData("/v2/features/instance", """{"loginV2":{"required":false}}""", "FEATURE-Fix01")]
    [InlineData("/v2/features/instance", """{"userSchema":true}""", "FEATURE-Fix01")]
    [InlineData("/v2/features/instance", """{"oidcTokenExchange":false}""", "FEATURE-Fix01")]
    [InlineData("/v2/features/instance", """{"improvedPerformance":[1]}""", "FEATURE-Fix01")]
    [InlineData("/v2/policies/security", """{}""", "SETTINGS-Conf1")]
    [InlineData(
        "/v2/policies/security",
        """{"embeddedIframe":{"enabled":true,"allowedOrigins":["https://b.example.com"]}}""",
        "SETTINGS-Conf1"
    )]
    public async Task A_change_is_refused(string path, string body, string id)
    {
        var (status, answer) = await PutAsync(path, body);
        Assert.Equal((HttpStatusCode.BadRequest, id), (status, (string?)answer["details"]![0]!["id"]));
    }

    [Theory]
    [InlineData(
        "/v2/features/instance",
        """{"loginV2":{"required":true,"baseUri":"https://other.example.com/ui"}}""",
        "Sessions:Oidc:LoginUri"
    )]
    [InlineData("/v2/policies/security", """{}""", "Sessions:Presentation:FrameOrigins")]
    public async Task The_refusal_names_the_key_of_the_configuration_in_every_language(string path, string body, string key)
    {
        foreach (var language in new[] { "en", "de" })
        {
            var (_, answer) = await PutAsync(path, body, language);
            Assert.Contains(key, (string?)answer["message"], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"enableImpersonation":true}""", HttpStatusCode.NotImplemented, "SETTINGS-Imp01")]
    [InlineData("""{"embeddedIframe":{"enabled":true}}""", HttpStatusCode.BadRequest, "SETTINGS-Fram1")]
    [InlineData("""{"embeddedIframe":{"allowedOrigins":["https://a.example.com"]}}""", HttpStatusCode.BadRequest, "SETTINGS-Fram1")]
    public async Task A_value_that_would_do_nothing_is_refused(string body, HttpStatusCode status, string id)
    {
        var answer = await PutAsync("/v2/policies/security", body);
        Assert.Equal((status, id), (answer.Status, (string?)answer.Json["details"]![0]!["id"]));
    }

    [Fact]
    public async Task The_value_of_the_configuration_may_be_set_again()
    {
        var (status, _) = await PutAsync(
            "/v2/policies/security",
            """{"embeddedIframe":{"enabled":true,"allowedOrigins":["https://app.example.com"]}}"""
        );
        Assert.Equal(HttpStatusCode.OK, status);
    }

    private async Task<(HttpStatusCode Status, JsonNode Json)> PutAsync(string path, string body, string language = "en")
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Accept-Language", language);
        using var response = await Server.Http().SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }
}
