using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>npm's <c>openid-client</c>, a certified relying party, with a login frontend outside of this service.</summary>
public abstract class OpenidClientTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task It_logs_in_by_every_flow()
    {
        await using var frontend = await LoginFrontend.StartAsync(Admin);
        var web = await RelyingParty.RegisterAsync(
            Admin,
            ("postLogoutRedirectUris", new[] { RelyingParty.RedirectUri }),
            ("loginUri", frontend.LoginUri)
        );
        var spa = await RelyingParty.RegisterPublicAsync(Admin, ("loginUri", frontend.LoginUri));
        var device = await RelyingParty.RegisterPublicAsync(
            Admin,
            ("redirectUris", Array.Empty<string>()),
            ("grantTypes", new[] { RelyingParty.DeviceCode })
        );
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);

        var output = await NodeProgram.RunAsync(
            "openid-client",
            "login.mjs",
            new()
            {
                ["ISSUER"] = Admin.Host.Address.GetLeftPart(UriPartial.Authority),
                ["LOGIN_URI"] = frontend.LoginUri,
                ["ADMIN_TOKEN"] = Admin.Token!,
                ["WEB_ID"] = web.Id,
                ["WEB_SECRET"] = web.Secret!,
                ["SPA_ID"] = spa.Id,
                ["DEVICE_ID"] = device.Id,
                ["REDIRECT_URI"] = RelyingParty.RedirectUri,
                ["SESSION_ID"] = session.Id,
                ["SESSION_TOKEN"] = session.Token,
                ["USER_ID"] = human.Id,
                ["LOGIN_NAME"] = human.LoginName,
                ["PASSWORD"] = human.Password,
            }
        );

        Assert.EndsWith("logout", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_refreshes_several_times_at_once()
    {
        await using var frontend = await LoginFrontend.StartAsync(Admin);
        var web = await RelyingParty.RegisterAsync(Admin, ("loginUri", frontend.LoginUri));
        var human = await Admin.NewHumanAsync();

        var output = await NodeProgram.RunAsync(
            "openid-client",
            "refresh.mjs",
            new()
            {
                ["ISSUER"] = Admin.Host.Address.GetLeftPart(UriPartial.Authority),
                ["LOGIN_URI"] = frontend.LoginUri,
                ["WEB_ID"] = web.Id,
                ["WEB_SECRET"] = web.Secret!,
                ["REDIRECT_URI"] = RelyingParty.RedirectUri,
                ["USER_ID"] = human.Id,
                ["LOGIN_NAME"] = human.LoginName,
                ["PASSWORD"] = human.Password,
            }
        );

        Assert.EndsWith("refreshed at once", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_binds_tokens_to_a_key_and_follows_the_profile_fapi2()
    {
        using var key = RSA.Create(2048);
        var numbers = key.ExportParameters(includePrivateParameters: false);
        var keys = new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA",
                    use = "sig",
                    kid = "k1",
                    n = Base64Url.EncodeToString(numbers.Modulus),
                    e = Base64Url.EncodeToString(numbers.Exponent),
                },
            },
        };
        var bank = await RelyingParty.RegisterAsync(
            Admin,
            ("profile", "CLIENT_PROFILE_FAPI2"),
            ("authentication", "CLIENT_AUTHENTICATION_PRIVATE_KEY_JWT"),
            ("jsonWebKeys", JsonSerializer.Serialize(keys)),
            ("scopes", new[] { RelyingParty.ApiScope })
        );
        var spa = await RelyingParty.RegisterPublicAsync(Admin, ("scopes", new[] { RelyingParty.ApiScope }));
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);

        var output = await NodeProgram.RunAsync(
            "openid-client",
            "dpop.mjs",
            new()
            {
                ["ISSUER"] = Admin.Host.Address.GetLeftPart(UriPartial.Authority),
                ["ADMIN_TOKEN"] = Admin.Token!,
                ["BANK_ID"] = bank.Id,
                ["BANK_KEY"] = Convert.ToBase64String(key.ExportPkcs8PrivateKey()),
                ["SPA_ID"] = spa.Id,
                ["REDIRECT_URI"] = RelyingParty.RedirectUri,
                ["API_SCOPE"] = RelyingParty.ApiScope,
                ["SESSION_ID"] = session.Id,
                ["SESSION_TOKEN"] = session.Token,
                ["USER_ID"] = human.Id,
            }
        );

        Assert.EndsWith("fapi2", output.TrimEnd(), StringComparison.Ordinal);
    }
}

public sealed class OpenidClientTestsOnSqlite(SqliteHost host) : OpenidClientTests(host);

public sealed class OpenidClientTestsOnPostgreSql(PostgreSqlHost host) : OpenidClientTests(host);
