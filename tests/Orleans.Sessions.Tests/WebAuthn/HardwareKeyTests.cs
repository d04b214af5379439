using Orleans.Sessions.Logins;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.WebAuthn.Fido;

namespace Orleans.Sessions.Tests.WebAuthn;

/// <summary>The third level of assurance, from the registration of a key to the end of the level.</summary>
[Collection(nameof(LenientCluster))]
public sealed class HardwareKeyTests(LenientCluster cluster) : IDisposable
{
    private static readonly Guid s_model = new("9c835346-796b-4c27-8898-d6032f515cc5");
    private static readonly Answer s_right = new() { Origin = $"https://{SessionCluster.AttestedDomain}" };

    private readonly TestAuthority _manufacturer = new();
    private readonly SoftwareKey _plain = new();

    public void Dispose()
    {
        _manufacturer.Dispose();
        _plain.Dispose();
    }

    [Fact]
    public async Task The_level_ends_without_use_and_another_proof_brings_it_back()
    {
        using var key = await NewKeyAsync();
        var user = await EnrolAsync(key);
        var session = await cluster.ChallengeAsync(user, domain: SessionCluster.AttestedDomain);
        var token = (await cluster.CheckAsync(session.Id, key.Assert(session.Options, s_right))).Token!;
        var verdict = await Login(session.Id).EvaluateAsync(Caller.InCluster, token, new LoginDemand { MinimumAcr = "aal3" });
        Assert.Null(verdict.Refusal);
        Assert.Equal("aal3: user hwk mfa", $"{verdict.Acr}: {string.Join(' ', verdict.Amr)}");

        cluster.Clock.Advance(TimeSpan.FromMinutes(14));
        await UseAsync(session.Id);
        cluster.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal("aal3", await LevelAsync(session.Id, token));
        await UseAsync(session.Id);

        cluster.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal("phr", await LevelAsync(session.Id, token));
        await UseAsync(session.Id);
        Assert.Equal("phr", await LevelAsync(session.Id, token));

        var options = await cluster.AskAsync(session.Id, domain: SessionCluster.AttestedDomain);
        token = (await cluster.CheckAsync(session.Id, key.Assert(options, s_right))).Token!;
        Assert.Equal("aal3", await LevelAsync(session.Id, token));
    }

    [Fact]
    public async Task The_level_ends_after_twelve_hours_however_often_the_session_is_used()
    {
        using var key = await NewKeyAsync();
        var user = await EnrolAsync(key);
        var session = await cluster.ChallengeAsync(user, domain: SessionCluster.AttestedDomain);
        var token = (await cluster.CheckAsync(session.Id, key.Assert(session.Options, s_right))).Token!;

        for (var use = 0; use < 51; use++)
        {
            cluster.Clock.Advance(TimeSpan.FromMinutes(14));
            await UseAsync(session.Id);
        }

        Assert.Equal("aal3", await LevelAsync(session.Id, token));
        cluster.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("phr", await LevelAsync(session.Id, token));
    }

    [Fact]
    public async Task The_level_ends_for_the_previous_token_too()
    {
        using var key = await NewKeyAsync();
        var user = await EnrolAsync(key);
        var session = await cluster.ChallengeAsync(user, domain: SessionCluster.AttestedDomain);
        var token = (await cluster.CheckAsync(session.Id, key.Assert(session.Options, s_right))).Token!;
        for (var use = 0; use < 51; use++)
        {
            cluster.Clock.Advance(TimeSpan.FromMinutes(14));
            await UseAsync(session.Id);
        }

        cluster.Clock.Advance(TimeSpan.FromMinutes(6) - TimeSpan.FromSeconds(5));
        var command = new SetSession
        {
            Caller = Caller.InCluster,
            Checks = new Checks { Password = SessionCluster.Password },
        };
        await cluster.Session(session.Id).SetAsync(command);
        Assert.Equal("aal3", await LevelAsync(session.Id, token));
        cluster.Clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal("phr", await LevelAsync(session.Id, token));
    }

    [Fact]
    public async Task A_key_of_unknown_hardware_does_not_reach_the_level_and_the_refusal_says_what_would()
    {
        var user = await EnrolAsync(_plain);
        var session = await cluster.ChallengeAsync(user, domain: SessionCluster.AttestedDomain);
        var token = (await cluster.CheckAsync(session.Id, _plain.Assert(session.Options, s_right))).Token!;

        var verdict = await Login(session.Id).EvaluateAsync(Caller.InCluster, token, new LoginDemand { MinimumAcr = "aal3" });

        Assert.Equal(SessionErrors.LinkHardwareKeyMissing, verdict.Refusal);
        Assert.Equal("phr", verdict.Acr);
        Assert.Equal(AuthenticationMethod.Passkey, Assert.Single(verdict.Next));
    }

    [Fact]
    public async Task Keys_are_listed_with_what_is_known_about_their_authenticators()
    {
        using var key = await NewKeyAsync();
        var user = await EnrolAsync(key);
        await cluster.EnrolAsync(user, _plain, WebAuthnKind.U2F, answer: new Answer { UserVerified = false });
        await cluster.BeginAsync(user);

        var listed = await cluster.Keys(user).ListAuthenticatorsAsync(Caller.InCluster);

        Assert.Equal(System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(user)), listed.UserHandle);
        Assert.Equal([key.EncodedId, _plain.EncodedId], listed.Keys.Select(one => one.CredentialId));
        var attested = listed.Keys[0];
        Assert.Equal((WebAuthnKind.Passkey, SessionCluster.AttestedDomain, "My key"), (attested.Kind, attested.RpId, attested.Name));
        Assert.Equal(
            (s_model, "Test Key 5", "packed", true),
            (attested.Model!.Value, attested.ModelName, attested.Format, attested.IsTrusted)
        );
        Assert.False(attested.IsBackupEligible || attested.IsBackedUp);
        Assert.Equal((WebAuthnKind.U2F, "none", false), (listed.Keys[1].Kind, listed.Keys[1].Attestation, listed.Keys[1].IsTrusted));
    }

    private async Task<SoftwareKey> NewKeyAsync()
    {
        using var publisher = new TestAuthority();
        var entry = TestBlob.Entry(s_model, _manufacturer, [("FIDO_CERTIFIED_L2", "2025-01-01")], "hardware", "secure_element");
        var text = TestBlob.Sign(publisher, [entry]);
        var payload = await MetadataBlob.ReadAsync(text, [publisher.Root], TestBlob.Signer, cluster.Clock.GetUtcNow());
        Assert.True(cluster.Metadata.Take(payload));
        return new SoftwareKey { Model = s_model, Authority = _manufacturer };
    }

    private async Task<string> EnrolAsync(SoftwareKey key)
    {
        var user = await cluster.NewHumanAsync();
        await cluster.EnrolAsync(user, key, domain: SessionCluster.AttestedDomain, answer: s_right);
        return user;
    }

    private ILoginSession Login(string session) => cluster.Grains.GetGrain<ILoginSession>(GrainKeys.Session(session));

    private Task UseAsync(string session) => cluster.Grains.GetGrain<ISessionLifecycle>(GrainKeys.Session(session)).UseAsync();

    private async Task<string?> LevelAsync(string session, string token) =>
        (await Login(session).EvaluateAsync(Caller.InCluster, token, new LoginDemand())).Acr;
}
