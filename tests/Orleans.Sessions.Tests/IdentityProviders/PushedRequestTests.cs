using System.Net;
using System.Text;
using Orleans.Sessions.Tests.IdentityProviders.Harness;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.IdentityProviders;

/// <summary>Providers that want authorization requests from this service and not from the browser (RFC 9126).</summary>
[Collection(nameof(StoredCluster))]
public sealed class PushedRequestTests : IAsyncLifetime
{
    private readonly OidcStub _provider = new();
    private readonly ProviderLogins _logins;

    public PushedRequestTests(StoredCluster cluster)
    {
        _logins = new(cluster);
        _provider.Now = cluster.Clock.GetUtcNow;
        _provider.Discovery = document =>
        {
            document["pushed_authorization_request_endpoint"] = $"{_provider.Issuer}/par";
            document["require_pushed_authorization_requests"] = true;
        };
    }

    public async ValueTask InitializeAsync() =>
        await _logins.AddAsync(
            new ProviderSettings
            {
                Name = "Provider",
                Issuer = _provider.Issuer,
                ClientId = OidcStub.ClientId,
            }
        );

    public async ValueTask DisposeAsync()
    {
        await _logins.RemoveAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task The_browser_brings_a_reference_to_what_was_pushed()
    {
        Answer("""{"request_uri":"urn:ietf:params:oauth:request_uri:one","expires_in":60}""", 201);

        var (id, page, request) = await _logins.StartAsync();

        Assert.Equal($"{_provider.Issuer}/authorize", page.GetLeftPart(UriPartial.Path));
        Assert.Equal(["client_id", "request_uri"], request.Keys.Order());
        Assert.Equal("urn:ietf:params:oauth:request_uri:one", request["request_uri"]);
        var pushed = _provider
            .Forms.Single()
            .Split('&')
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => WebUtility.UrlDecode(pair[1]));
        Assert.Equal(("code", OidcStub.ClientId), (pushed["response_type"], pushed["client_id"]));
        _provider.Nonce = pushed["nonce"];
        var outcome = await _logins.Intent(id).CompleteAsync(new IntentCallback { State = pushed["state"], Code = "code" });
        Assert.NotNull(outcome.Token);
    }

    [Theory]
    [InlineData("""{"error":"invalid_request"}""", 400)]
    [InlineData("{}", 201)]
    [InlineData("""{"request_uri":7}""", 201)]
    [InlineData("""{"request_uri":""}""", 201)]
    [InlineData("[]", 201)]
    [InlineData("<html>", 201)]
    public async Task Without_a_reference_no_login_begins(string answer, int status)
    {
        Answer(answer, status);

        await FailsAsync(SessionErrors.ProviderAway, () => _logins.StartAsync());
    }

    private void Answer(string body, int status) =>
        _provider.Instead = async (path, response) =>
        {
            if (path != "/par")
            {
                return false;
            }

            response.StatusCode = status;
            await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            return true;
        };
}
