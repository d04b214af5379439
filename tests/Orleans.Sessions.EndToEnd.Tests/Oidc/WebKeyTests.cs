using System.Text.Json.Nodes;
using Grpc.Core;
using Grpc.Net.Client;
using Orleans.Sessions.EndToEnd.Oidc.Harness;
using Orleans.Sessions.Protocol.WebKeyV2;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>Administrators make, activate and withdraw the keys that sign tokens.</summary>
public abstract class WebKeyTests(WebKeyTests.OwnHost own)
{
    private const string Service = "/zitadel.webkey.v2.WebKeyService";
    private static readonly Failure s_next = new(
        400,
        9,
        "WEBKEY-Next1",
        "The next web key is published already: activate or delete it first"
    );

    [Theory]
    [InlineData("ECDSA_CURVE_P256", "ES256", "P-256")]
    [InlineData("ECDSA_CURVE_P384", "ES384", "P-384")]
    [InlineData("ECDSA_CURVE_P512", "ES512", "P-521")]
    public async Task An_elliptic_curve_key_signs_all_tokens_and_what_earlier_keys_signed_stays_good(
        string curve,
        string algorithm,
        string published
    )
    {
        await StartAnewAsync();
        var client = await RelyingParty.RegisterAsync(own.Api, ("accessTokenType", "ACCESS_TOKEN_TYPE_JWT"));
        var session = await own.Api.OpenAsync(await own.Api.NewHumanAsync());
        var before = await client.SignInAsync(session);

        var made = (await own.Api.PostAsync("/v2/web_keys", new { ecdsa = new { curve } })).Expect(200);
        var key = await FindAsync(made.Text("id"));
        Assert.Equal(("STATE_INITIAL", curve), (Text(key, "state"), Text(key["ecdsa"]!, "curve")));
        var json = Assert.Single(await PublishedAsync(), entry => Text(entry, "kid") == made.Text("id"));
        Assert.Equal(("EC", published, algorithm, "sig"), (Text(json, "kty"), Text(json, "crv"), Text(json, "alg"), Text(json, "use")));
        Assert.Null(json["d"]);
        (await own.Api.PostAsync($"/v2/web_keys/{made.Text("id")}/activate")).Expect(200);
        Assert.Equal("STATE_ACTIVE", Text(await FindAsync(made.Text("id")), "state"));

        var tokens = await client.SignInAsync(session);
        var claims = await Jwt.VerifyAsync(own.Api, tokens.Text("id_token"), "JWT", algorithm);
        Assert.NotNull(claims["at_hash"]);
        await Jwt.VerifyAsync(own.Api, tokens.Text("access_token"), "at+jwt", algorithm);
        foreach (var login in new[] { before, tokens })
        {
            Assert.True(await client.IsActiveAsync(login.Text("access_token")));
            (await own.Api.As(login.Text("access_token")).GetAsync("/oidc/v1/userinfo")).Expect(200);
            await client.RequestAsync(("id_token_hint", login.Text("id_token")));
        }

        var discovery = (await own.Api.As(null).GetAsync("/.well-known/openid-configuration")).Expect(200);
        Assert.Superset(
            new HashSet<string> { "RS256", algorithm },
            discovery.Items("id_token_signing_alg_values_supported").Select(name => name.GetValue<string>()).ToHashSet()
        );
        var signing = (await own.Api.PostAsync("/v2/signing_keys/search", new { purpose = "SIGNING_KEY_PURPOSE_TOKENS" })).Expect(200);
        Assert.Equal(algorithm, Text(Assert.Single(signing.Items("keys"), IsSigning), "algorithm"));
    }

    [Fact]
    public async Task A_key_of_rsa_has_the_size_and_the_hash_that_were_asked_for()
    {
        await StartAnewAsync();
        var client = await RelyingParty.RegisterAsync(own.Api);
        var rsa = new { bits = "RSA_BITS_3072", hasher = "RSA_HASHER_SHA384" };
        var made = (await own.Api.PostAsync("/v2/web_keys", new { rsa })).Expect(200);
        (await own.Api.PostAsync($"/v2/web_keys/{made.Text("id")}/activate")).Expect(200);

        var key = await FindAsync(made.Text("id"));
        Assert.Equal((rsa.bits, rsa.hasher), (Text(key["rsa"]!, "bits"), Text(key["rsa"]!, "hasher")));
        var tokens = await client.SignInAsync(await own.Api.OpenAsync(await own.Api.NewHumanAsync()));
        await Jwt.VerifyAsync(own.Api, tokens.Text("id_token"), "JWT", "RS384");
    }

