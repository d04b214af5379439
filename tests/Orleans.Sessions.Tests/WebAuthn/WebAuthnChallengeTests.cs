using System.Text;
using System.Text.Json.Nodes;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.WebAuthn;

/// <summary>Which session a challenge belongs to, how long it lives, and challenges without a user.</summary>
[Collection(nameof(LenientCluster))]
public sealed class WebAuthnChallengeTests(LenientCluster cluster)
{
    [Fact]
    public async Task Without_a_challenge_there_is_nothing_to_answer()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        var other = await cluster.ChallengeAsync(user);
        var session = await cluster.NewSessionAsync(user);
        await FailsAsync(SessionErrors.WebAuthnChallengeMissing, () => cluster.CheckAsync(session, key.Assert(other.Options)));
    }

    [Fact]
    public async Task A_challenge_is_answered_once()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        var session = await cluster.ChallengeAsync(user);
        var answer = key.Assert(session.Options);
        await cluster.CheckAsync(session.Id, answer);
        await FailsAsync(SessionErrors.WebAuthnChallengeMissing, () => cluster.CheckAsync(session.Id, answer));

        await cluster.AskAsync(session.Id);
        await FailsAsync(SessionErrors.WebAuthnInvalid, () => cluster.CheckAsync(session.Id, answer));
    }

    [Fact]
    [Asvs("6.6.2")]
    public async Task A_challenge_of_another_session_is_no_challenge()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        var (one, other) = (await cluster.ChallengeAsync(user), await cluster.ChallengeAsync(user));
        await FailsAsync(SessionErrors.WebAuthnInvalid, () => cluster.CheckAsync(one.Id, key.Assert(other.Options)));
    }

    [Fact]
    public async Task A_new_challenge_replaces_the_old_one()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        var session = await cluster.ChallengeAsync(user);
        var newer = await cluster.AskAsync(session.Id);
        await FailsAsync(SessionErrors.WebAuthnInvalid, () => cluster.CheckAsync(session.Id, key.Assert(session.Options)));
        await cluster.CheckAsync(session.Id, key.Assert(newer));
    }

    [Fact]
    public async Task A_challenge_expires_after_five_minutes()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        var (late, inTime) = (await cluster.ChallengeAsync(user), await cluster.ChallengeAsync(user));

        cluster.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        await cluster.CheckAsync(inTime.Id, key.Assert(inTime.Options));
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await FailsAsync(SessionErrors.WebAuthnChallengeMissing, () => cluster.CheckAsync(late.Id, key.Assert(late.Options)));
    }

    [Fact]
    public async Task A_check_does_not_see_a_challenge_of_its_own_request()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        var other = await cluster.ChallengeAsync(user);
        var id = NewName("session");
        await FailsAsync(SessionErrors.WebAuthnChallengeMissing, () => cluster
                .Session(id)
                .CreateAsync(
                    new CreateSession
                    {
                        Caller = Caller.InCluster,
                        Checks = new Checks
                        {
                            User = new UserCheck { UserId = user },
                            WebAuthn = key.Assert(other.Options),
                        },
                        Challenges = new RequestedChallenges
                        {
                            WebAuthn = new RequestedWebAuthn(WebAuthnCalls.Domain, UserVerification.Required),
                        },
                    }
                ));
    }

    [Fact]
    public async Task A_challenge_needs_a_key_that_could_answer()
    {
        var user = await cluster.NewHumanAsync();
        await FailsAsync(SessionErrors.WebAuthnNoCredential, () => cluster.ChallengeAsync(user));
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        await cluster.ChallengeAsync(user);
        await FailsAsync(SessionErrors.WebAuthnNoCredential, () => cluster.ChallengeAsync(user, UserVerification.Discouraged));
        await FailsAsync(SessionErrors.WebAuthnNoCredential, () => cluster.ChallengeAsync(user, domain: "other.example.com"));
    }

    [Fact]
    public async Task A_security_key_needs_a_user()
    {
        await FailsAsync(SessionErrors.WebAuthnUserMissing, () => cluster.ChallengeAsync(null, UserVerification.Discouraged));
        await FailsAsync(SessionErrors.WebAuthnUserMissing, () => cluster.ChallengeAsync(null, UserVerification.Preferred));
    }

    [Fact]
    public async Task A_passkey_logs_in_without_a_user_name()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        var session = await cluster.ChallengeAsync(null);
        Assert.Empty(JsonNode.Parse(session.Options)!["allowCredentials"]!.AsArray());
        Assert.Null(await cluster.FactorsOfAsync(session.Id));

        var change = await cluster.CheckAsync(session.Id, key.Assert(session.Options));

        var factors = (await cluster.FactorsOfAsync(session.Id))!;
        Assert.Equal(
            (user, cluster.Clock.GetUtcNow(), OrganizationId),
            (factors.User.Id, factors.User.VerifiedAt, factors.User.OrganizationId)
        );
        Assert.Equal($"{user}@example.com", factors.User.LoginName);
        Assert.True(factors.WebAuthn!.UserVerified);
        Assert.Equal(user, (await cluster.Session(session.Id).AuthenticateAsync(change.Token!)).UserId);
        await cluster.User(user).LockAsync(Caller.InCluster);
        await FailsAsync(SessionErrors.SessionTerminated, () => cluster.AskAsync(session.Id));
    }

    [Fact]
    public async Task Without_a_user_the_answer_must_name_one_that_has_the_key()
    {
        var (user, other) = (await cluster.NewHumanAsync(), await cluster.NewHumanAsync());
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        var session = await cluster.ChallengeAsync(null);

        await FailsAsync(SessionErrors.WebAuthnUserMissing, () =>
            cluster.CheckAsync(session.Id, key.Assert(session.Options, new Answer { Handle = [] }))
        );
        await FailsAsync(SessionErrors.WebAuthnUserNotActive, () =>
            cluster.CheckAsync(session.Id, key.Assert(session.Options, new Answer { Handle = "nobody"u8.ToArray() }))
        );
        await FailsAsync(SessionErrors.WebAuthnUnreadable, () =>
            cluster.CheckAsync(session.Id, key.Assert(session.Options, new Answer { Handle = [0xff, 0xfe] }))
        );
        await FailsAsync(SessionErrors.WebAuthnCredentialUnknown, () =>
            cluster.CheckAsync(session.Id, key.Assert(session.Options, new Answer { Handle = Encoding.UTF8.GetBytes(other) }))
        );

        Assert.Null(await cluster.FactorsOfAsync(session.Id));
        await cluster.CheckAsync(session.Id, key.Assert(session.Options));
    }

    [Fact]
    public async Task A_session_of_one_user_is_not_proved_by_anothers_passkey()
    {
        var (user, other) = (await cluster.NewHumanAsync(), await cluster.NewHumanAsync());
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        var session = await cluster.ChallengeAsync(null);
        await cluster
            .Session(session.Id)
            .SetAsync(
                new SetSession
                {
                    Caller = Caller.InCluster,
                    Checks = new Checks { User = new UserCheck { UserId = other } },
                }
            );

        await FailsAsync(SessionErrors.WebAuthnCredentialUnknown, () => cluster.CheckAsync(session.Id, key.Assert(session.Options)));
        await FailsAsync(SessionErrors.SessionUserChange, () =>
            cluster.CheckAsync(session.Id, key.Assert(session.Options), checks => checks with { User = new UserCheck { UserId = user } })
        );
        Assert.Equal(other, (await cluster.FactorsOfAsync(session.Id))!.User.Id);
    }

    [Fact]
    public async Task The_user_may_be_named_between_challenge_and_answer()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        var session = await cluster.ChallengeAsync(null);
        await cluster.CheckAsync(session.Id, key.Assert(session.Options), checks => checks with { User = new UserCheck { UserId = user } });
        Assert.Equal(user, (await cluster.FactorsOfAsync(session.Id))!.User.Id);
    }

    [Fact]
    public async Task A_repeated_request_gets_the_same_challenge()
    {
        var id = NewName("session");
        var command = new CreateSession
        {
            Caller = Caller.InCluster,
            Challenges = new RequestedChallenges { WebAuthn = new RequestedWebAuthn(WebAuthnCalls.Domain, UserVerification.Required) },
            Idempotency = new Idempotency("key", [1, 2, 3]),
        };
        var first = await cluster.Session(id).CreateAsync(command);
        Assert.Equal(first.Challenges, (await cluster.Session(id).CreateAsync(command)).Challenges);
    }
}
