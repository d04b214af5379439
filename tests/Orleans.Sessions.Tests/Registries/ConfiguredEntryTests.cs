using Orleans.Sessions.IdentityProviders;
using Orleans.Sessions.Oidc.Clients;
using Orleans.Sessions.Saml.ServiceProviders;

namespace Orleans.Sessions.Tests.Registries;

/// <summary>Whoever may not change an entry because the configuration defines it learns where to change it.</summary>
public sealed class ConfiguredEntryTests
{
    [Fact]
    public void The_refusal_names_the_section_of_the_configuration()
    {
        Assert.Contains(ConfiguredClientsOptions.Section, SessionErrors.ClientConfigured.Text, StringComparison.Ordinal);
        Assert.Contains(ConfiguredServiceProvidersOptions.Section, SessionErrors.ServiceProviderConfigured.Text, StringComparison.Ordinal);
        Assert.Contains(ConfiguredProviders.Section, SessionErrors.ProviderConfigured.Text, StringComparison.Ordinal);
    }
}
