using System.Collections.Immutable;
using Orleans.Sessions.IdentityProviders;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Oidc.Clients;
using Orleans.Sessions.Registries;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Saml.ServiceProviders;

namespace Orleans.Sessions.Tests.Registries;

/// <summary>A refused registration names the field that breaks a rule, and repeats nothing but addresses and names.</summary>
public sealed class RefusedValueTests
{
    private const string Secret = "Tr0ub4dor";

    private static readonly OidcClient s_client = new() { Id = "shop", RedirectUris = ["https://shop.example/signin"] };

    private static readonly ServiceProvider s_wiki = new()
    {
        Id = "wiki",
        EntityId = "https://wiki.example/saml",
        AssertionConsumers = [new AssertionConsumer("https://wiki.example/acs", SamlBindingUris.Post)],
    };

    private static readonly ProviderSettings s_upstream = new()
    {
        Name = "Upstream",
        Issuer = "https://id.example",
        ClientId = "us",
    };

    [Fact]
    public void Of_a_client()
    {
        ImmutableArray<string> second = ["https://shop.example/signin", "http://shop.example/b"];
        AssertRefused(
            SessionErrors.ClientRedirectUrisInvalid,
            "redirectUris[1]",
            "http://shop.example/b",
            s_client with
            {
                RedirectUris = second,
            }
        );
        AssertRefused(
            SessionErrors.ClientRedirectUrisWildcard,
            "postLogoutRedirectUris[0]",
            "https://*.shop.example/",
            s_client with
            {
                PostLogoutRedirectUris = ["https://*.shop.example/"],
            }
        );
        AssertRefused(
            SessionErrors.ClientGrantTypesUnknown,
            "grantTypes[1]",
            "password",
            s_client with
            {
                GrantTypes = [OidcGrantTypes.AuthorizationCode, "password"],
            }
        );
        AssertRefused(SessionErrors.ClientAcrUnknown, "minimumAcr", "aal9", s_client with { MinimumAcr = "aal9" });
        AssertRefused(
            SessionErrors.ClientIdTokenAlgorithmUnknown,
            "idTokenSignedResponseAlg",
            "HS256",
            s_client with
            {
                IdTokenAlgorithm = "HS256",
            }
        );
        AssertRefused(
            SessionErrors.ClientAccessTokenAlgorithmUnknown,
            "accessTokenSignedResponseAlg",
            "none",
            s_client with
            {
                AccessTokenAlgorithm = "none",
            }
        );
        AssertRefused(SessionErrors.ClientProfileUnknown, "profile", "9", s_client with { Profile = (ClientProfile)9 });
        AssertRefused(SessionErrors.ClientLogoUriInvalid, "logoUri", "ftp://a.example/", s_client with { LogoUri = "ftp://a.example/" });
        AssertRefused(
            SessionErrors.ClientRedirectUrisInvalid,
            "redirectUris",
            null,
            s_client with
            {
                RedirectUris = [.. Enumerable.Range(0, 51).Select(i => $"https://shop.example/{i}")],
            }
        );
    }

    [Fact]
    public void Of_a_service_provider()
    {
        AssertRefused(
            SessionErrors.ServiceProviderConsumerLocationInvalid,
            "assertionConsumerServices[1].location",
            "http://wiki.example/acs",
            s_wiki with
            {
                AssertionConsumers = s_wiki.AssertionConsumers.Add(new("http://wiki.example/acs", SamlBindingUris.Post, 1)),
            }
        );
        AssertRefused(
            SessionErrors.ServiceProviderConsumerBindingUnknown,
            "assertionConsumerServices[0].binding",
            "urn:oasis:names:tc:SAML:2.0:bindings:PAOS",
            s_wiki with
            {
                AssertionConsumers = [new("https://wiki.example/acs", "urn:oasis:names:tc:SAML:2.0:bindings:PAOS")],
            }
        );
        AssertRefused(
            SessionErrors.ServiceProviderLogoutLocationInvalid,
            "singleLogoutServices[0].responseLocation",
            "http://wiki.example/done",
            s_wiki with
            {
                LogoutEndpoints = [new("https://wiki.example/slo", SamlBindingUris.Post, "http://wiki.example/done")],
            }
        );
        AssertRefused(
            SessionErrors.ServiceProviderCertificateUnreadable,
            "signingCertificates[0]",
            null,
            s_wiki with
            {
                Certificates =
                [
                    [1, 2, 3],
                ],
            }
        );
    }

    [Fact]
    public void Of_metadata()
    {
        const string Entity = "https://wiki.example/saml";
        AssertRefused(SessionErrors.ServiceProviderMetadataOfOthers, Entity, Metadata(Entity), "https://other.example/saml");
        AssertRefused(SessionErrors.ServiceProviderMetadataIndexInvalid, "65536", Metadata(Entity, index: "65536"));
        AssertRefused(
            SessionErrors.ServiceProviderMetadataWithoutConsumer,
            "urn:oasis:names:tc:SAML:2.0:bindings:PAOS",
            Metadata(Entity, binding: "urn:oasis:names:tc:SAML:2.0:bindings:PAOS")
        );

        static void AssertRefused(SessionError error, string found, string metadata, string entityId = "")
        {
            var refusal = Assert.Throws<SessionException>(() => Understand(s_wiki with { EntityId = entityId }, metadata));
            Assert.Equal((error, new FieldFault("metadata", found)), (refusal.Error, refusal.Fault));
        }
    }