    [Fact]
    public async Task A_withdrawn_key_is_gone_and_nothing_is_done_twice()
    {
        await StartAnewAsync();
        var client = await RelyingParty.RegisterAsync(own.Api, ("accessTokenType", "ACCESS_TOKEN_TYPE_JWT"));
        var session = await own.Api.OpenAsync(await own.Api.NewHumanAsync());
        var tokens = await client.SignInAsync(session);
        var first = Text(Assert.Single(await KeysAsync()), "id");
        var next = (await own.Api.PostAsync("/v2/web_keys", new { ecdsa = new { } })).Expect(200).Text("id");

        (await own.Api.PostAsync("/v2/web_keys")).Expect(s_next);
        (await own.Api.PostAsync($"{Service}/CreateWebKey", new { ed25519 = new { } })).Expect(501);
        (await own.Api.DeleteAsync($"/v2/web_keys/{first}")).Expect(
            new Failure(400, 9, "COMMAND-Chai1", "The web key that signs cannot be deleted")
        );
        var activated = (await own.Api.PostAsync($"/v2/web_keys/{next}/activate")).Expect(200).Text("changeDate");
        Assert.Equal(activated, (await own.Api.PostAsync($"/v2/web_keys/{next}/activate")).Expect(200).Text("changeDate"));
        (await own.Api.PostAsync($"/v2/web_keys/{first}/activate")).Expect(
            new Failure(400, 9, "WEBKEY-Old01", "A web key that has signed before cannot sign again")
        );
        Assert.True(await client.IsActiveAsync(tokens.Text("access_token")));

        Assert.True((await own.Api.DeleteAsync($"/v2/web_keys/{first}")).Expect(200).Has("deletionDate"));
        Assert.False((await own.Api.DeleteAsync($"/v2/web_keys/{first}")).Expect(200).Has("deletionDate"));

        Assert.Equal([next], (await KeysAsync()).Select(key => Text(key, "id")));
        Assert.Equal([next], (await PublishedAsync()).Select(key => Text(key, "kid")));
        Assert.False(await client.IsActiveAsync(tokens.Text("access_token")));
        (await client.RefreshAsync(tokens.Text("refresh_token"))).Expect(200);
        (await own.Api.PostAsync("/v2/web_keys/unknown/activate")).Expect(
            new Failure(404, 5, "COMMAND-teiG3", "Web key could not be found")
        );
        (await own.Api.PostAsync("/v2/web_keys", new { ecdsa = new { curve = 9 } })).Expect(400);
    }

    [Fact]
    public async Task Only_administrators_of_the_installation_see_and_change_keys()
    {
        var viewer = (await own.Api.NewMachineAsync("IAM_OWNER_VIEWER")).Api;
        var strangers = new[]
        {
            (await own.Api.NewMachineAsync("IAM_USER_MANAGER")).Api,
            (await own.Api.NewMachineAsync(organizationRole: "ORG_OWNER", organizationId: Provisioning.Unique("org"))).Api,
        };
        (await viewer.GetAsync("/v2/web_keys")).Expect(200);
        foreach (var caller in strangers)
        {
            (await caller.GetAsync("/v2/web_keys")).Expect(Failures.NoPermission);
        }

        foreach (var caller in strangers.Append(viewer))
        {
            (await caller.PostAsync("/v2/web_keys", new { ecdsa = new { } })).Expect(Failures.NoPermission);
            (await caller.PostAsync("/v2/web_keys/unknown/activate")).Expect(Failures.NoPermission);
            (await caller.DeleteAsync("/v2/web_keys/unknown")).Expect(Failures.NoPermission);
        }

        (await own.Api.As(null).GetAsync("/v2/web_keys")).Expect(Failures.NoToken);
    }

