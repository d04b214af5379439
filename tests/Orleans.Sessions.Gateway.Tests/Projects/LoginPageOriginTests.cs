using Microsoft.Extensions.Configuration;
using Orleans.Sessions.Gateway.Projects;

namespace Orleans.Sessions.Gateway.Tests.Projects;

/// <summary>Where administrators of organizations may put the login pages of their applications.</summary>
public sealed class LoginPageOriginTests
{
    private static readonly (string, string)[] s_configured =
    [
        ("Origin:Public", "https://id.example.com"),
        ("Oidc:LoginUri", "https://login.example.com/ui/login"),
        ("Saml:LoginUri", "/ui/v2/login/login"),
        ("ReturnAddresses:Origins:0", "https://app.example.com:8443/"),
    ];

    [Theory]
    [InlineData("https://id.example.com/ui/login", true)]
    [InlineData("https://ID.example.com:443/ui/login", true)]
    [InlineData("https://login.example.com/other/login", true)]
    [InlineData("https://app.example.com:8443/login", true)]
    [InlineData("https://app.example.com/login", false)]
    [InlineData("http://id.example.com/login", false)]
    [InlineData("https://evil.example/login", false)]
    [InlineData("https://id.example.com.evil.example/login", false)]
    [InlineData("https://id.example.com@evil.example/login", false)]
    [InlineData("https://evil.example@id.example.com/login", false)]
    [InlineData("http://localhost:3000/login", false)]
    [InlineData("/ui/v2/login/login", false)]
    [InlineData("//evil.example/login", false)]
    [InlineData("javascript:alert(1)/login", false)]
    public void Only_registered_origins_this_service_and_its_login_pages_count(string page, bool isAllowed) =>
        Assert.Equal(isAllowed, Origins(s_configured).Allows(page, new InstanceSettings()));

    [Fact]
    public void The_login_page_of_the_run_time_counts_unless_the_configuration_sets_one()
    {
        const string Page = "https://set.example.com/app/login";
        var known = new InstanceSettings { LoginPage = "https://set.example.com/ui" };

        Assert.True(Origins(("Origin:Public", "https://id.example.com")).Allows(Page, known));
        Assert.False(Origins(("Origin:Public", "https://id.example.com")).Allows(Page, known with { LoginPage = "/ui" }));
        Assert.False(Origins(s_configured).Allows(Page, known));
    }

    [Theory]
    [InlineData("http://localhost:3000/login", true)]
    [InlineData("http://127.0.0.1/login", true)]
    [InlineData("https://app.example.com/login", false)]
    public void Where_nothing_is_configured_pages_stay_on_the_machine(string page, bool isAllowed) =>
        Assert.Equal(isAllowed, Origins().Allows(page, new InstanceSettings()));

    private static LoginPageOrigins Origins(params (string Key, string Value)[] settings) =>
        new(
            new ConfigurationBuilder()
                .AddInMemoryCollection(settings.ToDictionary(pair => $"Sessions:{pair.Key}", pair => (string?)pair.Value))
                .Build()
        );
}
