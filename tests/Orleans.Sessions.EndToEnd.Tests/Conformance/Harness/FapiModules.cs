using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>The modules of the plan for the FAPI 2.0 security profile that are about request objects.</summary>
public static class FapiModules
{
    private const string Name = "fapi2-security-profile-final-";

    /// <summary>The modules.</summary>
    public static IReadOnlyList<ConformanceModule> RequestObjects { get; } =
    [
        new($"{Name}ensure-different-nonce-inside-and-outside-request-object", OtherNonceAsync),
        new($"{Name}ensure-different-state-inside-and-outside-request-object", login => StateAsync(login, "inside", "inside")),
        new($"{Name}state-only-outside-request-object-not-used", login => StateAsync(login, null, null)),
        new($"{Name}ensure-request-object-without-redirect-uri-fails", WithoutRedirectUriAsync),
        new($"{Name}ensure-unsigned-authorization-request-without-using-par-fails", WithoutPushAsync),
    ];

    private static async Task OtherNonceAsync(Conversation login)
    {
        using var client = await FapiClient.RegisterAsync(login);

        var answer = await client.LogInAsync(await client.PushAsync([("nonce", "inside")], ("nonce", "outside")));

        Assert.Equal("inside", (await client.RedeemAsync(Conversation.CodeOf(answer)))["nonce"]!.GetValue<string>());
    }

    private static async Task StateAsync(Conversation login, string? inside, string? expected)
    {
        using var client = await FapiClient.RegisterAsync(login);
        JsonNode? state = inside;

        var answer = await client.LogInAsync(await client.PushAsync([("state", state)], ("state", "outside")));

        Assert.Equal(expected, answer.GetValueOrDefault("state"));
        await client.RedeemAsync(Conversation.CodeOf(answer));
    }

    private static async Task WithoutRedirectUriAsync(Conversation login)
    {
        using var client = await FapiClient.RegisterAsync(login);

        var refused = await client.PushAsync([("redirect_uri", null)], ("redirect_uri", RelyingParty.RedirectUri));

        Assert.True(refused.Expect(400).Text("error") is "invalid_request" or "invalid_request_object", refused.Body);
    }

    private static async Task WithoutPushAsync(Conversation login)
    {
        using var client = await FapiClient.RegisterAsync(login);

        var refused = (await client.Client.AuthorizeAsync(Pkce.Create().Challenge)).Expect(302);

        var error = RelyingParty.QueryOf(new Uri(refused.Header("Location")!))["error"];
        Assert.True(error is "invalid_request" or "invalid_request_object", error);
    }
}
