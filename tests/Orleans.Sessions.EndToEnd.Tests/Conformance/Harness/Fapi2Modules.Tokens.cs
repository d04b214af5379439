using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <content>The modules about codes, proofs, assertions and tokens.</content>
public static partial class Fapi2Modules
{
    private static async Task SchemeCaseAsync(FapiClient fapi)
    {
        var token = (await fapi.SignInAsync()).Text("access_token");
        string[] schemes = fapi.HasCertificate ? ["bearer", "BEARER", "bEaReR"] : ["dpop", "DPOP", "dPoP"];
        foreach (var scheme in schemes)
        {
            (await fapi.ReadAsync(token, scheme)).Expect(200);
        }
    }

    private static async Task ProofAsync(FapiClient fapi, params (string Name, JsonNode? Value)[] claims) =>
        (await fapi.RedeemWithAsync(fapi.Key, await fapi.CodeAsync(), null, claims)).Expect(200);

    private static async Task MismatchedKeyAsync(FapiClient fapi)
    {
        using var other = new ProofKey();

        (await fapi.PushWithAsync(other, ("dpop_jkt", fapi.Key.Thumbprint))).Expect(400);
    }

    private static async Task OtherKeyAsync(FapiClient fapi, bool isProved)
    {
        using var other = new ProofKey();
        var pushed = isProved ? await fapi.PushWithAsync(fapi.Key) : await fapi.PushAsync(("dpop_jkt", fapi.Key.Thumbprint));
        var code = await fapi.CodeOfAsync(pushed);

        (await fapi.RedeemWithAsync(other, code)).ExpectOAuth(400, InvalidGrant);
    }

    private static async Task ProvedKeyAsync(FapiClient fapi) =>
        await fapi.CheckedAsync(await fapi.RedeemAsync(await fapi.CodeOfAsync(await fapi.PushWithAsync(fapi.Key))));

    private static async Task ClientIdAsync(FapiClient fapi) =>
        await fapi.CheckedAsync(await fapi.RedeemAsync(await fapi.CodeAsync(), ("client_id", fapi.Client.Id)));

    private static async Task HolderOfKeyAsync(FapiClient fapi)
    {
        var code = await fapi.CodeAsync();

        if (fapi.HasCertificate)
        {
            (await fapi.RedeemWithoutCertificateAsync(code)).ExpectOAuth(401, InvalidClient);
        }
        else
        {
            (await fapi.RedeemWithAsync(key: null, code)).ExpectOAuth(400, "invalid_dpop_proof");
        }

        await fapi.CheckedAsync(await fapi.RedeemAsync(code));
    }

    private static async Task CodeOfOtherAsync(FapiClient fapi)
    {
        var code = await fapi.CodeAsync();
        using var other = await FapiClient.RegisterAsync(fapi.Login, fapi.IsPlain);

        (await other.RedeemAsync(code, ("code_verifier", fapi.Pkce.Verifier))).ExpectOAuth(400, InvalidGrant);
    }

    /// <summary>The tokens of a code that is used twice are revoked, however late that is. So nothing is gained by waiting here.</summary>
    private static async Task CodeReuseAsync(FapiClient fapi)
    {
        var code = await fapi.CodeAsync();
        var tokens = await fapi.CheckedAsync(await fapi.RedeemAsync(code));

        (await fapi.RedeemAsync(code)).ExpectOAuth(400, InvalidGrant);

        (await fapi.ReadAsync(tokens.Text("access_token"))).Expect(401);
    }

