using System.Security.Cryptography;
using System.Text;

namespace Orleans.Sessions.EndToEnd.Administration.Harness;

/// <summary>The methods of what the whole installation has: settings, features, external providers and web keys.</summary>
internal static class InstallationCalls
{
    private const string Settings = "zitadel.settings.v2.SettingsService";
    private const string Features = "zitadel.feature.v2.FeatureService";
    private const string Providers = "zitadel.admin.v1.AdminService";
    private const string WebKeys = "zitadel.webkey.v2.WebKeyService";
    private const string ProviderMissing = "COMMAND-idpNf";

    private static readonly string[] s_readSettings =
    [
        "GetGeneralSettings",
        "GetLoginSettings",
        "GetPasswordComplexitySettings",
        "GetPasswordExpirySettings",
        "GetDomainSettings",
        "GetBrandingSettings",
        "GetLegalAndSupportSettings",
        "GetLockoutSettings",
        "GetSecuritySettings",
    ];

    private static readonly string[] s_kinds =
    [
        "AzureAD",
        "GitHub",
        "GitHubEnterpriseServer",
        "GitLab",
        "GitLabSelfHosted",
        "Google",
        "Apple",
        "GenericOAuth",
        "JWT",
    ];

    private static readonly string[] s_missingKinds = ["LDAP", "SAML"];

    private static readonly string s_key = Convert.ToBase64String(
        Encoding.UTF8.GetBytes(ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem())
    );

    public static IEnumerable<SimultaneousCall> All => OfSettings.Concat(OfFeatures).Concat(OfProviders).Concat(OfWebKeys);

    /// <summary>The methods that are described and not offered.</summary>
    public static IEnumerable<string> NotOffered =>
        new[]
        {
            $"{Features}/SetOrganizationFeatures",
            $"{Features}/ResetOrganizationFeatures",
            $"{Features}/SetUserFeatures",
            $"{Features}/ResetUserFeatures",
        }
            .Concat(
                new[]
                {
                    "GetIDPByID",
                    "ListIDPs",
                    "AddOIDCIDP",
                    "AddJWTIDP",
                    "UpdateIDP",
                    "DeactivateIDP",
                    "ReactivateIDP",
                    "RemoveIDP",
                    "UpdateIDPOIDCConfig",
                    "UpdateIDPJWTConfig",
                    "MigrateGenericOIDCProvider",
                    "RegenerateSAMLProviderCertificate",
                }.Select(method => $"{Providers}/{method}")
            )
            .Concat(s_missingKinds.SelectMany(kind => new[] { $"{Providers}/Add{kind}Provider", $"{Providers}/Update{kind}Provider" }));

    private static IEnumerable<SimultaneousCall> OfSettings =>
        [
            .. s_readSettings.Select(method => Of($"{Settings}/{method}", new { })),
            Of(
                $"{Settings}/SetSecuritySettings",
                new { embeddedIframe = new { enabled = true, allowedOrigins = new[] { "https://app.example.com" } } }
            ),
            new($"{Settings}/GetActiveIdentityProviders", NothingWithProviderAsync) { Parent = Parent.Provider },
            new($"{Settings}/SetHostedLoginTranslation", async scene => new
            {
                organizationId = await scene.OrganizationAsync(),
                locale = "de",
                translations = new { login = new { title = "Hallo" } },
            })
            {
                Parent = Parent.Organization,
                Gone = "AUTH-Bs7Ds",
                Count = CountTextsAsync,
            },
            new($"{Settings}/GetHostedLoginTranslation", async scene => new
            {
                organizationId = await scene.OrganizationAsync(),
                locale = "de",
            })
            {
                Parent = Parent.Organization,
            },
        ];

    private static IEnumerable<SimultaneousCall> OfFeatures =>
        [
            Of($"{Features}/SetSystemFeatures", NewPage("system")),
            Of($"{Features}/SetInstanceFeatures", NewPage("instance")),
            Of($"{Features}/GetSystemFeatures", new { }),
            Of($"{Features}/GetInstanceFeatures", new { }),
            Of($"{Features}/ResetSystemFeatures", new { }),
            Of($"{Features}/ResetInstanceFeatures", new { }),
            new($"{Features}/GetOrganizationFeatures", async scene => new { organizationId = await scene.OrganizationAsync() })
            {
                Parent = Parent.Organization,
            },
            new($"{Features}/GetUserFeatures", async scene => new { userId = await scene.UserAsync() }) { Parent = Parent.User },
        ];

