using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Addresses;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Addresses;

/// <summary>The URLs to which callers may have browsers sent.</summary>
public sealed class ReturnAddressTests
{
    private static readonly Caller s_frontend = CallerWith(Roles.PermissionsOf(["IAM_LOGIN_CLIENT"]));
    private static readonly Caller s_owner = CallerWith(Roles.PermissionsOf(["IAM_OWNER"]));
    private static readonly (string, string)[] s_own =
    [
        ("Origin:Public", "https://id.example.com"),
        ("Notifications:LoginUrl", "https://login.example.com/ui/v2/login"),
        ("Oidc:LoginUri", "https://oidc.example.com:8443/login"),
        ("Saml:LoginUri", "/ui/v2/login/login"),
    ];

    [Theory]
    [InlineData("https://app.example.com/ok")]
    [InlineData("https://app.example.com")]
    [InlineData("HTTPS://App.example.com:8443/a?b=c#d")]
    [InlineData("https://xn--bcher-kva.example/")]
    [InlineData("https://192.0.2.1/")]
    [InlineData("https://[2001:db8::1]:8443/")]
    [InlineData("http://localhost:3000/ok")]
    [InlineData("http://login.localhost/")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://[::1]:3000/")]
    public void Login_frontends_may_name_any_https_or_loopback_address(string address)
    {
        Assert.Equal("good", Judge(s_frontend, address));
        Assert.Equal("good", Judge(Caller.InCluster, address, own: s_own));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/path")]
    [InlineData("//app.example.com/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("javascript://app.example.com/%0aalert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://app.example.com/")]
    [InlineData("https:app.example.com")]
    [InlineData("https:/app.example.com")]
    [InlineData("https:///app.example.com")]
    [InlineData("https://")]
    [InlineData("https://?a")]
    [InlineData("https://me@app.example.com/")]
    [InlineData("https://app.example.com@evil.example/")]
    [InlineData("https://app.example.com:443@evil.example/")]
    [InlineData("https://app.example.com\\@evil.example/")]
    [InlineData("https://evil.example\\.app.example.com/")]
    [InlineData("https:\\\\app.example.com/")]
    [InlineData("https://app.example.com/a\\b")]
    [InlineData("https://app.example.com/a b")]
    [InlineData("https://app.example.com/a\"b")]
    [InlineData("https://app.example.com/\r\nSet-Cookie:a=b")]
    [InlineData("https://app.example.com\n")]
    [InlineData(" https://app.example.com/")]
    [InlineData("https://app.example.com:/")]
    [InlineData("https://app.example.com:99999/")]
    [InlineData("https://app%2eexample.com/")]
    [InlineData("http://loopback/")]
    [InlineData("https://{{.Code}}.example.com/")]
    [InlineData("https://bücher.example/")]
    [InlineData("https://app.example.com/ü")]
    public void What_could_be_read_in_two_ways_is_refused_from_everybody(string address)
    {
        Assert.Equal("malformed", Judge(s_frontend, address));
        Assert.Equal("malformed", Judge(s_frontend, address, listed: ["https://app.example.com", "https://evil.example"]));
    }

    [Theory]
    [InlineData("http://app.example.com/")]
    [InlineData("http://localhost.example.com/")]
    [InlineData("http://127.0.0.1.example.com/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://10.0.0.1/")]
    public void What_others_could_read_on_the_way_is_refused(string address) => Assert.Equal("foreign", Judge(s_frontend, address));

    [Theory]
    [InlineData("https://id.example.com/ok", "good")]
    [InlineData("https://ID.example.com:443/ok", "good")]
    [InlineData("https://login.example.com/ok", "good")]
    [InlineData("https://oidc.example.com:8443/ok", "good")]
    [InlineData("https://oidc.example.com/ok", "foreign")]
    [InlineData("http://id.example.com/ok", "foreign")]
    [InlineData("https://id.example.com.evil.example/ok", "foreign")]
    [InlineData("https://id.example.com./ok", "foreign")]
    [InlineData("https://other.example.com/ok", "foreign")]
    [InlineData("http://127.0.0.1:3000/ok", "foreign")]
    public void Others_may_name_this_service_and_its_login_pages(string address, string expected)
    {
        Assert.Equal(expected, Judge(s_owner, address, own: s_own));
        Assert.Equal(expected, Judge(CallerWith(), address, own: s_own));
    }

    [Theory]
    [InlineData("http://127.0.0.1:3000/ok", "good")]
    [InlineData("https://localhost/ok", "good")]
    [InlineData("https://app.example.com/ok", "foreign")]
    public void Where_nothing_is_configured_others_stay_on_the_machine(string address, string expected) =>
        Assert.Equal(expected, Judge(CallerWith(), address));

    [Theory]
    [InlineData("https://app.example.com/ok", "good")]
    [InlineData("http://intranet/ok", "good")]
    [InlineData("https://id.example.com/ok", "foreign")]
    [InlineData("https://login.example.com/ok", "foreign")]
    [InlineData("http://127.0.0.1:3000/ok", "foreign")]
    public void A_list_counts_for_everybody_and_nothing_else_does(string address, string expected)
    {
        foreach (var caller in new[] { CallerWith(), s_owner, s_frontend, Caller.InCluster })
        {
            Assert.Equal(expected, Judge(caller, address, listed: ["https://app.example.com/", "http://intranet"], own: s_own));
        }
    }

    [Theory]
    [InlineData("https://app.example.com", true)]
    [InlineData("https://app.example.com:8443/", true)]
    [InlineData("https://app.example.com/path", false)]
    [InlineData("https://app.example.com/?a", false)]
    [InlineData("https://*.example.com", false)]
    [InlineData("app.example.com", false)]
    [InlineData("javascript:x", false)]
    public void A_list_is_checked_when_the_host_starts(string origin, bool isRight)
    {
        var options = new ReturnAddressOptions { Origins = { origin } };

        var faults = options.Validate(new ValidationContext(options)).ToList();

        Assert.Equal(isRight, faults.Count == 0);
        Assert.All(faults, fault =>
            Assert.StartsWith("Sessions:ReturnAddresses:Origins:0 must", fault.ErrorMessage, StringComparison.Ordinal)
        );
    }

    private static string Judge(Caller caller, string address, string[]? listed = null, (string Key, string Value)[]? own = null)
    {
        var (malformed, foreign) = (
            new SessionError("malformed", ErrorCode.InvalidArgument, ""),
            new SessionError("foreign", ErrorCode.InvalidArgument, "")
        );
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection((own ?? []).ToDictionary(pair => $"Sessions:{pair.Key}", pair => (string?)pair.Value))
            .Build();
        var options = new ReturnAddressOptions();
        options.ReadOwnOrigins(configuration.GetSection("Sessions"));
        foreach (var origin in listed ?? [])
        {
            options.Origins.Add(origin);
        }

        try
        {
            new ReturnAddresses(Options.Create(options)).Ensure(caller, address, malformed, foreign);
            return "good";
        }
        catch (SessionException exception)
        {
            return exception.Error.Id;
        }
    }
}