    [Fact]
    public void Of_a_provider()
    {
        AssertRefused(SessionErrors.ProviderIssuerInvalid, "issuer", "http://id.example", s_upstream with { Issuer = "http://id.example" });
        AssertRefused(
            SessionErrors.ProviderAutoLinkingUnknown,
            "providerOptions.autoLinking",
            "9",
            s_upstream with
            {
                Policy = new() { AutoLinking = (AutoLinking)9 },
            }
        );
        AssertRefused(SessionErrors.ProviderScopesInvalid, "scopes[1]", null, s_upstream with { Scopes = ["openid", "two words"] });

        static void AssertRefused(SessionError error, string field, string? found, ProviderSettings settings)
        {
            var refusal = ProviderRules.Refusal(settings)!;
            Assert.Equal((error, new FieldFault(field, found)), (refusal.Error, refusal.Fault));
        }
    }

    [Fact]
    public void Nothing_else_is_repeated()
    {
        var key = "{\"keys\":[{\"kty\":\"EC\",\"d\":\"" + Secret + "\"}]}";
        var much = string.Concat(Enumerable.Repeat(Secret, 100));
        List<SessionException?> refusals =
        [
            RefusalOf(s_client with { Name = much }),
            RefusalOf(s_client with { Id = $"{Secret} {Secret}" }),
            RefusalOf(s_client with { Scopes = [$"{Secret} {Secret}"] }),
            RefusalOf(s_client with { Audiences = [$"{Secret} {Secret}"] }),
            RefusalOf(s_client with { Authentication = ClientAuthentication.PrivateKeyJwt, JsonWebKeys = key }),
            RefusalOf(s_client with { RedirectUris = [$"http://me:{Secret}@shop.example/"] }),
            RefusalOf(s_client with { RedirectUris = [$"http://shop.example/?token={Secret}"] }),
            RefusalOf(s_client with { RedirectUris = [$"https://shop.example/#{Secret}"] }),
            RefusalOf(s_client with { RedirectUris = [$"data:text/plain,{Secret}"] }),
            RefusalOf(s_client with { RedirectUris = [Secret] }),
            RefusalOf(s_client with { LogoUri = $"http://shop.example/\n{Secret}" }),
            RefusalOf(s_client with { GrantTypes = [$"{Secret} {Secret}"] }),
            RefusalOf(s_wiki with { NameIdFormats = [much] }),
            RefusalOf(s_wiki with { EntityId = $"{Secret} {Secret}" }),
            RefusalOf(s_wiki, $"<{Secret}/>"),
            RefusalOf(s_wiki with { EntityId = "" }, Metadata("urn:a", binding: $"{Secret} {Secret}")),
            RefusalOf(s_wiki, Metadata(Secret)),
            ProviderRules.Refusal(s_upstream with { ClientSecret = much }),
            ProviderRules.Refusal(s_upstream with { ClientId = much }),
            ProviderRules.Refusal(s_upstream with { Issuer = $"https://me:{Secret}@id.example" }),
        ];

        Assert.All(refusals, refusal =>
        {
            Assert.NotNull(refusal);
            Assert.DoesNotContain(Secret, $"{refusal.Message} {refusal.Text} {refusal.Fault}", StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("redirectUris[]", "https://a.example/cb?x=1", "https://a.example/cb...")]
    [InlineData("redirectUris[]", "com.example.app:/cb#x", "com.example.app:/cb...")]
    [InlineData("redirectUris[]", "a.example/cb", null)]
    [InlineData("minimumAcr", "https://a.example", null)]
    [InlineData("clientSecret", "secret", null)]
    [InlineData("jsonWebKeys", "https://a.example", null)]
    [InlineData("minimumAcr", "aal9", "aal9")]
    [InlineData("minimumAcr", null, null)]
    public void An_address_ends_before_what_can_be_secret(string field, string? value, string? repeated) =>
        Assert.Equal(repeated, HarmlessValues.Of(field, value));

    private static void AssertRefused(SessionError error, string field, string? found, OidcClient client) =>
        AssertRefused(error, field, found, RefusalOf(client)!);

    private static void AssertRefused(SessionError error, string field, string? found, ServiceProvider provider) =>
        AssertRefused(error, field, found, RefusalOf(provider)!);

    private static void AssertRefused(SessionError error, string field, string? found, SessionException refusal) =>
        Assert.Equal(
            (error, new FieldFault(field, found), found is null ? error.Text : $"{error.Text}: {found}"),
            (refusal.Error, refusal.Fault, refusal.Text)
        );

    private static SessionException? RefusalOf(OidcClient client) =>
        Record.Exception(() => ClientRules.EnsureValid(client)) as SessionException;

    private static SessionException? RefusalOf(ServiceProvider provider, string? metadata = null) =>
        Record.Exception(() => Understand(provider, metadata)) as SessionException;

    private static ServiceProvider Understand(ServiceProvider provider, string? metadata) =>
        ServiceProviderRules.Understand(
            new ServiceProviderRegistration(metadata is null ? provider : provider with { AssertionConsumers = [] }, metadata)
        );

    private static string Metadata(string entity, string binding = SamlBindingUris.Post, string index = "1") =>
        $"""
            <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity}">
              <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
                <AssertionConsumerService Binding="{binding}" Location="https://wiki.example/acs" index="{index}"/>
              </SPSSODescriptor>
            </EntityDescriptor>
            """;
}
