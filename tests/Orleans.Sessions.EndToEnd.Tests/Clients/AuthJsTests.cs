using Orleans.Sessions.EndToEnd.Clients.Harness;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Clients;

/// <summary>Auth.js with its provider for ZITADEL, as the back end of an application, with a login frontend elsewhere.</summary>
public abstract class AuthJsTests(SharedHost host) : ContractTests(host)
{
    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task A_person_signs_in_and_out(string readsIdToken)
    {
        await using var frontend = await LoginFrontend.StartAsync(Admin);
        var origin = $"https://{Unique("shop")}.example.com";
        var client = await RelyingParty.RegisterAsync(
            Admin,
            ("redirectUris", new[] { $"{origin}/auth/callback/zitadel" }),
            ("postLogoutRedirectUris", new[] { $"{origin}/" }),
            ("loginUri", frontend.LoginUri),
            ("userInfoInIdTokens", readsIdToken == "true")
        );
        var human = await Admin.NewHumanAsync();

        var output = await Tool.RunAsync(
            "node",
            ["auth-js.mjs"],
            folder: await NodePackages.FolderAsync(),
            environment: new Dictionary<string, string>
            {
                ["ISSUER"] = Admin.Host.Address.GetLeftPart(UriPartial.Authority),
                ["LOGIN_URI"] = frontend.LoginUri,
                ["ORIGIN"] = origin,
                ["CLIENT_ID"] = client.Id,
                ["CLIENT_SECRET"] = client.Secret!,
                ["READS_ID_TOKEN"] = readsIdToken,
                ["USER_ID"] = human.Id,
                ["EMAIL"] = human.Email,
                ["LOGIN_NAME"] = human.LoginName,
                ["PASSWORD"] = human.Password,
            }
        );

        Assert.EndsWith("signed in and out", output.Expected.TrimEnd(), StringComparison.Ordinal);
        (await Admin.ReadAsync(frontend.Session!)).Expect(Failures.NoSession);
    }
}

public sealed class AuthJsTestsOnSqlite(SqliteHost host) : AuthJsTests(host);

public sealed class AuthJsTestsOnPostgreSql(PostgreSqlHost host) : AuthJsTests(host);
