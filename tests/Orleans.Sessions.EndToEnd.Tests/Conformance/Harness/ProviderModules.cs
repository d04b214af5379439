using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>The modules of the plan "basic" for relying parties: logins at a provider that answers rightly or wrongly.</summary>
public static class ProviderModules
{
    private const string Name = "oidcc-client-test";
    private const string Email = "minnie@provider.example";

    /// <summary>The modules, in the order of the plan.</summary>
    public static IReadOnlyList<ConformanceModule> All { get; } =
    [
        new(Name, login => IsTakenAsync(login, _ => { })),
        new($"{Name}-invalid-iss", login => IsRefusedAsync(login, stub => stub.IdToken = claims => claims["iss"] = "https://b.example")),
        new($"{Name}-missing-sub", login => IsRefusedAsync(login, stub => stub.IdToken = claims => claims.Remove("sub"))),
        new($"{Name}-invalid-aud", login => IsRefusedAsync(login, stub => stub.IdToken = claims => claims["aud"] = "somebody else")),
        new($"{Name}-missing-iat", login => IsRefusedAsync(login, stub => stub.IdToken = claims => claims.Remove("iat"))),
        new($"{Name}-kid-absent-single-jwks", login => IsTakenAsync(login, WithoutKeyId)),
        new($"{Name}-kid-absent-multiple-jwks", login => IsTakenAsync(login, WithSeveralKeys)),
        new($"{Name}-idtoken-sig-rs256", login => IsTakenAsync(login, _ => { })),
        new($"{Name}-idtoken-sig-none", login =>
            IsRefusedAsync(login, stub => stub.Signature = (self, claims) => self.WithoutSignature(claims))
        ),
        new($"{Name}-invalid-sig-rs256", login => IsRefusedAsync(login, stub => stub.Signature = (self, claims) => self.Forge(claims))),
        new($"{Name}-userinfo-invalid-sub", login => IsRefusedAsync(login, stub => stub.UserInfo = claims => claims["sub"] = "another")),
        new($"{Name}-nonce-invalid", login => IsRefusedAsync(login, stub => stub.IdToken = claims => claims["nonce"] = "another")),
        new($"{Name}-scope-userinfo-claims", UserInfoAsync),
        new($"{Name}-client-secret-basic", SecretInHeaderAsync),
    ];

    private static void WithoutKeyId(OidcStub stub)
    {
        stub.Key = key => key.Remove("kid");
        stub.Header = header => header.Remove("kid");
    }

    private static void WithSeveralKeys(OidcStub stub)
    {
        WithoutKeyId(stub);
        using var other = RSA.Create(2048);
        var numbers = other.ExportParameters(includePrivateParameters: false);
        var (n, e) = (Base64Url.EncodeToString(numbers.Modulus!), Base64Url.EncodeToString(numbers.Exponent!));
        stub.KeySet = set =>
            set["keys"]!
                .AsArray()
                .Insert(
                    0,
                    new JsonObject
                    {
                        ["kty"] = "RSA",
                        ["use"] = "sig",
                        ["alg"] = "RS256",
                        ["n"] = n,
                        ["e"] = e,
                    }
                );
    }

    private static Task IsTakenAsync(Conversation login, Action<OidcStub> change) => LogInAsync(login, change, (_, landing) =>
        {
            Succeeded(landing);
            return Task.CompletedTask;
        });

    private static Task IsRefusedAsync(Conversation login, Action<OidcStub> change) => LogInAsync(login, change, (_, landing) =>
        {
            landing.Expect(FailureUrl);
            Assert.Equal("IDP-Upst1", landing["error"]);
            Assert.Null(landing["token"]);
            return Task.CompletedTask;
        });

    private static Task UserInfoAsync(Conversation login) =>
        LogInAsync(
            login,
            stub => stub.UserInfo = claims => claims["email"] = Email,
            async (_, landing) =>
            {
                var told = await login.Admin.RetrieveAsync(Succeeded(landing));
                Assert.Contains(Email, told.Expect(200).Body, StringComparison.Ordinal);
            }
        );

    /// <summary>Without a word in the discovery document, the client's secret goes into the header (OpenID Connect Core §9).</summary>
    private static Task SecretInHeaderAsync(Conversation login) =>
        LogInAsync(
            login,
            _ => { },
            (stub, landing) =>
            {
                Succeeded(landing);
                Assert.NotEmpty(stub.Forms);
                Assert.All(stub.Forms, form => Assert.DoesNotContain("client_secret=", form, StringComparison.Ordinal));
                return Task.CompletedTask;
            }
        );

    /// <summary>Logs in at a provider with these changes, and looks at where the browser lands.</summary>
    private static async Task LogInAsync(Conversation login, Action<OidcStub> change, Func<OidcStub, Landing, Task> checkAsync)
    {
        await using var stub = new OidcStub();
        change(stub);
        var provider = await login.Admin.AddProviderAsync(stub.Issuer, clientId: OidcStub.ClientId);
        try
        {
            var parameters = Landing.Parameters(new Uri(await login.Admin.AuthUrlAsync(provider)));
            stub.Nonce = parameters["nonce"];
            using var browser = new Browser();
            var callback = new Uri(login.Admin.Host.Address, $"/idps/callback?code=any&state={parameters["state"]}");
            await checkAsync(stub, await browser.ArriveAsync(callback));
        }
        finally
        {
            // There can be only so many providers.
            (await login.Admin.DeleteAsync($"/admin/v1/idps/templates/{provider}")).Expect(200);
        }
    }
}
