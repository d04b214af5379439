using System.Net;
using Orleans.Sessions.Gateway.Cors;
using Orleans.Sessions.Gateway.Oidc;

namespace Orleans.Sessions.Gateway.Tests.Cors;

/// <summary>What browsers may do for web pages of other origins.</summary>
public sealed class BrowserTests
{
    private const string Page = "https://login.example.com";

    [Theory]
    [InlineData("POST", "/zitadel.session.v2.SessionService/GetSession")]
    [InlineData("PATCH", "/v2/sessions/1")]
    public async Task By_default_any_page_may_call_without_cookies(string method, string path)
    {
        await using var server = await GatewayServer.StartAsync();
        using var response = await PreflightAsync(server, method, path, "https://anywhere.example.org");

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal("*", Header(response, "Access-Control-Allow-Origin"));
        Assert.Contains("x-grpc-web", Header(response, "Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(method, Header(response, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Theory, InlineData("/v2/sessions/1"), InlineData("/v2/sessions/1?sessionToken=%61"), InlineData("/v2/nothing")]
    public async Task Pages_may_see_answers_and_their_request_id(string path)
    {
        await using var server = await GatewayServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Origin", Page } } };
        using var response = await server.Http().SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("*", Header(response, "Access-Control-Allow-Origin"));
        var exposed = Header(response, "Access-Control-Expose-Headers");
        Assert.All(["grpc-status", "grpc-message", "grpc-status-details-bin", "x-request-id", "www-authenticate"], name =>
            Assert.Contains(name, exposed, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(Page, true)]
    [InlineData("https://other.example.com", false)]
    public async Task Configured_origins_are_the_only_ones(string origin, bool isAllowed)
    {
        await using var server = await GatewayServer.StartAsync(configure: builder =>
            builder.Configuration["Sessions:Cors:Origins:0"] = Page
        );
        using var response = await PreflightAsync(server, "POST", Surfaces.GetPath, origin);
        Assert.Equal(isAllowed, response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [
        Theory,
        InlineData("GET", "/oidc/v1/userinfo"),
        InlineData("POST", "/oauth/v2/token"),
        InlineData("GET", "/.well-known/openid-configuration")
    ]
    public async Task Applications_use_the_provider_from_any_origin(string method, string path)
    {
        await using var server = await GatewayServer.StartAsync(configure: builder =>
            builder.Configuration["Sessions:Cors:Origins:0"] = Page
        );
        using var response = await PreflightAsync(server, method, path, "https://shop.example.com");

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal("https://shop.example.com", Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal("true", Header(response, "Access-Control-Allow-Credentials"));
        Assert.Contains("authorization", Header(response, "Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
    }

    [
        Theory,
        InlineData("login.example.com"),
        InlineData("https://login.example.com/"),
        InlineData("ftp://login.example.com"),
        InlineData("null")
    ]
    public async Task What_is_no_origin_ends_the_start(string origin)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() =>
            GatewayServer.StartAsync(configure: builder => builder.Configuration["Sessions:Cors:Origins:0"] = origin)
        );
        Assert.Contains($"{CorsSettings.Section}:Origins", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>No endpoint among these reads a cookie, so scripts may send whatever credentials they have.</summary>
    private static readonly string[] s_called =
    [
        ".well-known/openid-configuration",
        ".well-known/oauth-authorization-server",
        OidcPaths.DeviceAuthorization,
        OidcPaths.Introspect,
        OidcPaths.Keys,
        OidcPaths.PushedRequests,
        OidcPaths.Register,
        OidcPaths.Revoke,
        OidcPaths.Token,
        OidcPaths.UserInfo,
    ];

    /// <summary>Browsers visit or frame these, or show a cookie there.</summary>
    private static readonly string[] s_visited =
    [
        OidcPaths.Authorize,
        OidcPaths.Callback,
        OidcPaths.CheckSession,
        OidcPaths.Device,
        OidcPaths.EndSession,
        "idps/callback",
        "idps/start/1",
        "ui/console",
        "ui/v2/login/login",
    ];

    [Fact]
    public async Task Scripts_of_other_origins_call_exactly_the_endpoints_that_read_no_cookie()
    {
        var constants = typeof(OidcPaths).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        Assert.Empty(constants.Except([.. s_called, .. s_visited]));
        await using var server = await GatewayServer.StartAsync(configure: builder =>
            builder.Configuration["Sessions:Oidc:SessionManagement"] = "true"
        );
        foreach (var path in s_called.Concat(s_visited))
        {
            foreach (var method in new[] { "GET", "POST" })
            {
                using var response = await PreflightAsync(server, method, $"/{path}", "https://shop.example.com");

                var isAllowed = response.Headers.Contains("Access-Control-Allow-Origin");
                Assert.True(isAllowed == s_called.Contains(path), $"{method} {path}: {isAllowed}");
                Assert.Equal(isAllowed, response.Headers.Contains("Access-Control-Allow-Credentials"));
            }
        }
    }

    [Fact]
    public async Task A_path_in_capitals_is_the_same_path()
    {
        await using var server = await GatewayServer.StartAsync(configure: builder =>
            builder.Configuration["Sessions:Oidc:SessionManagement"] = "true"
        );
        foreach (var path in s_visited)
        {
            foreach (var capitals in new[] { path.ToUpperInvariant(), $"{path[..^1]}{char.ToUpperInvariant(path[^1])}" })
            {
                using var response = await PreflightAsync(server, "GET", $"/{capitals}", "https://shop.example.com");

                Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"), capitals);
            }
        }

        using var wrongVerb = await server.Http().GetAsync("/OAuth/v2/Token", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, wrongVerb.StatusCode);
    }

    private static async Task<HttpResponseMessage> PreflightAsync(GatewayServer server, string method, string path, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, path)
        {
            Headers =
            {
                { "Origin", origin },
                { "Access-Control-Request-Method", method },
                { "Access-Control-Request-Headers", "authorization,content-type,x-grpc-web,connect-protocol-version" },
            },
        };
        return await server.Http().SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string Header(HttpResponseMessage response, string name) => string.Join(",", response.Headers.GetValues(name));
}