    private static IEnumerable<SimultaneousCall> OfProviders =>
        [
            Of($"{Providers}/Healthz", new { }),
            // Providers may share a name, so each call adds one.
            new($"{Providers}/AddGenericOIDCProvider", scene => Task.FromResult(Provider(scene, id: null))),
            .. s_kinds.Select(kind => new SimultaneousCall($"{Providers}/Add{kind}Provider", scene =>
                Task.FromResult(Provider(scene, id: null))
            )),
            OfProvider("UpdateGenericOIDCProvider", async scene => Provider(scene, await scene.ProviderAsync())),
            // The provider of the scene is of another kind.
            .. s_kinds.Select(kind => new SimultaneousCall($"{Providers}/Update{kind}Provider", async scene =>
                Provider(scene, await scene.ProviderAsync())
            )
            {
                Fails = ProviderMissing,
            }),
            OfProvider("GetProviderByID", async scene => new { id = await scene.ProviderAsync() }) with
            {
                Gone = "QUERY-SAFrt",
            },
            OfProvider("DeleteProvider", async scene => new { id = await scene.ProviderAsync() }) with
            {
                Loses = ProviderMissing,
                Parent = null,
            },
            OfProvider("ListProviders", NothingWithProviderAsync) with
            {
                Gone = null,
            },
            OfProvider("ListLoginPolicyIDPs", NothingWithProviderAsync) with
            {
                Gone = null,
            },
            OfProvider("AddIDPToLoginPolicy", async scene => new { idpId = await scene.ProviderAsync() }),
            OfProvider("RemoveIDPFromLoginPolicy", async scene => new { idpId = await scene.ProviderAsync() }),
        ];

    /// <summary>A key that signs cannot be deleted, so another test deletes one in between.</summary>
    private static IEnumerable<SimultaneousCall> OfWebKeys => [new($"{WebKeys}/CreateWebKey", async scene =>
            {
                await scene.WithdrawNextKeyAsync();
                return new { };
            }) { Loses = "WEBKEY-Next1", Count = scene => scene.CountAsync($"{WebKeys}/ListWebKeys", "webKeys", new { }, key => key["state"]?.GetValue<string>() == "STATE_INITIAL") }, new($"{WebKeys}/ActivateWebKey", async scene => new { id = await scene.NextKeyAsync() }), new($"{WebKeys}/DeleteWebKey", async scene => new { id = await scene.NextKeyAsync() }), Of($"{WebKeys}/ListWebKeys", new { })];

    private static SimultaneousCall Of(string method, object request) => new(method, _ => Task.FromResult(request));

    private static SimultaneousCall OfProvider(string method, Func<Scene, Task<object>> prepare) =>
        new($"{Providers}/{method}", prepare) { Parent = Parent.Provider, Gone = ProviderMissing };

    private static object NewPage(string name) => new { loginV2 = new { required = true, baseUri = $"https://login.example.com/{name}" } };

    /// <summary>A request for any kind of provider, which ignores what it does not have.</summary>
    private static object Provider(Scene scene, string? id) =>
        new
        {
            id,
            name = scene.New,
            issuer = "https://idp.example.com",
            clientId = "client",
            clientSecret = "very secret",
            authorizationEndpoint = "https://idp.example.com/authorize",
            tokenEndpoint = "https://idp.example.com/token",
            userEndpoint = "https://idp.example.com/user",
            idAttribute = "id",
            teamId = "TEAM123456",
            keyId = "KEY1234567",
            privateKey = s_key,
            jwtEndpoint = "https://idp.example.com/login",
            keysEndpoint = "https://idp.example.com/keys",
            headerName = "x-token",
        };

    private static async Task<int> CountTextsAsync(Scene scene)
    {
        var request = new
        {
            organizationId = scene.Organization,
            locale = "de",
            ignoreInheritance = true,
        };
        return (await scene.CallAsync($"{Settings}/GetHostedLoginTranslation", request)).Has("translations.login") ? 1 : 0;
    }

    private static async Task<object> NothingWithProviderAsync(Scene scene)
    {
        await scene.ProviderAsync();
        return new { };
    }
}
