using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.EndToEnd.IdentityProviders;

/// <summary>Providers of other kinds than OpenID Connect in the configuration.</summary>
public sealed class ConfiguredKindTests : OwnHosts
{
    private const string Section = "Sessions__IdentityProviders__0__";

    [Fact]
    public async Task Apple_comes_back_with_a_form_and_tells_the_name_beside_it()
    {
        await using var stub = new OidcStub
        {
            Discovery = document => document["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_post"),
            IdToken = claims => (claims["email"], claims["email_verified"]) = ("relay@privaterelay.example", true),
        };
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var host = await StartAsync(
            HostSettings
                .Shared.With($"{Section}Id", "apple")
                .With($"{Section}Kind", "Apple")
                .With($"{Section}Name", "Apple")
                .With($"{Section}Issuer", stub.Issuer)
                .With($"{Section}ClientId", OidcStub.ClientId)
                .With($"{Section}ClientSecret", key.ExportPkcs8PrivateKeyPem())
                .With($"{Section}TeamId", "TEAM123456")
                .With($"{Section}KeyId", "KEY1234567")
        );
        var admin = Admin(host);
        Assert.Equal("IDP_TYPE_APPLE", (await admin.GetAsync("/v2/idps/apple")).Expect(200).Text("idp.type"));
        var request = Landing.Parameters(new Uri(await admin.AuthUrlAsync("apple")));
        Assert.Equal("form_post", request["response_mode"]);
        stub.Nonce = request["nonce"];
        var user = Uri.EscapeDataString("""{"name":{"firstName":"Minnie","lastName":"Mouse"}}""");

        using var browser = new Browser();
        var callback = new Uri(host.Address, $"/idps/callback?code=any&state={request["state"]}&user={user}");
        var login = Succeeded(await browser.ArriveByFormAsync(callback));

        var retrieved = (await admin.RetrieveAsync(login)).Expect(200);
        Assert.Equal("Minnie", retrieved.Text("addHumanUser.profile.givenName"));
        Assert.Equal("relay@privaterelay.example", retrieved.Text("addHumanUser.email.email"));
    }

    [Fact]
    public async Task A_provider_that_lacks_what_its_kind_needs_keeps_the_service_from_starting()
    {
        var host = Launch(
            HostSettings
                .Shared.With($"{Section}Id", "oauth")
                .With($"{Section}Kind", "OAuth")
                .With($"{Section}Name", "OAuth")
                .With($"{Section}ClientId", "client")
        );

        await host.WaitForExitAsync(TimeSpan.FromMinutes(3));

        Assert.Contains("Sessions:IdentityProviders:0: authorizationEndpoint", host.Output, StringComparison.Ordinal);
    }
}
