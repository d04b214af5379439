using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Origins;

namespace Orleans.Sessions.Gateway.Tests.Origins;

/// <summary>The address that a request counts against.</summary>
public sealed class RequestSourceTests
{
    [Theory]
    [InlineData("192.0.2.1", null, "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", null, "192.0.2.1")]
    [InlineData("fe80::1%3", null, "fe80::1")]
    [InlineData("192.0.2.1", "203.0.113.9", "192.0.2.1")]
    [InlineData("127.0.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("::1", "2001:db8::9", "2001:db8::9")]
    [InlineData("::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("10.1.2.3", "203.0.113.9", "203.0.113.9")]
    [InlineData("10.1.2.3", "198.51.100.1, 203.0.113.9", "203.0.113.9")]
    [InlineData("10.1.2.3", "198.51.100.1, 203.0.113.9, 10.9.9.9", "203.0.113.9")]
    [InlineData("10.1.2.3", "10.1.1.1, 10.9.9.9", "10.1.1.1")]
    [InlineData("10.1.2.3", "203.0.113.9:4711", "203.0.113.9")]
    [InlineData("10.1.2.3", "[2001:db8::9]:4711", "2001:db8::9")]
    [InlineData("10.1.2.3", "::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("10.1.2.3", "198.51.100.1, unknown", "10.1.2.3")]
    [InlineData("10.1.2.3", "198.51.100.1, 7", "10.1.2.3")]
    [InlineData("10.1.2.3", "", "10.1.2.3")]
    [InlineData("10.1.2.3", " , ", "10.1.2.3")]
    public void It_is_the_last_address_that_is_no_trusted_proxy(string peer, string? forwardedFor, string source) =>
        Assert.Equal(IPAddress.Parse(source), Of(peer, "X-Forwarded-For", forwardedFor));

    [Theory]
    [InlineData("for=203.0.113.9;proto=https;by=10.1.2.3", "203.0.113.9")]
    [InlineData("For=\"[2001:db8::9]:4711\"", "2001:db8::9")]
    [InlineData("for=198.51.100.1, for=203.0.113.9", "203.0.113.9")]
    [InlineData("for=203.0.113.9, for=10.9.9.9", "203.0.113.9")]
    [InlineData("for=_hidden", "10.1.2.3")]
    [InlineData("proto=https", "10.1.2.3")]
    public void The_standard_header_says_the_same(string forwarded, string source) =>
        Assert.Equal(IPAddress.Parse(source), Of("10.1.2.3", "Forwarded", forwarded));

    [Fact]
    public void A_socket_of_this_machine_has_no_address()
    {
        Assert.Null(Of(null, "X-Forwarded-For", null));
        Assert.Equal(IPAddress.Parse("203.0.113.9"), Of(null, "X-Forwarded-For", "203.0.113.9"));
    }

    [Fact]
    public void A_socket_of_this_machine_need_not_be_believed()
    {
        var http = new DefaultHttpContext { Request = { Headers = { ["X-Forwarded-For"] = "203.0.113.9" } } };
        Assert.Null(new RequestSource(Options.Create(new PublicOriginOptions { TrustLoopback = false })).Of(http));
    }

    [Fact]
    public void A_long_list_of_proxies_is_not_read_to_its_end()
    {
        var list = string.Join(',', Enumerable.Repeat("127.0.0.1", 5000).Prepend("203.0.113.9"));
        Assert.Equal(IPAddress.Loopback, Of("127.0.0.1", "X-Forwarded-For", list));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::ffff", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    [InlineData("nonsense", "nonsense")]
    public void Whoever_has_64_bits_of_IPv6_has_one_network(string address, string network) =>
        Assert.Equal(network, ClientAddress.Network(address));

    [Fact]
    public void A_login_frontend_stands_for_the_address_that_it_passes_and_everybody_else_for_their_own()
    {
        var frontend = new Caller
        {
            UserId = "1",
            InstancePermissions = Permission.SessionWrite | Permission.SessionLink | Permission.UserRead,
        };
        var agent = new UserAgent { Ip = "203.0.113.9" };
        Assert.Equal("203.0.113.9", ClientAddress.Of(frontend, "192.0.2.1", agent));
        Assert.Null(ClientAddress.Of(frontend, "192.0.2.1", agent: null));
        foreach (var permission in new[] { Permission.None, Permission.SessionWrite, Permission.SessionLink })
        {
            Assert.Equal("192.0.2.1", ClientAddress.Of(frontend with { InstancePermissions = permission }, "192.0.2.1", agent));
        }
    }

    private static IPAddress? Of(string? peer, string header, string? value)
    {
        var options = new PublicOriginOptions();
        options.TrustedProxies.Add("10.0.0.0/8");
        var http = new DefaultHttpContext { Connection = { RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer) } };
        if (value is not null)
        {
            http.Request.Headers[header] = value;
        }

        return new RequestSource(Options.Create(options)).Of(http);
    }
}
