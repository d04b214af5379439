using System.Text;
using System.Text.Json.Nodes;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.WebAuthn;

/// <summary>What keys prove to a session, and what they do not prove.</summary>
[Collection(nameof(LenientCluster))]
public sealed class WebAuthnLoginTests(LenientCluster cluster)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_passkey_proves_the_person(bool useRsa)
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey(useRsa);
        await cluster.EnrolAsync(user, key);
        var session = await cluster.ChallengeAsync(user);

        var change = await cluster.CheckAsync(session.Id, key.Assert(session.Options));

        var factors = await cluster.FactorsOfAsync(session.Id);
        Assert.Equal(new WebAuthnFactor(cluster.Clock.GetUtcNow(), UserVerified: true), factors!.WebAuthn);
        Assert.Equal(2, (await cluster.Session(session.Id).AuthenticateAsync(change.Token!)).Factors);
        var stored = Assert.Single(cluster.Store.User(user)!.WebAuthnKeys!.Value);
        Assert.Equal(key.Count, stored.Credential!.SignCount);
        Assert.Equal(cluster.Clock.GetUtcNow(), stored.UsedAt);
        Assert.Equal(stored.UsedAt, Assert.Single(await cluster.Keys(user).ListPasskeysAsync(Caller.InCluster)).LastUsedAt);
    }

    [Theory]
    [InlineData(UserVerification.Discouraged, "discouraged")]
    [InlineData(UserVerification.Preferred, "preferred")]
    public async Task A_security_key_proves_one_factor(UserVerification verification, string asked)
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key, WebAuthnKind.U2F, answer: new Answer { UserVerified = false });
        var session = await cluster.NewSessionAsync(user);
        var options = await cluster.AskAsync(session, verification);
        Assert.Equal(asked, JsonNode.Parse(options)!["userVerification"]!.GetValue<string>());

        var change = await cluster.CheckAsync(session, key.Assert(options, new Answer { UserVerified = false }));

        Assert.False((await cluster.FactorsOfAsync(session))!.WebAuthn!.UserVerified);
        Assert.Equal(2, (await cluster.Session(session).AuthenticateAsync(change.Token!)).Factors);
    }

    [Fact]
    public async Task A_security_key_makes_the_password_alone_too_little()
    {
        var user = await cluster.NewHumanAsync();
        var (session, token) = await cluster.LogInAsync(user);
        await cluster.Session(session).AuthenticateAsync(token);
        using var key = new SoftwareKey();
        var id = await cluster.EnrolAsync(user, key, WebAuthnKind.U2F);

        await FailsAsync(SessionErrors.BearerMfaMissing, () => cluster.Session(session).AuthenticateAsync(token));

        await cluster.Keys(user).RemoveAsync(Caller.InCluster, WebAuthnKind.U2F, id);
        await cluster.Session(session).AuthenticateAsync(token);
    }

    [Fact]
    public async Task Options_offer_the_keys_that_may_answer()
    {
        var user = await cluster.NewHumanAsync();
        using var passkey = new SoftwareKey();
        using var securityKey = new SoftwareKey();
        using var elsewhere = new SoftwareKey();
        await cluster.EnrolAsync(user, passkey);
        await cluster.EnrolAsync(user, securityKey, WebAuthnKind.U2F);
        await cluster.EnrolAsync(user, elsewhere, domain: "other.example.com", answer: new Answer { Origin = "https://other.example.com" });

        var forPasskeys = JsonNode.Parse((await cluster.ChallengeAsync(user)).Options)!;
        var forSecurityKeys = JsonNode.Parse((await cluster.ChallengeAsync(user, UserVerification.Discouraged)).Options)!;

        Assert.Equal(["public-key"], forPasskeys["allowCredentials"]!.AsArray().Select(one => one!["type"]!.GetValue<string>()));
        Assert.Equal([passkey.EncodedId], forPasskeys["allowCredentials"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()));
        Assert.Equal([securityKey.EncodedId], forSecurityKeys["allowCredentials"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()));
        Assert.Equal(WebAuthnCalls.Domain, forPasskeys["rpId"]!.GetValue<string>());
        Assert.Equal("required", forPasskeys["userVerification"]!.GetValue<string>());
        Assert.Equal(300_000, forPasskeys["timeout"]!.GetValue<int>());
        Assert.Equal(32, System.Buffers.Text.Base64Url.DecodeFromChars(forPasskeys["challenge"]!.GetValue<string>()).Length);
    }

    public static TheoryData<Answer> WrongAnswers =>
        [
            new Answer { RpId = "example.com" },
            new Answer { RpId = "other.example.com" },
            new Answer { Origin = "https://example.com" },
            new Answer { Origin = "https://evil.example.com" },
            new Answer { Origin = "https://evillogin.example.com" },
            new Answer { Origin = "https://login.example.com.evil.com" },
            new Answer { Origin = "https://login.example.com@evil.com" },
            new Answer { Origin = "https://evil@login.example.com" },
            new Answer { Origin = "https://login.example.com/" },
            new Answer { Origin = "http://login.example.com" },
            new Answer { Origin = "ftp://login.example.com" },
            new Answer { Origin = "null" },
            new Answer { Origin = "" },
            new Answer { CrossOrigin = true },
            new Answer { Type = "webauthn.create" },
            new Answer { UserVerified = false },
            new Answer { UserPresent = false },
            new Answer { BackedUp = true },
            new Answer { Challenge = new byte[32] },
            new Answer { Challenge = [] },
            new Answer { SpoilSignature = true },
            new Answer { Handle = Encoding.UTF8.GetBytes("somebody else") },
        ];

    [Theory]
    [MemberData(nameof(WrongAnswers))]
    public async Task A_wrong_answer_proves_nothing_and_may_be_put_right(Answer wrong)
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        var session = await cluster.ChallengeAsync(user);

        await FailsAsync(SessionErrors.WebAuthnInvalid, () => cluster.CheckAsync(session.Id, key.Assert(session.Options, wrong)));

        Assert.Null((await cluster.FactorsOfAsync(session.Id))!.WebAuthn);
        await cluster.CheckAsync(session.Id, key.Assert(session.Options));
    }

    [Theory]
    [InlineData("login.example.com", "https://login.example.com")]
    [InlineData("login.example.com", "https://login.example.com:8443")]
    [InlineData("login.example.com", "https://eu.login.example.com")]
    [InlineData("example.com", "https://a.b.example.com")]
    [InlineData("localhost", "http://localhost:3000")]
    [InlineData("localhost", "https://localhost")]
    public async Task Pages_of_the_relying_party_are_admitted(string domain, string origin)
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key, domain: domain, answer: new Answer { Origin = origin });
        var session = await cluster.ChallengeAsync(user, domain: domain);
        await cluster.CheckAsync(session.Id, key.Assert(session.Options, new Answer { Origin = origin }));
    }

    [Theory]
    [InlineData("https://login.example.com")]
    [InlineData("login.example.com:443")]
    [InlineData("login.example.com/")]
    [InlineData("login..example.com")]
    [InlineData(".example.com")]
    [InlineData("example.com.")]
    [InlineData("-a.example.com")]
    [InlineData("a b.example.com")]
    [InlineData("bücher.example.com")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("")]
    public async Task A_domain_is_a_host_name(string domain)
    {
        var user = await cluster.NewHumanAsync();
        await FailsAsync(SessionErrors.WebAuthnDomainInvalid, () => cluster.ChallengeAsync(user, domain: domain));
        await FailsAsync(SessionErrors.WebAuthnDomainInvalid, () => cluster.BeginAsync(user, domain: domain));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    [InlineData("""{"id":"AA","type":"public-key"}""")]
    [InlineData("""{"id":"AA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA","signature":"AA"}}""")]
    [InlineData("""{"id":1,"type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA","signature":"AA"}}""")]
    [InlineData("""{"id":"+/+/","type":"public-key","response":"x"}""")]
    public async Task What_is_no_answer_is_refused(string credential)
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        var session = await cluster.ChallengeAsync(user);
        await FailsAsync(SessionErrors.WebAuthnUnreadable, () => cluster.CheckAsync(session.Id, credential));
        await cluster.CheckAsync(session.Id, key.Assert(session.Options));
    }

    [Fact]
    public async Task An_answer_has_64_KiB_at_most()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        var session = await cluster.ChallengeAsync(user);
        var right = key.Assert(session.Options);
        await FailsAsync(SessionErrors.WebAuthnUnreadable, () => cluster.CheckAsync(session.Id, right + new string(' ', 64 * 1024)));
        await cluster.CheckAsync(session.Id, right);
    }

    [Fact]
    public async Task Keys_answer_only_for_what_they_are()
    {
        var user = await cluster.NewHumanAsync();
        using var passkey = new SoftwareKey();
        using var securityKey = new SoftwareKey();
        using var unknown = new SoftwareKey();
        await cluster.EnrolAsync(user, passkey);
        await cluster.EnrolAsync(user, securityKey, WebAuthnKind.U2F);
        unknown.Register((await cluster.BeginAsync(user)).Options);
        var required = await cluster.ChallengeAsync(user);
        var discouraged = await cluster.ChallengeAsync(user, UserVerification.Discouraged);

        await FailsAsync(SessionErrors.WebAuthnCredentialUnknown, () =>
            cluster.CheckAsync(required.Id, securityKey.Assert(required.Options))
        );
        await FailsAsync(SessionErrors.WebAuthnCredentialUnknown, () => cluster.CheckAsync(required.Id, unknown.Assert(required.Options)));
        await FailsAsync(SessionErrors.WebAuthnCredentialUnknown, () =>
            cluster.CheckAsync(discouraged.Id, passkey.Assert(discouraged.Options))
        );
    }

    [Fact]
    public async Task A_key_that_claims_anothers_id_is_refused()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        using var impostor = new SoftwareKey { Id = key.Id, Count = 100 };
        impostor.Register((await cluster.BeginAsync(user)).Options);
        var session = await cluster.ChallengeAsync(user);
        await FailsAsync(SessionErrors.WebAuthnInvalid, () => cluster.CheckAsync(session.Id, impostor.Assert(session.Options)));
    }

    [Fact]
    public async Task A_cloned_key_is_noticed_by_its_counter()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey { Count = 10 };
        await cluster.EnrolAsync(user, key);
        var session = await cluster.ChallengeAsync(user);
        await cluster.CheckAsync(session.Id, key.Assert(session.Options));
        var options = await cluster.AskAsync(session.Id);

        key.Count = 4;
        await FailsAsync(SessionErrors.WebAuthnInvalid, () => cluster.CheckAsync(session.Id, key.Assert(options)));
        key.Count = 10;
        await FailsAsync(SessionErrors.WebAuthnInvalid, () => cluster.CheckAsync(session.Id, key.Assert(options)));

        Assert.Equal(11u, key.Count);
        await cluster.CheckAsync(session.Id, key.Assert(options));
    }

    [Fact]
    public async Task A_key_that_does_not_count_is_used_again_and_again()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey { Counts = false };
        var synchronised = new Answer { BackedUp = true };
        await cluster.EnrolAsync(user, key, answer: synchronised);
        for (var use = 0; use < 3; use++)
        {
            var session = await cluster.ChallengeAsync(user);
            await cluster.CheckAsync(session.Id, key.Assert(session.Options, synchronised));
        }
    }

    [Fact]
    public async Task Of_twenty_uses_of_one_answer_at_once_one_wins()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey { Counts = false };
        await cluster.EnrolAsync(user, key);
        var session = await cluster.ChallengeAsync(user);
        var answer = key.Assert(session.Options);

        var uses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ErrorOfAsync(() => cluster.CheckAsync(session.Id, answer))));

        Assert.Single(uses, use => use is null);
        Assert.All(uses.OfType<SessionError>(), use => Assert.Equal(SessionErrors.WebAuthnChallengeMissing, use));
    }

    [Fact]
    public async Task Of_a_key_and_its_clones_at_once_one_wins()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        var answers = new List<(string Session, string Answer)>();
        for (var i = 0; i < 10; i++)
        {
            var session = await cluster.ChallengeAsync(user);
            key.Count = 6;
            answers.Add((session.Id, key.Assert(session.Options)));
        }

        var uses = await Task.WhenAll(answers.Select(answer => ErrorOfAsync(() => cluster.CheckAsync(answer.Session, answer.Answer))));

        Assert.Single(uses, use => use is null);
        Assert.All(uses.OfType<SessionError>(), use => Assert.Equal(SessionErrors.WebAuthnInvalid, use));
    }

    [Fact]
    public async Task When_another_check_fails_nothing_is_used_up()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        var session = await cluster.ChallengeAsync(user);
        var answer = key.Assert(session.Options);

        await FailsAsync(SessionErrors.TotpNotReady, () =>
            cluster.CheckAsync(session.Id, answer, checks => checks with { Totp = "000000" })
        );

        Assert.Equal(0u, Assert.Single(cluster.Store.User(user)!.WebAuthnKeys!.Value).Credential!.SignCount);
        await cluster.CheckAsync(session.Id, answer);
    }

    [Fact]
    public async Task A_locked_or_inactive_user_is_neither_challenged_nor_proved()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        await cluster.User(user).LockAsync(Caller.InCluster);
        await cluster.User(user).UnlockAsync(Caller.InCluster);
        var nobody = await cluster.ChallengeAsync(null);
        await cluster.User(user).DeactivateAsync(Caller.InCluster);

        await FailsAsync(SessionErrors.WebAuthnUserNotActive, () => cluster.CheckAsync(nobody.Id, key.Assert(nobody.Options)));
        await FailsAsync(SessionErrors.UserNotActive, () => cluster.ChallengeAsync(user));
        await FailsAsync(SessionErrors.WebAuthnUserNotActive, () =>
            cluster.Factors(user).ChallengeWebAuthnAsync(new(WebAuthnCalls.Domain, UserVerification.Required))
        );

        await cluster.User(user).ReactivateAsync(Caller.InCluster);
        await cluster.CheckAsync(nobody.Id, key.Assert(nobody.Options));
    }
}
