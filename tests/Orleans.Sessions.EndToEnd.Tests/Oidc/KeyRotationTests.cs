using System.Xml.Linq;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>Operators can replace keys before the schedule does, and withdraw them after a leak.</summary>
public sealed class KeyRotationTests(KeyRotationTests.OwnHost own) : IClassFixture<KeyRotationTests.OwnHost>
{
    private const string Tokens = "SIGNING_KEY_PURPOSE_TOKENS";
    private const string Saml = "SIGNING_KEY_PURPOSE_SAML";

    [Fact]
    public async Task A_new_key_is_announced_and_after_a_leak_it_is_the_only_one()
    {
        var admin = own.Api;
        var client = await RelyingParty.RegisterAsync(admin, ("accessTokenType", "ACCESS_TOKEN_TYPE_JWT"));
        var session = await admin.OpenAsync(await admin.NewHumanAsync());
        var tokens = await client.SignInAsync(session);
        var signing = await KeysAsync(admin);
        Assert.Equal([$"SIGNING {Assert.Single(await PublishedAsync(admin))}"], signing);

        Assert.Equal("ANNOUNCED", await RotateAsync(admin, Tokens, withdrawOthers: false));
        Assert.Equal("ALREADY_ANNOUNCED", await RotateAsync(admin, Tokens, withdrawOthers: false));
        var announced = await KeysAsync(admin);
        Assert.Equal((2, signing[0]), (announced.Count, announced[0]));
        Assert.StartsWith("ANNOUNCED ", announced[1], StringComparison.Ordinal);
        Assert.Equal(2, (await PublishedAsync(admin)).Count);
        Assert.True(await client.IsActiveAsync(tokens.Text("access_token")));

        Assert.Equal("REPLACED", await RotateAsync(admin, Tokens, withdrawOthers: true));
        var left = Assert.Single(await PublishedAsync(admin));
        Assert.DoesNotContain(announced, key => key.EndsWith(left, StringComparison.Ordinal));
        Assert.False(await client.IsActiveAsync(tokens.Text("access_token")));
        var refreshed = (await client.RefreshAsync(tokens.Text("refresh_token"))).Expect(200);
        Assert.True(await client.IsActiveAsync(refreshed.Text("access_token")));
        await Jwt.VerifyAsync(admin, refreshed.Text("id_token"), "JWT");
    }

    [Fact]
    public async Task Certificates_of_saml_are_replaced_in_the_metadata()
    {
        var admin = own.Api;
        await RotateAsync(admin, Saml, withdrawOthers: true);
        var before = Certificates(await MetadataAsync(admin));
        await RotateAsync(admin, Saml, withdrawOthers: false);
        var both = Certificates(await MetadataAsync(admin));
        Assert.Equal((2, before[0]), (both.Count, both[0]));
        await RotateAsync(admin, Saml, withdrawOthers: true);
        var left = Assert.Single(Certificates(await MetadataAsync(admin)));
        Assert.DoesNotContain(left, both);

        // An announced certificate can sign at once. Service providers know it already.
        const string Unknown = "COMMAND-teiG3";
        var use = new { purpose = Saml, useAnnounced = true };
        Assert.Equal(Unknown, (await admin.PostAsync("/v2/signing_keys/rotate", use)).Expect(404).Text("details.0.id"));
        await RotateAsync(admin, Saml, withdrawOthers: false);
        var announced = Certificates(await MetadataAsync(admin))[1];
        (await admin.PostAsync("/v2/signing_keys/rotate", use)).Expect(200);
        Assert.Equal([announced, left], Certificates(await MetadataAsync(admin)));
        await RotateAsync(admin, Saml, withdrawOthers: false);
        var next = Certificates(await MetadataAsync(admin))[^1];
        (
            await admin.PostAsync(
                "/v2/signing_keys/rotate",
                new
                {
                    purpose = Saml,
                    useAnnounced = true,
                    withdrawOthers = true,
                }
            )
        ).Expect(200);
        Assert.Equal(next, Assert.Single(Certificates(await MetadataAsync(admin))));
    }

