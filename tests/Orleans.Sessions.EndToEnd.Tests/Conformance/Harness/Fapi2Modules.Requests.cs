using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <content>The modules about discovery and about authorization requests.</content>
public static partial class Fapi2Modules
{
    private static async Task DiscoveryAsync(FapiClient fapi)
    {
        var metadata = (await fapi.Login.Admin.As(null).GetAsync("/.well-known/openid-configuration")).Expect(200);

        Assert.Equal($"{fapi.Login.Issuer}{FapiClient.PushPath}", metadata.Text("pushed_authorization_request_endpoint"));
        Assert.True(metadata["authorization_response_iss_parameter_supported"]!.GetValue<bool>());
        foreach (
            var (member, value) in new[]
            {
                ("response_types_supported", "code"),
                ("grant_types_supported", "authorization_code"),
                ("code_challenge_methods_supported", "S256"),
                ("token_endpoint_auth_methods_supported", "private_key_jwt"),
                ("token_endpoint_auth_signing_alg_values_supported", "PS256"),
                ("id_token_signing_alg_values_supported", "PS256"),
                ("dpop_signing_alg_values_supported", "ES256"),
            }
        )
        {
            Assert.Contains(value, metadata.Items(member).Select(name => name.GetValue<string>()));
        }
    }

    private static async Task UserRejectsAsync(FapiClient fapi)
    {
        var visit = (await fapi.VisitAsync((await fapi.PushAsync()).Expect(201).Text("request_uri"))).Expect(302);
        var requestId = RelyingParty.QueryOf(new Uri(visit.Header("Location")!))["authRequest"];

        var end = await fapi.Client.CompleteAsync(requestId, new { error = new { error = "ERROR_REASON_ACCESS_DENIED" } });

        Assert.Equal("access_denied", RelyingParty.QueryOf(new Uri(end.Expect(200).Text("callbackUrl")))["error"]);
    }

    private static async Task WithoutStateAsync(FapiClient fapi)
    {
        fapi.Login.ExpectedState = null;
        await fapi.SignInAsync(("state", null));
    }

    private static async Task WithoutNonceAsync(FapiClient fapi) =>
        Assert.Null(Jwt.Claims((await fapi.SignInAsync(("nonce", null))).Text("id_token"))["nonce"]);

    private static async Task NonceAsync(FapiClient fapi, string nonce) =>
        Assert.Equal(nonce, Jwt.Claims((await fapi.SignInAsync(("nonce", nonce))).Text("id_token"))["nonce"]!.GetValue<string>());

    private static async Task LongStateAsync(FapiClient fapi)
    {
        fapi.Login.ExpectedState = new string('s', 1000);
        await fapi.SignInAsync(("state", fapi.Login.ExpectedState));
    }

    /// <summary>Only what the pushed object contains counts.</summary>
    private static async Task OtherNonceAsync(FapiClient fapi)
    {
        var pushed = await fapi.PushSignedAsync([("nonce", "inside")], ("nonce", "outside"));

        var tokens = await fapi.CheckedAsync(await fapi.RedeemAsync(await fapi.CodeOfAsync(pushed)));

        Assert.Equal("inside", Jwt.Claims(tokens.Text("id_token"))["nonce"]!.GetValue<string>());
    }

    private static async Task OtherStateAsync(FapiClient fapi)
    {
        fapi.Login.ExpectedState = "inside";
        var pushed = await fapi.PushSignedAsync([("state", "inside")], ("state", "outside"));

        await fapi.CheckedAsync(await fapi.RedeemAsync(await fapi.CodeOfAsync(pushed)));
    }

    private static async Task StateOutsideAsync(FapiClient fapi)
    {
        fapi.Login.ExpectedState = null;
        var pushed = (await fapi.PushSignedAsync([("state", null)], ("state", "outside"))).Expect(201).Text("request_uri");

        Conversation.CodeOf(await fapi.Login.FollowAsync(await fapi.VisitAsync(pushed, ("state", "outside"))));
    }

    private static async Task WithoutRedirectUriAsync(FapiClient fapi)
    {
        (await fapi.PushSignedAsync([])).Expect(201);

        var refused = await fapi.PushSignedAsync([("redirect_uri", null)], ("redirect_uri", RelyingParty.RedirectUri));

        Assert.True(refused.Expect(400).Text("error") is InvalidRequest or "invalid_request_object", refused.Body);
    }

    private static async Task ClaimsAsync(FapiClient fapi)
    {
        var tokens = await fapi.SignInAsync(("claims", """{"id_token":{"given_name":null},"userinfo":{"family_name":null}}"""));

        Assert.NotNull(Jwt.Claims(tokens.Text("id_token"))["given_name"]);
        Assert.True((await fapi.ReadAsync(tokens.Text("access_token"))).Expect(200).Has("family_name"));
    }

    private static async Task WithoutPushAsync(FapiClient fapi) =>
        IsRefused(await fapi.Client.AuthorizeAsync(fapi.Pkce.Challenge), InvalidRequest);

    private static async Task OpenedTwiceAsync(FapiClient fapi)
    {
        var pushed = await fapi.PushAsync();
        (await fapi.VisitAsync(pushed.Expect(201).Text("request_uri"))).Expect(302);

        await fapi.CheckedAsync(await fapi.RedeemAsync(await fapi.CodeOfAsync(pushed)));
    }

    private static async Task RequestReuseAsync(FapiClient fapi)
    {
        var pushed = await fapi.PushAsync();
        await fapi.CodeOfAsync(pushed);

        IsRefused(await fapi.VisitAsync(pushed.Text("request_uri")), InvalidRequest, "invalid_request_uri");
    }

    private static async Task RequestOfOtherAsync(FapiClient fapi)
    {
        var requestUri = (await fapi.PushAsync()).Expect(201).Text("request_uri");
        using var other = await FapiClient.RegisterAsync(fapi.Login, fapi.IsPlain);

        IsRefused(await other.VisitAsync(requestUri), InvalidRequest, "invalid_request_uri");
    }

    private static async Task WrongMethodAsync(FapiClient fapi)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put })
        {
            Assert.InRange((await fapi.Client.Anonymous.SendAsync(method, FapiClient.PushPath, content: null)).Status, 400, 499);
        }
    }

    /// <summary>The pushed request with these changes is refused.</summary>
    private static async Task IsNotPushedAsync(FapiClient fapi, params (string Name, string? Value)[] changes)
    {
        (await fapi.PushAsync()).Expect(201);

        var refusal = (await fapi.PushAsync(changes)).Expect(400);

        Assert.DoesNotMatch($"^({InvalidClient}|server_error)$", refusal.Text("error"));
    }

    private static void IsRefused(Reply reply, params string[] errors)
    {
        if (reply.Status == 302)
        {
            Assert.Contains(RelyingParty.QueryOf(new Uri(reply.Header("Location")!))["error"], errors);
        }
        else
        {
            reply.Expect(400);
        }
    }
}
