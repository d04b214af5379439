using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Gateway.Tests.Harness;
using Orleans.Sessions.Gateway.Validation;

namespace Orleans.Sessions.Gateway.Tests.Origins;

/// <summary>The sources of the public origin, and the peers that may name it.</summary>
public sealed class PublicOriginTests
{
    [Theory]
    [InlineData("x-zitadel-public-host", "login.example.com", "http://login.example.com")]
    [InlineData("x-forwarded-host", "login.example.com:8443", "http://login.example.com:8443")]
    [InlineData("x-forwarded-host", "anybody.example.com, login.example.com", "http://login.example.com")]
    [InlineData("Forwarded", "for=192.0.2.1;proto=https;host=\"login.example.com:8443\"", "https://login.example.com:8443")]
    [InlineData("Forwarded", "host=anybody.example.com, for=192.0.2.1; host=login.example.com", "http://login.example.com")]
    [InlineData("x-zitadel-public-host", "é", "http://direct.example.com:8080")]
    [InlineData("x-forwarded-host", "é.example.com", "http://direct.example.com:8080")]
    [InlineData("Forwarded", "host=é", "http://direct.example.com:8080")]
    [InlineData("x-forwarded-host", "me@evil/path", "http://direct.example.com:8080")]
    [InlineData("x-forwarded-host", "", "http://direct.example.com:8080")]
    [InlineData("Forwarded", "for=192.0.2.1", "http://direct.example.com:8080")]
    [InlineData("Forwarded", "for=192.0.2.1;proto=https", "https://direct.example.com:8080")]
    [InlineData("Forwarded", "for=192.0.2.1;proto=ftp", "http://direct.example.com:8080")]
    [InlineData("x-forwarded-proto", "https", "https://direct.example.com:8080")]
    [InlineData("x-forwarded-proto", "http, https", "https://direct.example.com:8080")]
    [InlineData("x-forwarded-proto", "ftp", "http://direct.example.com:8080")]
    public void A_trusted_proxy_says_how_it_was_called(string header, string value, string origin)
    {
        foreach (var peer in new[] { "127.0.0.1", "::1", "10.1.2.3", "::ffff:10.1.2.3", "2001:db8::7" })
        {
            Assert.Equal(origin, Of(Request(peer, (header, value)), proxies: ["10.0.0.0/8", "2001:db8::7"]));
        }
    }

    [Theory]
    [InlineData("x-zitadel-public-host", "evil.example.com")]
    [InlineData("x-forwarded-host", "evil.example.com")]
    [InlineData("x-forwarded-proto", "https")]
    [InlineData("Forwarded", "host=evil.example.com")]
    [InlineData("Forwarded", "proto=https")]
    public void Nobody_else_is_believed(string header, string value) =>
        Assert.Equal("http://direct.example.com:8080", Of(Request("192.0.2.1", (header, value)), proxies: ["10.0.0.0/8", "192.0.2.2"]));

    [Fact]
    public void The_login_frontends_word_counts_before_the_proxys()
    {
        var request = Request(
            "127.0.0.1",
            ("x-zitadel-public-host", "a.example.com"),
            ("x-forwarded-host", "b.example.com"),
            ("x-forwarded-proto", "https"),
            ("Forwarded", "host=c.example.com")
        );
        Assert.Equal("https://a.example.com", Of(request));
        request.Headers.Remove("x-zitadel-public-host");
        Assert.Equal("https://b.example.com", Of(request));
        request.Headers.Remove("x-forwarded-host");
        Assert.Equal("http://c.example.com", Of(request));
    }

    [Fact]
    public void A_configured_origin_is_the_only_one()
    {
        var request = Request("127.0.0.1", ("x-zitadel-public-host", "a.example.com"));
        Assert.Equal("https://id.example.com", Of(request, origin: "https://id.example.com/"));
        Assert.Equal("https://id.example.com:8443", Of(request, origin: "https://id.example.com:8443"));
    }

    [Fact]
    public void This_machine_need_not_be_believed()
    {
        foreach (var peer in new[] { "127.0.0.1", "::1", "::ffff:127.0.0.1" })
        {
            var request = Request(peer, ("x-forwarded-host", "a.example.com"), ("x-forwarded-for", "192.0.2.7"));
            Assert.Equal("http://a.example.com", Of(request));
            Assert.Equal("http://direct.example.com:8080", Of(request, trustsLoopback: false));
            Assert.Equal("http://a.example.com", Of(request, proxies: ["127.0.0.0/8", "::1"], trustsLoopback: false));
            var options = Microsoft.Extensions.Options.Options.Create(new PublicOriginOptions { TrustLoopback = false });
            Assert.True(IPAddress.IsLoopback(new RequestSource(options).Of(request.HttpContext)!));
        }
    }

    [Fact]
    public void That_a_proxy_chooses_the_name_of_this_service_is_said_once()
    {
        var log = new Warnings<PublicOrigin>();
        var origin = new PublicOrigin(Microsoft.Extensions.Options.Options.Create(new PublicOriginOptions()), log);
        origin.Of(Request("127.0.0.1"));
        origin.Of(Request("127.0.0.1", ("x-forwarded-host", "direct.example.com:8080")));
        origin.Of(Request("192.0.2.1", ("x-forwarded-host", "a.example.com")));
        Assert.Empty(log.Messages);

        origin.Of(Request("127.0.0.1", ("x-forwarded-host", "a.example.com")));
        origin.Of(Request("127.0.0.1", ("x-forwarded-host", "b.example.com")));
        Assert.Contains("http://a.example.com", Assert.Single(log.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_without_a_host_is_refused()
    {
        var request = Request("127.0.0.1");
        request.Host = default;
        Assert.Throws<InvalidRequestException>(() => Of(request));
    }

    [Theory]
    [InlineData("https://id.example.com/path", null)]
    [InlineData("https://me@id.example.com", null)]
    [InlineData("ftp://id.example.com", null)]
    [InlineData("id.example.com", null)]
    [InlineData(null, "proxy.example.com")]
    [InlineData(null, "10.0.0.0/99")]
    public void Settings_that_cannot_work_are_refused(string? origin, string? proxy)
    {
        var options = Options(origin, proxy is null ? [] : [proxy]);
        Assert.NotEmpty(options.Validate(new(options)));
    }

    private static string Of(HttpRequest request, string? origin = null, string[]? proxies = null, bool trustsLoopback = true)
    {
        var options = Options(origin, proxies ?? []);
        options.TrustLoopback = trustsLoopback;
        Assert.Empty(options.Validate(new(options)));
        return new PublicOrigin(Microsoft.Extensions.Options.Options.Create(options), NullLogger<PublicOrigin>.Instance).Of(request);
    }

    private static PublicOriginOptions Options(string? origin, string[] proxies)
    {
        var options = new PublicOriginOptions { Public = origin is null ? null : new Uri(origin, UriKind.RelativeOrAbsolute) };
        foreach (var proxy in proxies)
        {
            options.TrustedProxies.Add(proxy);
        }

        return options;
    }

    private static HttpRequest Request(string peer, params (string Name, string Value)[] headers)
    {
        var http = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(peer) } };
        (http.Request.Scheme, http.Request.Host) = ("http", new HostString("direct.example.com:8080"));
        foreach (var (name, value) in headers)
        {
            http.Request.Headers[name] = value;
        }

        return http.Request;
    }
}