    [Fact]
    public async Task A_named_key_is_activated_once_however_often_the_request_is_repeated()
    {
        var admin = own.Api;
        const string Path = "/v2/signing_keys/rotate";
        await RotateAsync(admin, Saml, withdrawOthers: true);
        await RotateAsync(admin, Saml, withdrawOthers: false);
        var published = (await admin.PostAsync("/v2/signing_keys/search", new { purpose = Saml })).Expect(200).Texts("keys", "keyId");
        var (retired, announced) = (published[0], published[1]);
        object Use(string keyId) =>
            new
            {
                purpose = Saml,
                useAnnounced = true,
                keyId,
            };
        (await admin.PostAsync(Path, Use(announced))).Expect(200);
        await RotateAsync(admin, Saml, withdrawOthers: false);

        // A repetition without the id would activate the key that is announced now.
        var repeated = (await admin.PostAsync(Path, Use(announced))).Expect(200);
        Assert.Equal(
            ["SIGNING_KEY_STATE_RETIRED", "SIGNING_KEY_STATE_SIGNING", "SIGNING_KEY_STATE_ANNOUNCED"],
            repeated.Texts("keys", "state")
        );
        Assert.Equal(announced, repeated.Texts("keys", "keyId")[1]);
        Assert.Equal("WEBKEY-Old01", (await admin.PostAsync(Path, Use(retired))).Expect(400).Text("details.0.id"));
        Assert.Equal("COMMAND-teiG3", (await admin.PostAsync(Path, Use("unknown"))).Expect(404).Text("details.0.id"));
        (await admin.PostAsync(Path, new { purpose = Saml, keyId = announced })).ExpectRefusal();
    }

    [Fact]
    public async Task Only_administrators_see_and_replace_keys()
    {
        var admin = own.Api;
        var manager = await admin.NewMachineAsync("IAM_USER_MANAGER");
        (await manager.Api.PostAsync("/v2/signing_keys/search", new { purpose = Tokens })).Expect(Failures.NoPermission);
        (await manager.Api.PostAsync("/v2/signing_keys/rotate", new { purpose = Tokens })).Expect(Failures.NoPermission);
        (await admin.PostAsync("/v2/signing_keys/rotate", new { withdrawOthers = true })).ExpectRefusal();
    }

    private static async Task<string> RotateAsync(Api admin, string purpose, bool withdrawOthers) =>
        (await admin.PostAsync("/v2/signing_keys/rotate", new { purpose, withdrawOthers })).Expect(200).Text("outcome")[
            "SIGNING_KEY_ROTATION_".Length..
        ];

    private static async Task<List<string>> KeysAsync(Api admin)
    {
        var reply = (await admin.PostAsync("/v2/signing_keys/search", new { purpose = Tokens })).Expect(200);
        return
        [
            .. reply
                .Texts("keys", "state")
                .Zip(reply.Texts("keys", "keyId"), (state, id) => $"{state["SIGNING_KEY_STATE_".Length..]} {id}"),
        ];
    }

    private static async Task<List<string>> PublishedAsync(Api admin) =>
        [.. (await admin.As(null).GetAsync("/oauth/v2/keys")).Expect(200).Texts("keys", "kid")];

    private static async Task<string> MetadataAsync(Api admin) => (await admin.As(null).GetAsync("/saml/v2/metadata")).Expect(200).Body;

    private static List<string> Certificates(string metadata) =>
        [
            .. XDocument
                .Parse(metadata)
                .Descendants()
                .Where(element => element.Name.LocalName == "X509Certificate")
                .Select(element => element.Value.Trim())
                .Distinct(),
        ];

    /// <summary>A host whose keys nobody else uses.</summary>
    public sealed class OwnHost : OwnHosts
    {
        private Api? _api;

        public Api Api => _api!;

        public override async ValueTask InitializeAsync() => _api = Admin(await StartAsync(HostSettings.Shared));
    }
}