    private static async Task WeakAssertionAsync(FapiClient fapi)
    {
        using var key = RSA.Create(2048);
        var numbers = key.ExportParameters(includePrivateParameters: false);
        var known = new JsonObject
        {
            ["kty"] = "RSA",
            ["kid"] = "one",
            ["n"] = Base64Url.EncodeToString(numbers.Modulus),
            ["e"] = Base64Url.EncodeToString(numbers.Exponent),
        };
        await fapi.Login.UseAsync(FapiClient.Settings(known));
        var client = fapi.Login.Client;
        var claims = new
        {
            iss = client.Id,
            sub = client.Id,
            aud = fapi.Login.Issuer,
            jti = Guid.NewGuid().ToString(),
            iat = Jwt.Now,
            exp = Jwt.Now + 60,
        };

        var reply = await client.Anonymous.PostFormAsync(
            FapiClient.PushPath,
            [
                ("client_assertion_type", FapiClient.AssertionType),
                ("client_assertion", Jwt.Sign(key, "one", claims)),
                ("client_id", client.Id),
                ("response_type", "code"),
                ("redirect_uri", RelyingParty.RedirectUri),
                ("scope", "openid"),
                .. fapi.Pkce.Challenge,
            ]
        );

        reply.ExpectOAuth(401, InvalidClient);
        Assert.Contains("PS256 or ES256", reply.Text("error_description"), StringComparison.Ordinal);
    }

    private static async Task WithoutAssertionAsync(FapiClient fapi) =>
        (
            await fapi.RedeemAsync(
                await fapi.CodeAsync(),
                ("client_id", fapi.Client.Id),
                ("client_assertion", null),
                ("client_assertion_type", null)
            )
        ).ExpectOAuth(401, InvalidClient);

    private static async Task BadProofsAsync(FapiClient fapi)
    {
        using var other = new ProofKey();
        var token = (await fapi.SignInAsync()).Text("access_token");
        (string Name, JsonNode? Value)[][] bad =
        [
            [("ath", "x")],
            [("htm", "POST")],
            [("htu", "https://elsewhere.example/")],
            [("iat", Jwt.Now - 3600)],
            [("iat", Jwt.Now + 3600)],
            [("jti", null)],
        ];

        foreach (var claims in bad)
        {
            (await fapi.ReadAsync(token, claims: claims)).Expect(401);
        }

        (await fapi.ReadAsync(token, key: other)).Expect(401);
        (await fapi.ReadAsync(token, scheme: "Bearer")).Expect(401);
        (await fapi.ReadAsync(token)).Expect(200);
    }

    private static async Task RefreshTokenAsync(FapiClient fapi)
    {
        var tokens = await fapi.SignInAsync();
        var refreshToken = tokens.Text("refresh_token");
        using var next = new ProofKey();

        var refreshed = await fapi.CheckedAsync(await fapi.RefreshAsync(refreshToken, fapi.Key));
        Assert.NotEqual(tokens.Text("access_token"), refreshed.Text("access_token"));
        Assert.Equal(refreshToken, refreshed.Text("refresh_token"));

        if (fapi.HasCertificate)
        {
            return;
        }

        // The client authenticates, so it may take another key.
        var bound = (await fapi.RefreshAsync(refreshToken, next)).Expect(200).Text("access_token");
        (await fapi.ReadAsync(bound)).Expect(401);
        (await fapi.ReadAsync(bound, key: next)).Expect(200);
    }

    /// <summary>The code is refused with these changes of the request.</summary>
    private static async Task IsNotRedeemedAsync(FapiClient fapi, params (string Name, string? Value)[] changes) =>
        (await fapi.RedeemAsync(await fapi.CodeAsync(), changes)).ExpectOAuth(400, InvalidGrant);

    private static async Task IsProvedAsync(FapiClient fapi, params (string Name, JsonNode? Value)[] claims) =>
        (await fapi.PushAsync(("client_assertion", fapi.Assertion(claims)))).Expect(201);

    /// <summary>An assertion with these claims is refused.</summary>
    private static async Task IsNotProvedAsync(FapiClient fapi, params (string Name, JsonNode? Value)[] claims)
    {
        await IsProvedAsync(fapi);

        (await fapi.PushAsync(("client_assertion", fapi.Assertion(claims)))).ExpectOAuth(401, InvalidClient);
    }
}
