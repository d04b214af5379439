using Orleans.Sessions.WebAuthn;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.WebAuthn;

/// <summary>What authenticators say about themselves, and what that is worth.</summary>
public sealed class AttestationTests : IDisposable
{
    private static readonly Guid s_model = new("2fc0579f-8113-47ea-b116-bb5a8db9202a");
    private static readonly (string, string)[] s_certified = [("FIDO_CERTIFIED_L1", "2025-01-01")];

    private readonly TestAuthority _manufacturer = new();

    public void Dispose() => _manufacturer.Dispose();

    [Fact]
    public async Task A_trusted_attestation_is_kept_with_the_name_of_the_model()
    {
        var bench = new VerifierBench();
        await bench.PublishAsync([Entry(s_certified, "hardware", "secure_element")]);
        using var key = NewKey();

        var stored = await bench.RegisterAsync(key);

        Assert.Equal((s_model, "packed", true, "Test Key 5"), Of(stored!.Attestation!));
        Assert.True((await bench.AssertAsync(key, stored))!.IsHardwareBound);
    }

    [Fact]
    public async Task Without_attestation_a_key_is_registered_and_nothing_is_trusted()
    {
        var bench = new VerifierBench();
        await bench.PublishAsync([Entry(s_certified, "hardware")]);
        using var key = new SoftwareKey { Model = s_model };

        var stored = await bench.RegisterAsync(key);

        Assert.Equal((s_model, "none", false, "Test Key 5"), Of(stored!.Attestation!));
        Assert.Equal("none", stored.Attestation!.Kind);
        Assert.False((await bench.AssertAsync(key, stored))!.IsHardwareBound);
    }

    [Fact]
    public async Task A_statement_that_nobody_asked_for_is_dropped_whatever_it_says()
    {
        var bench = new VerifierBench(party => party.Attestation = AttestationConveyance.None);
        await bench.PublishAsync([Entry(s_certified, "hardware")]);
        foreach (
            var answer in new[]
            {
                Answer.Right,
                new Answer { SpoilSignature = true },
            }
        )
        {
            using var key = NewKey();

            var stored = await bench.RegisterAsync(key, answer);

            Assert.Equal((s_model, "none", false, "Test Key 5"), Of(stored!.Attestation!));
            Assert.False((await bench.AssertAsync(key, stored))!.IsHardwareBound);
        }
    }

    [Fact]
    public async Task An_attestation_that_is_signed_wrongly_registers_nothing()
    {
        using var key = NewKey();
        Assert.Null(await new VerifierBench().RegisterAsync(key, new Answer { SpoilSignature = true }));
    }

    [Fact]
    public async Task An_attestation_of_somebody_else_is_not_trusted()
    {
        using var impostor = new TestAuthority();
        using var key = new SoftwareKey { Model = s_model, Authority = impostor };
        var lenient = new VerifierBench();
        var strict = new VerifierBench(party => party.RequireTrustedAttestation = true);
        foreach (var bench in new[] { lenient, strict })
        {
            await bench.PublishAsync([Entry(s_certified, "hardware")]);
        }

        Assert.False((await lenient.RegisterAsync(key))!.Attestation!.IsTrusted);
        await FailsAsync(SessionErrors.WebAuthnAuthenticatorRefused, () => strict.RegisterAsync(key));
    }

    [Fact]
    public async Task Where_trust_is_required_there_must_be_metadata_and_an_attestation()
    {
        var bench = new VerifierBench(party => party.RequireTrustedAttestation = true);
        using var attested = NewKey();
        using var silent = new SoftwareKey { Model = s_model };
        await FailsAsync(SessionErrors.WebAuthnAuthenticatorRefused, () => bench.RegisterAsync(attested));

        await bench.PublishAsync([Entry(s_certified, "hardware")]);

        await FailsAsync(SessionErrors.WebAuthnAuthenticatorRefused, () => bench.RegisterAsync(silent));
        Assert.NotNull(await bench.RegisterAsync(attested));
    }

    [Fact]
    public async Task Models_are_allowed_and_blocked_by_their_ids()
    {
        using var key = NewKey();
        await FailsAsync(SessionErrors.WebAuthnAuthenticatorRefused, () => Bench(party => party.BlockedModels.Add($"{s_model}")));
        await FailsAsync(SessionErrors.WebAuthnAuthenticatorRefused, () => Bench(party => party.AllowedModels.Add($"{Guid.NewGuid()}")));
        Assert.NotNull(await Bench(party => party.AllowedModels.Add($"{s_model}")));

        Task<WebAuthnCredential?> Bench(Action<RelyingPartyOptions> party) => new VerifierBench(party).RegisterAsync(key);
    }

    [Fact]
    public async Task A_revoked_model_is_neither_registered_nor_used()
    {
        var bench = new VerifierBench();
        using var key = NewKey();
        var stored = await bench.RegisterAsync(key);

        await bench.PublishAsync([Entry([.. s_certified, ("REVOKED", "2026-02-01")], "hardware")]);
        Assert.NotNull(await bench.AssertAsync(key, stored!));
        bench.Clock.Advance(TimeSpan.FromDays(31));

        Assert.Null(await bench.AssertAsync(key, stored!));
        using var another = NewKey();
        await FailsAsync(SessionErrors.WebAuthnAuthenticatorRefused, () => bench.RegisterAsync(another));
    }

