using System.Buffers.Text;
using System.Text;

namespace Orleans.Sessions.EndToEnd.UserApi;

/// <summary>
/// Bodies, permissions and errors of the registration of passkeys and security keys: contract §11.3. The tests with a browser cover the
/// answers of authenticators.
/// </summary>
public sealed class PasskeyRegistrationTests(SqliteHost host) : ContractTests(host)
{
    private static readonly object s_noAnswer = new
    {
        id = "AA",
        type = "public-key",
        response = new { clientDataJSON = "e30", attestationObject = "oA" },
    };

    [Fact]
    public async Task Registering_a_passkey_returns_options_for_the_browser()
    {
        var human = await Admin.NewHumanAsync();

        var begun = (
            await Admin.PostAsync(
                $"/v2/users/{human.Id}/passkeys",
                new { domain = "login.example.com", authenticator = "PASSKEY_AUTHENTICATOR_PLATFORM" }
            )
        ).Expect(200);

        const string Options = "publicKeyCredentialCreationOptions.publicKey";
        Assert.Equal(human.OrganizationId, begun.Text("details.resourceOwner"));
        Assert.Equal("login.example.com", begun.Text($"{Options}.rp.id"));
        Assert.Equal(human.Id, Encoding.UTF8.GetString(Base64Url.DecodeFromChars(begun.Text($"{Options}.user.id"))));
        Assert.Equal(human.LoginName, begun.Text($"{Options}.user.name"));
        Assert.Equal("Minnie M.", begun.Text($"{Options}.user.displayName"));
        Assert.Equal("platform", begun.Text($"{Options}.authenticatorSelection.authenticatorAttachment"));
        Assert.Equal("required", begun.Text($"{Options}.authenticatorSelection.userVerification"));
        Assert.Matches("^[A-Za-z0-9_-]{43}$", begun.Text($"{Options}.challenge"));

        var listed = (await Admin.PostAsync($"/v2/users/{human.Id}/passkeys/_search")).Expect(200);
        Assert.Equal("1", listed.Text("details.totalResult"));
        Assert.Equal(begun.Text("passkeyId"), listed.Text("result.0.id"));
        Assert.Equal("AUTH_FACTOR_STATE_NOT_READY", listed.Text("result.0.state"));
    }

    [Fact]
    public async Task Without_a_domain_the_called_host_is_meant()
    {
        var human = await Admin.NewHumanAsync();
        var begun = (await Admin.With("Host", "login.example.com:8443").PostAsync($"/v2/users/{human.Id}/u2f")).Expect(200);
        Assert.Equal("login.example.com", begun.Text("publicKeyCredentialCreationOptions.publicKey.rp.id"));
    }

    [Fact]
    public async Task Without_a_domain_the_host_that_browsers_use_is_meant()
    {
        var human = await Admin.NewHumanAsync();
        var begun = (
            await Admin.With("x-zitadel-public-host", "login.example.com:8443").PostAsync($"/v2/users/{human.Id}/passkeys")
        ).Expect(200);
        Assert.Equal("login.example.com", begun.Text("publicKeyCredentialCreationOptions.publicKey.rp.id"));
    }

    [Fact]
    public async Task A_domain_must_be_a_host_name()
    {
        var human = await Admin.NewHumanAsync();
        Refused(
            await Admin.PostAsync($"/v2/users/{human.Id}/passkeys", new { domain = "https://login.example.com" }),
            400,
            3,
            "WEBAU-UX9ta"
        );
        Refused(await Admin.PostAsync($"/v2/users/{human.Id}/u2f", new { domain = "127.0.0.1" }), 400, 3, "WEBAU-UX9ta");
    }

    [Fact]
    public async Task What_is_no_attestation_is_refused()
    {
        var human = await Admin.NewHumanAsync();
        var passkey = $"/v2/users/{human.Id}/passkeys/{(await BeginAsync(human, "passkeys")).Text("passkeyId")}";
        var securityKey = $"/v2/users/{human.Id}/u2f/{(await BeginAsync(human, "u2f")).Text("u2fId")}";

        Refused(await Admin.PostAsync(passkey, new { publicKeyCredential = new { }, passkeyName = "Key" }), 400, 3, "WEBAU-sEr8c");
        Refused(await Admin.PostAsync(passkey, new { publicKeyCredential = s_noAnswer, passkeyName = "Key" }), 400, 3, "WEBAU-3Vb9s");
        Refused(
            await Admin.PostAsync(passkey, new { publicKeyCredential = new { id = new string('A', 70_000) }, passkeyName = "Key" }),
            400,
            3,
            "WEBAU-sEr8c"
        );
        Refused(await Admin.PostAsync(securityKey, new { publicKeyCredential = s_noAnswer, tokenName = "Key" }), 400, 3, "WEBAU-3Vb9s");
        Refused(
            await Admin.PostAsync($"/v2/users/{human.Id}/passkeys/1", new { publicKeyCredential = s_noAnswer, passkeyName = "Key" }),
            404,
            5,
            "COMMAND-DAfb2"
        );
        (await Admin.PostAsync(passkey, new { publicKeyCredential = s_noAnswer })).Expect(
            Failure.Invalid("VerifyPasskeyRegistrationRequest.PasskeyName: value length must be between 1 and 200 runes, inclusive")
        );
        (await Admin.PostAsync(securityKey, new { tokenName = "Key" })).Expect(
            Failure.Invalid("VerifyU2FRegistrationRequest.PublicKeyCredential: value is required")
        );
    }

