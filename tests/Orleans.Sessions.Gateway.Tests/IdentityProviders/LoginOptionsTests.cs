using Orleans.Sessions.Gateway.IdentityProviders;
using Orleans.Sessions.Protocol.IdpV2;

namespace Orleans.Sessions.Gateway.Tests.IdentityProviders;

/// <summary>What login pages are told of a provider. They link people by themselves.</summary>
public sealed class LoginOptionsTests
{
    [Theory]
    [InlineData(EntraSettings.Common, AutoLinkingOption.Unspecified)]
    [InlineData(EntraSettings.Organizations, AutoLinkingOption.Unspecified)]
    [InlineData(EntraSettings.Consumers, AutoLinkingOption.Email)]
    [InlineData("contoso.example", AutoLinkingOption.Email)]
    public void A_login_page_links_nobody_where_people_of_every_organization_log_in(string tenant, AutoLinkingOption expected)
    {
        var provider = new IdentityProvider
        {
            Id = "entra",
            Details = new IdentityProviderDetails(1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "instance"),
            Name = "Entra ID",
            Issuer = "https://login.example.com/tenant/v2.0",
            ClientId = "client",
            Kind = ProviderKind.EntraId,
            Entra = new EntraSettings(tenant, IsEmailVerified: true),
            Policy = new IdentityProviderPolicy { IsLinkingAllowed = true, AutoLinking = AutoLinking.Email },
        };

        var options = IdentityProviderMessages.Provider(provider).Config.Options;

        Assert.Equal((true, expected), (options.IsLinkingAllowed, options.AutoLinking));
    }
}