    [Theory]
    [InlineData("ATTESTATION_KEY_COMPROMISE")]
    [InlineData("USER_VERIFICATION_BYPASS")]
    [InlineData("USER_KEY_REMOTE_COMPROMISE")]
    [InlineData("USER_KEY_PHYSICAL_COMPROMISE")]
    public async Task A_compromised_model_is_not_registered_until_that_is_put_right(string status)
    {
        var bench = new VerifierBench();
        await bench.PublishAsync([Entry(s_certified, "hardware")]);
        using var key = NewKey();
        var stored = await bench.RegisterAsync(key);
        (string, string)[] compromised = [(status, "2025-06-01"), .. s_certified];

        // Published editions list reports in any order.
        await bench.PublishAsync([Entry(compromised, "hardware")]);
        using var another = NewKey();
        await FailsAsync(SessionErrors.WebAuthnAuthenticatorRefused, () => bench.RegisterAsync(another));
        Assert.False((await bench.AssertAsync(key, stored!))!.IsHardwareBound);

        await bench.PublishAsync([Entry([("FIDO_CERTIFIED_L2", "2025-07-01"), .. compromised], "hardware")]);
        Assert.NotNull(await bench.RegisterAsync(another));
        Assert.True((await bench.AssertAsync(key, stored!))!.IsHardwareBound);
    }

    [Theory]
    [InlineData("UPDATE_AVAILABLE")]
    [InlineData("NOT_FIDO_CERTIFIED")]
    [InlineData("SELF_ASSERTION_SUBMITTED")]
    public async Task Only_a_certification_puts_a_compromise_right(string later)
    {
        var bench = new VerifierBench();
        await bench.PublishAsync([
            Entry([.. s_certified, ("USER_KEY_REMOTE_COMPROMISE", "2025-06-01"), (later, "2025-07-01")], "hardware"),
        ]);
        using var key = NewKey();

        await FailsAsync(SessionErrors.WebAuthnAuthenticatorRefused, () => bench.RegisterAsync(key));
    }

    [Fact]
    public async Task A_status_that_nobody_knows_yet_keeps_its_model_from_the_level_and_hides_no_other_status()
    {
        var bench = new VerifierBench();
        var revoked = Guid.NewGuid();
        await bench.PublishAsync([
            Entry([.. s_certified, ("TO_BE_INVENTED", "2025-06-01")], "hardware"),
            TestBlob.Entry(revoked, _manufacturer, [("REVOKED", "2025-01-01")], "hardware"),
        ]);
        using var key = NewKey();
        var stored = await bench.RegisterAsync(key);

        Assert.True(stored!.Attestation!.IsTrusted);
        Assert.False((await bench.AssertAsync(key, stored))!.IsHardwareBound);
        using var bad = new SoftwareKey { Model = revoked, Authority = _manufacturer };
        await FailsAsync(SessionErrors.WebAuthnAuthenticatorRefused, () => bench.RegisterAsync(bad));
    }

    [Fact]
    public async Task Overdue_metadata_vouches_for_nobody_but_still_revokes()
    {
        var bench = new VerifierBench();
        var revoked = Guid.NewGuid();
        await bench.PublishAsync(
            [Entry(s_certified, "hardware"), TestBlob.Entry(revoked, _manufacturer, [("REVOKED", "2025-01-01")], "hardware")],
            nextUpdate: "2026-01-01"
        );
        using var key = NewKey();
        var stored = await bench.RegisterAsync(key);
        bench.Clock.Advance(TimeSpan.FromDays(1));

        Assert.False((await bench.AssertAsync(key, stored!))!.IsHardwareBound);
        using var late = NewKey();
        Assert.False((await bench.RegisterAsync(late))!.Attestation!.IsTrusted);
        using var bad = new SoftwareKey { Model = revoked, Authority = _manufacturer };
        await FailsAsync(SessionErrors.WebAuthnAuthenticatorRefused, () => bench.RegisterAsync(bad));
    }

    public static TheoryData<string, string, string> Weak =>
        new()
        {
            { "FIDO_CERTIFIED", "2025-01-01", "hardware" },
            { "NOT_FIDO_CERTIFIED", "2025-01-01", "hardware" },
            { "SELF_ASSERTION_SUBMITTED", "2025-01-01", "hardware" },
            { "FIDO_CERTIFIED_L1", "2027-01-01", "hardware" },
            { "FIDO_CERTIFIED_L1", "2025-01-01", "software" },
            { "FIDO_CERTIFIED_L1", "2025-01-01", "tee" },
            { "FIDO_CERTIFIED_L1", "2025-01-01", "hardware software" },
        };

    [Theory]
    [MemberData(nameof(Weak))]
    public async Task A_model_without_certified_hardware_does_not_bind_keys(string status, string date, string protection)
    {
        var bench = new VerifierBench();
        await bench.PublishAsync([Entry([(status, date)], protection.Split(' '))]);
        using var key = NewKey();

        var stored = await bench.RegisterAsync(key);

        Assert.True(stored!.Attestation!.IsTrusted);
        Assert.False((await bench.AssertAsync(key, stored))!.IsHardwareBound);
    }

    [Fact]
    public async Task A_key_that_may_be_stored_elsewhere_is_not_bound_to_hardware()
    {
        var bench = new VerifierBench();
        await bench.PublishAsync([Entry(s_certified, "hardware")]);
        using var key = NewKey();
        var synchronised = new Answer { BackedUp = true };

        var stored = await bench.RegisterAsync(key, synchronised);

        Assert.True(stored!.Attestation!.IsTrusted);
        Assert.False((await bench.AssertAsync(key, stored, synchronised))!.IsHardwareBound);
    }

    private static (Guid, string, bool, string?) Of(KeyAttestation attestation) =>
        (attestation.Model, attestation.Format, attestation.IsTrusted, attestation.Name);

    private SoftwareKey NewKey() => new() { Model = s_model, Authority = _manufacturer };

    private object Entry((string Status, string Date)[] reports, params string[] protection) =>
        TestBlob.Entry(s_model, _manufacturer, reports, protection);
}