    [Fact]
    public async Task Grpc_offers_the_same()
    {
        await StartAnewAsync();
        using var channel = GrpcChannel.ForAddress(own.Api.Host.Address);
        var grpc = new WebKeyService.WebKeyServiceClient(channel);
        var cancellation = TestContext.Current.CancellationToken;
        var headers = new Metadata { { "authorization", $"Bearer {own.Api.Token}" } };

        var made = await grpc.CreateWebKeyAsync(
            new CreateWebKeyRequest { Ecdsa = new ECDSA { Curve = ECDSACurve.P384 } },
            headers,
            cancellationToken: cancellation
        );
        await grpc.ActivateWebKeyAsync(new ActivateWebKeyRequest { Id = made.Id }, headers, cancellationToken: cancellation);
        var listed = await grpc.ListWebKeysAsync(new ListWebKeysRequest(), headers, cancellationToken: cancellation);
        var active = Assert.Single(listed.WebKeys, key => key.State == State.Active);
        Assert.Equal((made.Id, ECDSACurve.P384), (active.Id, active.Ecdsa.Curve));
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await grpc.DeleteWebKeyAsync(new DeleteWebKeyRequest { Id = made.Id }, headers, cancellationToken: cancellation)
        );
        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        var unimplemented = await Assert.ThrowsAsync<RpcException>(async () =>
            await grpc.CreateWebKeyAsync(new CreateWebKeyRequest { Ed25519 = new ED25519() }, headers, cancellationToken: cancellation)
        );
        Assert.Equal(StatusCode.Unimplemented, unimplemented.StatusCode);
    }

    /// <summary>Makes one RSA key of the default form the only key.</summary>
    private async Task StartAnewAsync()
    {
        foreach (var key in (await KeysAsync()).Where(key => Text(key, "state") == "STATE_INITIAL"))
        {
            (await own.Api.DeleteAsync($"/v2/web_keys/{Text(key, "id")}")).Expect(200);
        }

        var made = (await own.Api.PostAsync("/v2/web_keys")).Expect(200).Text("id");
        (await own.Api.PostAsync($"/v2/web_keys/{made}/activate")).Expect(200);
        foreach (var key in (await KeysAsync()).Where(key => Text(key, "id") != made))
        {
            (await own.Api.DeleteAsync($"/v2/web_keys/{Text(key, "id")}")).Expect(200);
        }
    }

    private async Task<IReadOnlyList<JsonNode>> KeysAsync() => (await own.Api.GetAsync("/v2/web_keys")).Expect(200).Items("webKeys");

    private async Task<JsonNode> FindAsync(string id) => Assert.Single(await KeysAsync(), key => Text(key, "id") == id);

    private async Task<IReadOnlyList<JsonNode>> PublishedAsync() =>
        (await own.Api.As(null).GetAsync("/oauth/v2/keys")).Expect(200).Items("keys");

    private static bool IsSigning(JsonNode key) => Text(key, "state") == "SIGNING_KEY_STATE_SIGNING";

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    /// <summary>A host whose keys nobody else uses.</summary>
    public abstract class OwnHost : OwnHosts
    {
        private Api? _api;

        public Api Api => _api ?? throw new InvalidOperationException("The host has not started.");

        public override async ValueTask InitializeAsync() => _api = Admin(await StartAsync(await SettingsAsync()));

        protected abstract Task<Dictionary<string, string>> SettingsAsync();
    }

    public sealed class OwnSqliteHost : OwnHost
    {
        protected override Task<Dictionary<string, string>> SettingsAsync() => Task.FromResult(HostSettings.Shared);
    }

    public sealed class OwnPostgreSqlHost : OwnHost
    {
        protected override async Task<Dictionary<string, string>> SettingsAsync() =>
            HostSettings.Shared.OnPostgreSql(await Databases.CreateAsync());
    }
}

public sealed class WebKeyTestsOnSqlite(WebKeyTests.OwnSqliteHost own) : WebKeyTests(own), IClassFixture<WebKeyTests.OwnSqliteHost>;

public sealed class WebKeyTestsOnPostgreSql(WebKeyTests.OwnPostgreSqlHost own)
    : WebKeyTests(own),
        IClassFixture<WebKeyTests.OwnPostgreSqlHost>;
