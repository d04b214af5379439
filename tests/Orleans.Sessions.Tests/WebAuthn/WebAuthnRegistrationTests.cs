using System.Text;
using System.Text.Json.Nodes;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.WebAuthn;

[Collection(nameof(LenientCluster))]
public sealed class WebAuthnRegistrationTests(LenientCluster cluster)
{
    [Fact]
    public async Task A_passkey_counts_once_it_is_verified()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        var begun = await cluster.BeginAsync(user);
        Assert.Equal([new PasskeyView(begun.Id, "", FactorState.NotReady)], await cluster.Keys(user).ListPasskeysAsync(Caller.InCluster));
        Assert.DoesNotContain(AuthenticationMethod.Passkey, await cluster.User(user).ListAuthenticationMethodsAsync(Caller.InCluster));

        await cluster.FinishAsync(user, begun.Id, key.Register(begun.Options));

        Assert.Equal(
            [new PasskeyView(begun.Id, "My key", FactorState.Ready) { CreatedAt = cluster.Clock.GetUtcNow() }],
            await cluster.Keys(user).ListPasskeysAsync(Caller.InCluster)
        );
        Assert.Equal(
            [AuthenticationMethod.Password, AuthenticationMethod.Passkey],
            await cluster.User(user).ListAuthenticationMethodsAsync(Caller.InCluster)
        );
        Assert.Empty(await cluster.User(user).ListAuthenticationFactorsAsync(Caller.InCluster));
        Assert.False((await cluster.Factors(user).IdentifyAsync()).HasSecondFactor);
    }

    [Fact]
    public async Task A_security_key_is_a_second_factor_once_it_is_verified()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        var begun = await cluster.BeginAsync(user, WebAuthnKind.U2F);
        Assert.Equal(
            [new AuthenticationFactor(FactorKind.U2F, FactorState.NotReady, begun.Id)],
            await cluster.User(user).ListAuthenticationFactorsAsync(Caller.InCluster)
        );
        Assert.False((await cluster.Factors(user).IdentifyAsync()).HasSecondFactor);

        await cluster.FinishAsync(user, begun.Id, key.Register(begun.Options, new Answer { UserVerified = false }), WebAuthnKind.U2F);

        Assert.Equal(
            [new AuthenticationFactor(FactorKind.U2F, FactorState.Ready, begun.Id, "My key")],
            await cluster.User(user).ListAuthenticationFactorsAsync(Caller.InCluster)
        );
        Assert.Equal(
            [AuthenticationMethod.Password, AuthenticationMethod.U2F],
            await cluster.User(user).ListAuthenticationMethodsAsync(Caller.InCluster)
        );
        Assert.True((await cluster.Factors(user).IdentifyAsync()).HasSecondFactor);
        Assert.Empty(await cluster.Keys(user).ListPasskeysAsync(Caller.InCluster));
    }

    [Fact]
    public async Task An_authenticator_app_is_listed_as_a_factor_with_its_state()
    {
        var user = await cluster.NewHumanAsync();
        await cluster.User(user).RegisterTotpAsync(Caller.InCluster);
        Assert.Equal(
            [new AuthenticationFactor(FactorKind.Totp, FactorState.NotReady)],
            await cluster.User(user).ListAuthenticationFactorsAsync(Caller.InCluster)
        );

        var ready = await cluster.NewHumanAsync(human => human with { TotpSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" });
        Assert.Equal(
            [new AuthenticationFactor(FactorKind.Totp, FactorState.Ready)],
            await cluster.User(ready).ListAuthenticationFactorsAsync(Caller.InCluster)
        );
    }

    [Fact]
    public async Task Methods_can_be_asked_for_one_domain()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);

        Assert.Contains(
            AuthenticationMethod.Passkey,
            await cluster.User(user).ListAuthenticationMethodsAsync(Caller.InCluster, WebAuthnCalls.Domain)
        );
        Assert.DoesNotContain(
            AuthenticationMethod.Passkey,
            await cluster.User(user).ListAuthenticationMethodsAsync(Caller.InCluster, "other.example.com")
        );
    }

    [Fact]
    public async Task Options_say_what_the_authenticator_has_to_know()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);

        var passkey = JsonNode.Parse((await cluster.BeginAsync(user, domain: "LOGIN.example.com")).Options)!;
        var securityKey = JsonNode.Parse((await cluster.BeginAsync(user, WebAuthnKind.U2F)).Options)!;

        Assert.Equal("login.example.com", passkey["rp"]!["id"]!.GetValue<string>());
        Assert.Equal(user, Encoding.UTF8.GetString(Bytes(passkey["user"]!["id"]!)));
        Assert.Equal("Ada Lovelace", passkey["user"]!["displayName"]!.GetValue<string>());
        Assert.Equal(32, Bytes(passkey["challenge"]!).Length);
        Assert.NotEqual(passkey["challenge"]!.GetValue<string>(), securityKey["challenge"]!.GetValue<string>());
        Assert.Equal(
            [-7, -257],
            passkey["pubKeyCredParams"]!.AsArray().Select(one => one!["alg"]!.GetValue<int>()).Where(alg => alg is -7 or -257)
        );
        Assert.Equal([key.EncodedId], passkey["excludeCredentials"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()));
        Assert.Empty(securityKey["excludeCredentials"]!.AsArray());
        Assert.Equal(("required", "required"), Selection(passkey));
        Assert.Equal(("discouraged", "discouraged"), Selection(securityKey));
        Assert.Equal("none", passkey["attestation"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(AuthenticatorAttachment.Any, null)]
    [InlineData(AuthenticatorAttachment.Platform, "platform")]
    [InlineData(AuthenticatorAttachment.CrossPlatform, "cross-platform")]
    public async Task The_kind_of_authenticator_can_be_chosen(AuthenticatorAttachment wanted, string? asked)
    {
        var user = await cluster.NewHumanAsync();
        var begun = await cluster
            .Keys(user)
            .RegisterAsync(
                new RegisterWebAuthn
                {
                    Caller = Caller.InCluster,
                    Kind = WebAuthnKind.Passkey,
                    Domain = WebAuthnCalls.Domain,
                    Attachment = wanted,
                }
            );
        Assert.Equal(asked, JsonNode.Parse(begun.Options)!["authenticatorSelection"]!["authenticatorAttachment"]?.GetValue<string>());
    }

    public static TheoryData<Answer> WrongAnswers =>
        [
            new Answer { Origin = "https://evil.example.com" },
            new Answer { Origin = "http://login.example.com" },
            new Answer { RpId = "example.com" },
            new Answer { UserVerified = false },
            new Answer { UserPresent = false },
            new Answer { CrossOrigin = true },
            new Answer { Type = "webauthn.get" },
            new Answer { Challenge = new byte[32] },
        ];

    [Theory]
    [MemberData(nameof(WrongAnswers))]
    public async Task A_wrong_answer_registers_nothing_and_may_be_put_right(Answer wrong)
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        var begun = await cluster.BeginAsync(user);

        await FailsAsync(SessionErrors.WebAuthnRegistrationInvalid, () =>
            cluster.FinishAsync(user, begun.Id, key.Register(begun.Options, wrong))
        );

        Assert.Equal(FactorState.NotReady, Assert.Single(await cluster.Keys(user).ListPasskeysAsync(Caller.InCluster)).State);
        await cluster.FinishAsync(user, begun.Id, key.Register(begun.Options));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("nonsense")]
    [InlineData("""{"id":"AA","type":"public-key","response":{"clientDataJSON":"e30"}}""")]
    [InlineData("""{"id":"AA","type":"password","response":{"clientDataJSON":"e30","attestationObject":"oA"}}""")]
    [InlineData("""{"id":"A.A","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}""")]
    [InlineData("""{"id":"AA","type":"public-key","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}""")]
    public async Task What_is_no_answer_is_refused(string credential)
    {
        var user = await cluster.NewHumanAsync();
        var begun = await cluster.BeginAsync(user);
        await FailsAsync(SessionErrors.WebAuthnRegistrationUnreadable, () => cluster.FinishAsync(user, begun.Id, credential));
    }

    [Fact]
    public async Task Bytes_that_are_no_attestation_are_refused()
    {
        var user = await cluster.NewHumanAsync();
        var begun = await cluster.BeginAsync(user);
        await FailsAsync(SessionErrors.WebAuthnRegistrationInvalid, () =>
            cluster.FinishAsync(
                user,
                begun.Id,
                """{"id":"AA","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}"""
            )
        );
    }

    [Fact]
    public async Task A_registration_is_finished_once_and_in_time()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        var begun = await cluster.BeginAsync(user);
        var late = await cluster.BeginAsync(user);
        await cluster.FinishAsync(user, begun.Id, key.Register(begun.Options));
        await FailsAsync(SessionErrors.WebAuthnKeyNotFound, () => cluster.FinishAsync(user, begun.Id, key.Register(begun.Options)));
        await FailsAsync(SessionErrors.WebAuthnKeyNotFound, () => cluster.FinishAsync(user, "unknown", key.Register(late.Options)));
        await FailsAsync(SessionErrors.WebAuthnKeyNotFound, () =>
            cluster.FinishAsync(user, late.Id, key.Register(late.Options), WebAuthnKind.U2F)
        );

        cluster.Clock.Advance(TimeSpan.FromMinutes(5));

        using var second = new SoftwareKey();
        await FailsAsync(SessionErrors.WebAuthnKeyNotFound, () => cluster.FinishAsync(user, late.Id, second.Register(late.Options)));
    }

    [Fact]
    public async Task The_same_key_is_not_registered_twice()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        var again = await cluster.BeginAsync(user);
        await FailsAsync(SessionErrors.WebAuthnRegistrationInvalid, () => cluster.FinishAsync(user, again.Id, key.Register(again.Options)));
    }

    [Fact]
    public async Task A_removed_key_is_gone()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        var id = await cluster.EnrolAsync(user, key);
        await FailsAsync(SessionErrors.WebAuthnKeyNotFound, () => cluster.Keys(user).RemoveAsync(Caller.InCluster, WebAuthnKind.U2F, id));

        await cluster.Keys(user).RemoveAsync(Caller.InCluster, WebAuthnKind.Passkey, id);

        Assert.Empty(await cluster.Keys(user).ListPasskeysAsync(Caller.InCluster));
        await FailsAsync(SessionErrors.WebAuthnKeyNotFound, () =>
            cluster.Keys(user).RemoveAsync(Caller.InCluster, WebAuthnKind.Passkey, id)
        );
        await FailsAsync(SessionErrors.WebAuthnNoCredential, () => cluster.ChallengeAsync(user));
    }

    [Fact]
    public async Task Deleting_a_user_drops_keys_and_codes()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        await cluster.Keys(user).CreatePasskeyCodeAsync(Caller.InCluster, new CodeRequest(CodeDelivery.Return));

        await cluster.User(user).DeleteAsync(Caller.InCluster);

        var stored = cluster.Store.User(user)!;
        Assert.Null(stored.WebAuthnKeys);
        Assert.Null(stored.PasskeyCodes);
        await FailsAsync(SessionErrors.UserNotFound, () => cluster.BeginAsync(user));
    }

    [Fact]
    public async Task Unfinished_registrations_do_not_pile_up()
    {
        var user = await cluster.NewHumanAsync();
        var begun = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            begun.Add((await cluster.BeginAsync(user)).Id);
        }

        Assert.Equal(begun[2..], (await cluster.Keys(user).ListPasskeysAsync(Caller.InCluster)).Select(passkey => passkey.Id));
    }

    [Fact]
    public async Task A_user_has_fifty_keys_at_most()
    {
        var user = await cluster.NewHumanAsync();
        for (var i = 0; i < 50; i++)
        {
            using var key = new SoftwareKey();
            await cluster.EnrolAsync(user, key);
        }

        await FailsAsync(SessionErrors.TooManyWebAuthnKeys, () => cluster.BeginAsync(user, WebAuthnKind.U2F));
    }

    [Fact]
    public async Task Machines_have_no_keys()
    {
        var machine = await cluster.NewMachineAsync();
        await FailsAsync(SessionErrors.UserNotFound, () => cluster.BeginAsync(machine));
        await FailsAsync(SessionErrors.UserNotFound, () => cluster.BeginAsync(machine, WebAuthnKind.U2F));
        await FailsAsync(SessionErrors.UserNotFound, () =>
            cluster.Keys(machine).CreatePasskeyCodeAsync(Caller.InCluster, new CodeRequest(CodeDelivery.Return))
        );
    }

    [Fact]
    public async Task An_id_that_fits_into_no_key_is_replaced_by_its_hash()
    {
        var user = new string('x', 65);
        await cluster.User(user).CreateAsync(NewHuman(NewName()));
        using var key = new SoftwareKey();
        var begun = await cluster.BeginAsync(user);
        Assert.InRange(Bytes(JsonNode.Parse(begun.Options)!["user"]!["id"]!).Length, 1, 64);
        await cluster.FinishAsync(user, begun.Id, key.Register(begun.Options));
        var session = await cluster.ChallengeAsync(user);
        await cluster.CheckAsync(session.Id, key.Assert(session.Options));
    }

    private static (string Key, string User) Selection(JsonNode options) =>
        (
            options["authenticatorSelection"]!["residentKey"]!.GetValue<string>(),
            options["authenticatorSelection"]!["userVerification"]!.GetValue<string>()
        );

    private static byte[] Bytes(JsonNode text) => System.Buffers.Text.Base64Url.DecodeFromChars(text.GetValue<string>());
}
