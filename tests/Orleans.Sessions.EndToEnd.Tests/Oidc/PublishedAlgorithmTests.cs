using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>Programs that expect one key find one, unless a client needs more.</summary>
public sealed class PublishedAlgorithmTests : OwnHosts
{
    [Fact]
    public async Task A_key_is_published_for_ps256_only_as_long_as_a_client_wants_it()
    {
        var admin = Admin(await StartAsync(HostSettings.Shared));
        var stranger = admin.As(null);
        var other = await RelyingParty.RegisterAsync(admin);
        await OneKeyAsync(stranger);
        Assert.DoesNotContain("PS256", await OfferedAsync(stranger));

        var client = await RelyingParty.RegisterAsync(admin, ("idTokenSignedResponseAlg", "PS256"));

        Assert.Equal(["RS256", "PS256"], await PublishedAsync(stranger));
        Assert.Contains("PS256", await OfferedAsync(stranger));
        var session = await admin.OpenAsync(await admin.NewHumanAsync());
        await Jwt.VerifyAsync(admin, (await client.SignInAsync(session)).Text("id_token"), "JWT", "PS256");
        await Jwt.VerifyAsync(admin, (await other.SignInAsync(session)).Text("id_token"), "JWT", "RS256");

        (await admin.DeleteAsync($"/v2/oidc/clients/{client.Id}")).Expect(200);

        await OneKeyAsync(stranger);
    }

    /// <summary>A host that does not know its clients within a second publishes all keys, so a slow machine sees them at first.</summary>
    private static Task<Reply> OneKeyAsync(Api stranger) =>
        Eventually.GetAsync(
            () => stranger.GetAsync("/oauth/v2/keys"),
            reply => reply.Expect(200).Texts("keys", "alg") is ["RS256"],
            TimeSpan.FromSeconds(2),
            "the key for RS256 alone"
        );

    private static async Task<IReadOnlyList<string>> PublishedAsync(Api stranger) =>
        (await stranger.GetAsync("/oauth/v2/keys")).Expect(200).Texts("keys", "alg");

    private static async Task<IEnumerable<string>> OfferedAsync(Api stranger) =>
        (await stranger.GetAsync("/.well-known/openid-configuration"))
            .Expect(200)
            .Items("id_token_signing_alg_values_supported")
            .Select(name => name.GetValue<string>());
}