    [Fact]
    public async Task Keys_are_removed_by_their_kind_and_id()
    {
        var human = await Admin.NewHumanAsync();
        var passkey = $"/v2/users/{human.Id}/passkeys/{(await BeginAsync(human, "passkeys")).Text("passkeyId")}";
        var securityKey = (await BeginAsync(human, "u2f")).Text("u2fId");

        Refused(await Admin.DeleteAsync($"/v2/users/{human.Id}/passkeys/{securityKey}"), 404, 5, "COMMAND-DAfb2");
        (await Admin.DeleteAsync(passkey)).Expect(200);
        (await Admin.DeleteAsync($"/v2/users/{human.Id}/u2f/{securityKey}")).Expect(200);
        Refused(await Admin.DeleteAsync(passkey), 404, 5, "COMMAND-DAfb2");
        Assert.False((await Admin.PostAsync($"/v2/users/{human.Id}/passkeys/_search")).Expect(200).Has("result"));
    }

    [Fact]
    public async Task Factors_are_listed_by_kind_and_state()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);
        await BeginAsync(human, "u2f");

        // The contract defines no body for this call, so the filter is in the query.
        var path = $"/v2/users/{human.Id}/authentication_factors/_search";
        Assert.Equal(2, (await Admin.PostAsync(path)).Expect(200).Items("result").Count);
        var ready = (await Admin.PostAsync($"{path}?states=AUTH_FACTOR_STATE_READY")).Expect(200);
        Assert.True(Assert.Single(ready.Items("result")).AsObject().ContainsKey("otp"));
        var keys = (await Admin.PostAsync($"{path}?authFactors=OTP_EMAIL&authFactors=U2F")).Expect(200);
        Assert.Equal("AUTH_FACTOR_STATE_NOT_READY", Assert.Single(keys.Items("result"))["state"]!.GetValue<string>());
        Assert.True(keys.Has("result.0.u2f.id"));
        Assert.False((await Admin.PostAsync($"{path}?authFactors=OTP_SMS")).Expect(200).Has("result"));
        (await Admin.PostAsync($"{path}?authFactors=NONE")).Expect(400);
        (await Admin.PostAsync($"{path}?authFactors=99")).Expect(400);
    }

    [Fact]
    public async Task A_code_registers_once()
    {
        var human = await Admin.NewHumanAsync();
        var nobody = (await Admin.NewMachineAsync()).Api;
        var created = (await Admin.PostAsync($"/v2/users/{human.Id}/passkeys/registration_link", new { returnCode = new { } })).Expect(200);
        Assert.True(created.Has("details.changeDate"));
        var code = new { id = created.Text("code.id"), code = created.Text("code.code") };

        (await nobody.PostAsync($"/v2/users/{human.Id}/passkeys", new { domain = "example.com" })).Expect(Failures.NoPermission);
        (await nobody.PostAsync($"/v2/users/{human.Id}/passkeys", new { domain = "example.com", code })).Expect(200);
        Refused(await nobody.PostAsync($"/v2/users/{human.Id}/passkeys", new { domain = "example.com", code }), 400, 3, "COMMAND-Eeb2a");
    }

    [Fact]
    public async Task Users_set_up_their_own_keys_and_nobody_elses()
    {
        var (human, other) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        var self = Admin.As((await Admin.OpenAsync(human)).Token);

        foreach (var kind in new[] { "passkeys", "u2f" })
        {
            (await self.PostAsync($"/v2/users/{human.Id}/{kind}", new { domain = "example.com" })).Expect(200);
            (await self.PostAsync($"/v2/users/{other.Id}/{kind}", new { domain = "example.com" })).Expect(Failures.NoPermission);
            (await self.PostAsync($"/v2/users/unknown/{kind}", new { domain = "example.com" })).Expect(Failures.NoPermission);
            (await self.DeleteAsync($"/v2/users/{other.Id}/{kind}/1")).Expect(Failures.NoPermission);
        }

        (await self.PostAsync($"/v2/users/{human.Id}/passkeys/_search")).Expect(200);
        (await self.PostAsync($"/v2/users/{other.Id}/passkeys/_search")).Expect(Failures.NoPermission);
        (await self.PostAsync($"/v2/users/{other.Id}/authentication_factors/_search")).Expect(Failures.NoPermission);
        (await self.PostAsync($"/v2/users/{human.Id}/passkeys/registration_link", new { returnCode = new { } })).Expect(
            Failures.NoPermission
        );
    }

    [Fact]
    public async Task An_unknown_user_has_no_keys()
    {
        (await Admin.PostAsync("/v2/users/unknown/passkeys", new { domain = "example.com" })).Expect(Failures.NoSuchUser);
        (await Admin.PostAsync("/v2/users/unknown/passkeys/_search")).Expect(Failures.NoSuchUser);
        (await Admin.PostAsync("/v2/users/unknown/authentication_factors/_search")).Expect(Failures.NoSuchUser);
    }

    private async Task<Reply> BeginAsync(Human human, string kind) =>
        (await Admin.PostAsync($"/v2/users/{human.Id}/{kind}", new { domain = "example.com" })).Expect(200);

    private static void Refused(Reply reply, int status, int code, string id)
    {
        reply.Expect(status);
        Assert.Equal(code, reply["code"]!.GetValue<int>());
        Assert.Equal(id, reply.Text("details.0.id"));
    }
}
