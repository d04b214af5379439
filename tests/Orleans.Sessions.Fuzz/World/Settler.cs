using System.Text.Json.Nodes;
using Orleans.Sessions.Fuzz.Contract;

namespace Orleans.Sessions.Fuzz.World;

/// <summary>Creates the users, machines, clients and other objects.</summary>
public sealed class Settler(Service service)
{
    /// <summary>The organization with managers.</summary>
    public const string Managed = "fuzz-managed";

    /// <summary>The organization of all other users.</summary>
    public const string Others = "fuzz-others";

    /// <summary>The authenticator secret of all users who have an authenticator.</summary>
    public const string TotpSecret = "KRSXG5CTMVRXEZLUKN2XAZLSKRSXG5CT";

    private int _count;

    /// <summary>A user with a password and an authenticator. Private texts of the user contain <paramref name="mark"/>.</summary>
    public async Task<(string Id, string LoginName)> HumanAsync(string organization, string mark)
    {
        var loginName = $"{mark}-{++_count}";
        var answer = await service.PostAsync(
            "/v2/users/human",
            new
            {
                username = loginName,
                organization = new { orgId = organization },
                profile = new
                {
                    givenName = mark,
                    familyName = mark,
                    displayName = $"{mark} {_count}",
                },
                email = new { email = $"{loginName}@example.com", isVerified = true },
                phone = new { phone = $"+49151{10_000_000 + _count}", isVerified = true },
                password = new { password = Vocabulary.Password },
                totpSecret = TotpSecret,
                metadata = new[] { new { key = "mark", value = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(mark)) } },
            }
        );
        return (Text(answer, "userId"), loginName);
    }

    /// <summary>A machine user with a token.</summary>
    public async Task<(string Id, string Token)> MachineAsync(
        string organization,
        string? instanceRole = null,
        string? organizationRole = null
    )
    {
        var name = $"machine-{++_count}";
        var id = Text(
            await service.PostAsync(
                "/v2/users/new",
                new
                {
                    organizationId = organization,
                    username = name,
                    machine = new { name },
                }
            ),
            "id"
        );
        if (instanceRole is not null)
        {
            await GrantAsync(id, new { instance = true }, instanceRole);
        }

        if (organizationRole is not null)
        {
            await GrantAsync(id, new { organizationId = organization }, organizationRole);
        }

        var token = await service.PostAsync($"/v2/users/{id}/pats", new { expirationDate = DateTimeOffset.UtcNow.AddDays(30) });
        return (id, Text(token, "token"));
    }

    public Task GrantAsync(string userId, object resource, string role) =>
        service.PostAsync(
            "/v2/internal_permissions/administrators",
            new
            {
                userId,
                resource,
                roles = new[] { role },
            }
        );

    /// <summary>A session of a user who has proved password and authenticator code.</summary>
    public async Task<(string Id, string Token)> SessionAsync(string userId, string mark)
    {
        var created = await service.PostAsync(
            "/v2/sessions",
            new
            {
                checks = new
                {
                    user = new { userId },
                    password = new { password = Vocabulary.Password },
                    totp = new { code = TotpCode.Now(TotpSecret) },
                },
                metadata = new Dictionary<string, string> { ["mark"] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(mark)) },
                userAgent = new { fingerprintId = $"{mark}-browser", description = mark },
            }
        );
        return (Text(created, "sessionId"), Text(created, "sessionToken"));
    }

    /// <summary>A client with a secret.</summary>
    public async Task<(string Id, string Secret)> ClientAsync(string name)
    {
        var created = await service.PostAsync(
            "/v2/oidc/clients",
            new
            {
                settings = new
                {
                    name,
                    authentication = "CLIENT_AUTHENTICATION_SECRET_BASIC",
                    redirectUris = new[] { Vocabulary.RedirectUri },
                    postLogoutRedirectUris = new[] { Vocabulary.PostLogoutRedirectUri },
                    grantTypes = new[]
                    {
                        "authorization_code",
                        "refresh_token",
                        "urn:ietf:params:oauth:grant-type:device_code",
                        "urn:ietf:params:oauth:grant-type:token-exchange",
                    },
                },
            }
        );
        return (Text(created, "client.clientId"), Text(created, "clientSecret"));
    }

    /// <summary>A service provider without certificates, whose requests need no signature.</summary>
    public async Task<string> ServiceProviderAsync(string entityId) =>
        Text(
            await service.PostAsync(
                "/v2/saml/service_providers",
                new
                {
                    settings = new
                    {
                        name = entityId,
                        entityId,
                        assertionConsumerServices = new[] { new { location = Vocabulary.ConsumerUri, isDefault = true } },
                        singleLogoutServices = new[] { new { location = Vocabulary.LogoutUri } },
                    },
                }
            ),
            "serviceProvider.id"
        );

    /// <summary>An external provider at this address.</summary>
    public async Task<string> ProviderAsync(string issuer, string secret) =>
        Text(
            await service.PostAsync(
                "/admin/v1/idps/generic_oidc",
                new
                {
                    name = $"provider {++_count}",
                    issuer,
                    clientId = OidcStub.ClientId,
                    clientSecret = secret,
                    scopes = new[] { "openid" },
                    usePkce = true,
                    providerOptions = new { isLinkingAllowed = true, isCreationAllowed = true },
                }
            ),
            "id"
        );

    /// <summary>A text in an answer. It must be present.</summary>
    public static string Text(JsonObject answer, string path) =>
        path.Split('.')
            .Aggregate((JsonNode)answer, (node, name) => node[name] ?? throw new InvalidOperationException($"No {path} in {answer}."))
            .GetValue<string>();
}
