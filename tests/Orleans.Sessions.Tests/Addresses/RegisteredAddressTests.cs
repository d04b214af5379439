using System.ComponentModel.DataAnnotations;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Oidc.Clients;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Saml.ServiceProviders;

namespace Orleans.Sessions.Tests.Addresses;

/// <summary>The URLs that administrators register. Nobody in transit can read what is sent there, and no script runs.</summary>
public sealed class RegisteredAddressTests
{
    private static readonly OidcClient s_client = new()
    {
        Id = "shop",
        RedirectUris = ["https://shop.example/signin"],
        GrantTypes = [OidcGrantTypes.AuthorizationCode],
    };

    /// <summary>Web URLs, and whether they may be registered.</summary>
    public static TheoryData<string, bool> Web =>
        new()
        {
            { "https://shop.example/a?b=c", true },
            { "http://localhost:3000/a", true },
            { "http://127.0.0.1/a", true },
            { "http://[::1]:8080/a", true },
            { "http://shop.example/a", false },
            { "http://10.0.0.1/a", false },
            { "http://loopback/a", false },
            { "http://localhost.shop.example/a", false },
            { "javascript:alert(1)", false },
            { "javascript://shop.example/%0aalert(1)", false },
            { "data:text/html,x", false },
            { "ftp://shop.example/a", false },
            { "https://me@shop.example/a", false },
            { "https://shop.example\\@evil.example/a", false },
            { "https://shop.example/a#b", false },
            { "/a", false },
        };

    [Theory]
    [MemberData(nameof(Web))]
    public async Task Clients(string address, bool isRight)
    {
        var error = isRight ? null : SessionErrors.ClientRedirectUrisInvalid;

        Assert.Equal(error, await ErrorOfAsync(s_client with { RedirectUris = [address] }));
        Assert.Equal(error, await ErrorOfAsync(s_client with { PostLogoutRedirectUris = [address] }));
        Assert.Equal(isRight ? null : SessionErrors.ClientLoginUriInvalid, await ErrorOfAsync(s_client with { LoginUri = address }));
    }

    [Fact]
    public async Task Apps_have_schemes_of_their_own_for_coming_back_only()
    {
        const string Own = "com.example.app:/signin";

        Assert.Null(await ErrorOfAsync(s_client with { RedirectUris = [Own], PostLogoutRedirectUris = [Own] }));
        Assert.Equal(SessionErrors.ClientLoginUriInvalid, await ErrorOfAsync(s_client with { LoginUri = Own }));
        Assert.Equal(SessionErrors.ClientRedirectUrisInvalid, await ErrorOfAsync(s_client with { RedirectUris = ["app:/signin"] }));
    }

    [Theory]
    [MemberData(nameof(Web))]
    public async Task Service_providers(string address, bool isRight)
    {
        var noConsumer = isRight ? null : SessionErrors.ServiceProviderConsumerLocationInvalid;
        var noLogout = isRight ? null : SessionErrors.ServiceProviderLogoutLocationInvalid;
        var noLogin = isRight ? null : SessionErrors.ServiceProviderLoginUriInvalid;
        var consumer = new AssertionConsumer("https://wiki.example/acs", SamlBindingUris.Post);
        var provider = new ServiceProvider
        {
            Id = "wiki",
            EntityId = "wiki",
            AssertionConsumers = [consumer],
        };

        Assert.Equal(noConsumer, await ErrorOfAsync(provider with { AssertionConsumers = [consumer with { Location = address }] }));
        Assert.Equal(noLogout, await ErrorOfAsync(provider with { LogoutEndpoints = [new LogoutEndpoint(address, SamlBindingUris.Post)] }));
        Assert.Equal(
            noLogout,
            await ErrorOfAsync(
                provider with
                {
                    LogoutEndpoints = [new LogoutEndpoint("https://wiki.example/slo", SamlBindingUris.Post, address)],
                }
            )
        );
        Assert.Equal(noLogin, await ErrorOfAsync(provider with { LoginUri = address }));
    }

    [Theory]
    [InlineData("https://mail.example/send", false, true)]
    [InlineData("http://127.0.0.1:9000/send", false, true)]
    [InlineData("http://mail.example/send", false, false)]
    [InlineData("http://mail.example/send", true, true)]
    [InlineData("ftp://mail.example/send", true, false)]
    public void Webhooks(string address, bool allowsHttp, bool isRight)
    {
        var webhook = new WebhookOptions { Url = new Uri(address), AllowHttp = allowsHttp };
        foreach (
            var options in new[]
            {
                new NotificationOptions { EmailWebhook = webhook },
                new NotificationOptions { SmsWebhook = webhook },
            }
        )
        {
            Assert.Equal(isRight, !options.Validate(new ValidationContext(options)).Any());
        }
    }

    [Fact]
    public void The_error_names_the_address_and_the_rule_and_no_secret_in_an_address()
    {
        var named = Assert.Throws<SessionException>(() =>
            ClientRules.EnsureValid(s_client with { RedirectUris = ["https://shop.example/a", "http://192.168.2.50:2283/auth/login"] })
        );
        var hidden = Assert.Throws<SessionException>(() =>
            ClientRules.EnsureValid(s_client with { RedirectUris = ["https://me:secret@shop.example/a"] })
        );

        Assert.Equal($"{SessionErrors.ClientRedirectUrisInvalid.Text}: http://192.168.2.50:2283/auth/login", named.Text);
        Assert.Equal(SessionErrors.ClientRedirectUrisInvalid.Text, hidden.Text);
    }

    [Fact]
    public async Task A_client_in_development_may_come_back_without_tls() =>
        Assert.Null(await ErrorOfAsync(s_client with { RedirectUris = ["http://192.168.2.50:2283/auth/login"], IsInDevelopment = true }));

    private static Task<SessionError?> ErrorOfAsync(OidcClient client) =>
        SessionCluster.ErrorOfAsync(() =>
        {
            ClientRules.EnsureValid(client);
            return Task.CompletedTask;
        });

    private static Task<SessionError?> ErrorOfAsync(ServiceProvider provider) =>
        SessionCluster.ErrorOfAsync(() =>
        {
            ServiceProviderRules.Understand(new ServiceProviderRegistration(provider));
            return Task.CompletedTask;
        });
}
