using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using Orleans.Sessions.Egress;

namespace Orleans.Sessions.Tests.Egress;

/// <summary>The connections that this service itself makes to addresses that others name.</summary>
public sealed class EgressTests
{
    private static readonly (string, string) s_production = ("Origin:Public", "https://id.example.com");

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:4700::1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    public void Addresses_of_the_internet_are_public(string address) => Assert.True(PublicAddresses.Contain(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b::169.254.169.254")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2001::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void Others_are_not(string address) => Assert.False(PublicAddresses.Contain(IPAddress.Parse(address)));

    [Fact]
    public void This_machine_may_be_called_only_while_nobody_else_is_served()
    {
        foreach (var loopback in new[] { "127.0.0.1", "::1", "::ffff:127.0.0.1" }.Select(IPAddress.Parse))
        {
            Assert.True(TestEgress.Rules().Allows("provider.test", 443, loopback));
            Assert.True(TestEgress.Rules(("Origin:Public", "http://localhost:8080")).Allows("provider.test", 443, loopback));
            Assert.False(TestEgress.Rules(s_production).Allows("provider.test", 443, loopback));
            Assert.True(TestEgress.Rules(s_production, ("Egress:AllowLoopback", "true")).Allows("provider.test", 443, loopback));
            Assert.False(TestEgress.Rules(("Egress:AllowLoopback", "false")).Allows("provider.test", 443, loopback));
        }

        Assert.False(TestEgress.Rules().Allows("provider.test", 443, IPAddress.Parse("10.0.0.1")));
    }

    [Fact]
    public void What_the_operator_allows_may_be_called()
    {
        var rules = TestEgress.Rules(
            s_production,
            ("Egress:Allowed:0", "10.1.0.0/16"),
            ("Egress:Allowed:1", "192.168.1.1"),
            ("Egress:Allowed:2", "shop.internal"),
            ("Egress:Allowed:3", "fd12::/16")
        );

        Assert.True(rules.Allows("any.example", 443, IPAddress.Parse("10.1.2.3")));
        Assert.True(rules.Allows("any.example", 443, IPAddress.Parse("::ffff:10.1.2.3")));
        Assert.True(rules.Allows("any.example", 443, IPAddress.Parse("fd12::3")));
        Assert.True(rules.Allows("any.example", 443, IPAddress.Parse("192.168.1.1")));
        Assert.True(rules.Allows("SHOP.internal", 8080, IPAddress.Parse("172.16.0.9")));
        Assert.False(rules.Allows("any.example", 443, IPAddress.Parse("10.2.2.3")));
        Assert.False(rules.Allows("any.example", 443, IPAddress.Parse("192.168.1.2")));
        Assert.False(rules.Allows("other.internal", 443, IPAddress.Parse("172.16.0.9")));
        Assert.True(rules.AllowsScheme(new Uri("http://shop.internal/logout")));
        Assert.False(rules.AllowsScheme(new Uri("http://shop.example/logout")));
        Assert.True(rules.AllowsScheme(new Uri("http://127.0.0.1:8080/")));
        Assert.False(rules.AllowsScheme(new Uri("ftp://shop.internal/")));
    }

    [Fact]
    public void What_the_configuration_names_may_be_called_there_and_nowhere_else()
    {
        var rules = TestEgress.Rules(
            s_production,
            ("IdentityProviders:0:Issuer", "https://sso.internal"),
            ("IdentityProviders:1:Issuer", "https://adfs.internal:8443/adfs"),
            ("Oidc:Clients:0:BackChannelLogoutUri", "http://shop.internal/logout"),
            ("Authentication:Issuers:0:Issuer", "http://issuer.internal:9000"),
            ("Notifications:EmailWebhook:Url", "http://mail.internal/")
        );
        var inside = IPAddress.Parse("10.0.0.1");

        Assert.All(
            new[]
            {
                ("sso.internal", 443),
                ("adfs.internal", 8443),
                ("shop.internal", 80),
                ("issuer.internal", 9000),
                ("mail.internal", 80),
            },
            service => Assert.True(rules.Allows(service.Item1, service.Item2, inside))
        );
        Assert.All(new[] { ("sso.internal", 8443), ("adfs.internal", 443), ("shop.internal", 22), ("db.internal", 443) }, service =>
            Assert.False(rules.Allows(service.Item1, service.Item2, inside))
        );
        Assert.True(rules.AllowsScheme(new Uri("http://mail.internal/")));
    }

    [Theory]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("10.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("shop.internal", true)]
    [InlineData("10.0.0.0/33", false)]
    [InlineData("https://shop.internal", false)]
    [InlineData("*.internal", false)]
    [InlineData("", false)]
    public void A_list_is_checked_when_the_host_starts(string entry, bool isRight)
    {
        var options = new EgressOptions { Allowed = { entry } };

        Assert.Equal(isRight, !options.Validate(new ValidationContext(options)).Any());
    }

    /// <summary>The name looks harmless. Only its address at the time of the connection is forbidden.</summary>
    [Theory]
    [InlineData("http://localhost")]
    [InlineData("https://localhost")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://[::1]")]
    [InlineData("http://[::ffff:127.0.0.1]")]
    public async Task An_address_is_judged_when_the_connection_is_made(string origin)
    {
        using var listener = new TcpListener(IPAddress.IPv6Any, 0) { Server = { DualMode = true } };
        listener.Start();
        using var http = TestEgress.Http(s_production).Create(TimeSpan.FromSeconds(30), 1024);

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() =>
            http.GetAsync(new Uri($"{origin}:{((IPEndPoint)listener.LocalEndpoint).Port}/"), TestContext.Current.CancellationToken)
        );

        Assert.Equal(HttpRequestError.ConnectionError, exception.HttpRequestError);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task What_is_refused_looks_like_nobody_being_there()
    {
        using var http = TestEgress.Http(s_production).Create(TimeSpan.FromSeconds(30), 1024);
        foreach (var address in new[] { "http://10.0.0.1/", "https://169.254.169.254/", "http://shop.example/", "https://[fe80::1]/" })
        {
            var exception = await Assert.ThrowsAsync<HttpRequestException>(() =>
                http.GetAsync(new Uri(address), TestContext.Current.CancellationToken)
            );
            Assert.Equal(HttpRequestError.ConnectionError, exception.HttpRequestError);
        }
    }

    [Fact]
    public async Task Redirects_are_not_followed()
    {
        await using var stub = new OidcStub();
        stub.Instead = (_, response) =>
        {
            (response.StatusCode, response.RedirectLocation) = (302, $"{stub.Issuer}/elsewhere");
            return Task.FromResult(true);
        };
        using var http = TestEgress.Http().Create(TimeSpan.FromSeconds(30), 1024);

        using var response = await http.GetAsync(new Uri(stub.Issuer), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.DoesNotContain("/elsewhere", stub.Asked);
    }
}
