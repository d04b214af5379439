using Orleans.Sessions.Fuzz.Contract;
using Orleans.Sessions.Fuzz.Wire;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Journeys;

/// <summary>The journeys of administrators.</summary>
public static class Administration
{
    /// <summary>A machine user gets a secret, a key and a token, uses them, and loses them.</summary>
    public static async Task ServiceAccountAsync(Traveller traveller)
    {
        var owner = traveller.World.Owner;
        var name = traveller.Dice.Name("machine");
        var id = People.Text(
            await traveller.CallAsync(
                owner,
                "CreateUser",
                new
                {
                    organizationId = Settler.Managed,
                    username = name,
                    machine = new { name },
                }
            ),
            "id"
        );
        var secret = People.Text(await traveller.CallAsync(owner, "AddSecret", new { userId = id }), "clientSecret");
        var basic = FuzzRequest.Basic(name, secret);
        var tokens = await traveller.VisitAsync(
            Surface.OAuth,
            "/oauth/v2/token",
            isPost: true,
            [("grant_type", "client_credentials"), ("scope", "openid urn:zitadel:iam:org:project:id:zitadel:aud")],
            basic
        );
        var self = People.Self(traveller, id, null, tokens.Find("access_token")!);
        await traveller.CallAsync(self, "GetUserByID", new { userId = id });
        var expirationDate = DateTimeOffset.UtcNow.AddDays(1);
        var key = await traveller.CallAsync(owner, "AddKey", new { userId = id, expirationDate });
        var token = await traveller.CallAsync(owner, "AddPersonalAccessToken", new { userId = id, expirationDate });
        await traveller.CallAsync(People.Self(traveller, id, null, People.Text(token, "token")), "GetUserByID", new { userId = id });
        await traveller.CallAsync(owner, "RemovePersonalAccessToken", new { userId = id, tokenId = People.Text(token, "tokenId") });
        await traveller.CallAsync(owner, "RemoveKey", new { userId = id, keyId = People.Text(key, "keyId") });
        await traveller.CallAsync(owner, "RemoveSecret", new { userId = id });
        await traveller.CallAsync(owner, "DeleteUser", new { userId = id });
    }

    /// <summary>A client, a service provider and a provider are registered, changed and removed.</summary>
    public static async Task RegistriesAsync(Traveller traveller)
    {
        var owner = traveller.World.Owner;
        var settings = new
        {
            name = "x",
            authentication = "CLIENT_AUTHENTICATION_SECRET_POST",
            redirectUris = new[] { Vocabulary.RedirectUri },
            grantTypes = new[] { "authorization_code" },
        };
        var client = People.Text(await traveller.CallAsync(owner, "CreateClient", new { settings }), "client.clientId");
        await traveller.CallAsync(owner, "GetClient", new { clientId = client });
        await traveller.CallAsync(owner, "UpdateClient", new { clientId = client, settings });
        await traveller.CallAsync(owner, "RegenerateSecret", new { clientId = client });
        await traveller.CallAsync(owner, "DeleteClient", new { clientId = client });

        var entity = new
        {
            name = "x",
            entityId = $"https://sp.example/{traveller.Dice.Name("sp")}",
            assertionConsumerServices = new[] { new { location = Vocabulary.ConsumerUri } },
        };
        var provider = People.Text(
            await traveller.CallAsync(owner, "CreateServiceProvider", new { settings = entity }),
            "serviceProvider.id"
        );
        await traveller.CallAsync(owner, "UpdateServiceProvider", new { id = provider, settings = entity });
        await traveller.CallAsync(owner, "DeleteServiceProvider", new { id = provider });

        var upstream = new
        {
            name = "x",
            issuer = traveller.World.Upstream.Issuer,
            clientId = "c",
            clientSecret = "s",
            scopes = new[] { "openid" },
        };
        var idp = People.Text(await traveller.CallAsync(owner, "AddGenericOIDCProvider", upstream), "id");
        await traveller.CallAsync(owner, "GetIDPByID", new { id = idp }, isForEverybody: true);
        await traveller.CallAsync(
            owner,
            "UpdateGenericOIDCProvider",
            new
            {
                id = idp,
                upstream.name,
                upstream.issuer,
                upstream.clientId,
            }
        );
        await traveller.CallAsync(owner, "DeleteProvider", new { id = idp });
    }

    /// <summary>A user gets roles, gets other roles, loses them, is locked and unlocked.</summary>
    public static async Task AdministratorsAsync(Traveller traveller)
    {
        var owner = traveller.World.Owner;
        var name = traveller.Dice.Name("machine");
        var id = People.Text(
            await traveller.CallAsync(
                owner,
                "CreateUser",
                new
                {
                    organizationId = Settler.Managed,
                    username = name,
                    machine = new { name },
                }
            ),
            "id"
        );
        var resource = new { organizationId = Settler.Managed };
        await traveller.CallAsync(
            owner,
            "CreateAdministrator",
            new
            {
                userId = id,
                resource,
                roles = new[] { "ORG_USER_MANAGER" },
            }
        );
        await traveller.CallAsync(
            owner,
            "UpdateAdministrator",
            new
            {
                userId = id,
                resource,
                roles = new[] { "ORG_OWNER" },
            }
        );
        await traveller.CallAsync(owner, "DeleteAdministrator", new { userId = id, resource });
        await traveller.CallAsync(owner, "LockUser", new { userId = id });
        await traveller.CallAsync(owner, "UnlockUser", new { userId = id });
        await traveller.CallAsync(owner, "DeactivateUser", new { userId = id });
        await traveller.CallAsync(owner, "ReactivateUser", new { userId = id });
        await traveller.CallAsync(owner, "DeleteUser", new { userId = id });
    }
}
