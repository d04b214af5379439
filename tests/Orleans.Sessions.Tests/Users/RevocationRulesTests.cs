using Orleans.Sessions.Sessions;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Tests.Users;

/// <summary>The proofs that a change of the user makes void.</summary>
public sealed class RevocationRulesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly IdentityLink s_one = new("google", "1", "one");
    private static readonly IdentityLink s_other = new("google", "2", "two");
    private static readonly UserRecord s_user = new()
    {
        Id = "u",
        State = UserState.Active,
        Kind = UserKind.Human,
        Links = [s_one, s_other],
    };

    [Fact]
    public void A_login_at_a_provider_is_void_once_its_link_is_gone_and_another_link_is_not()
    {
        var user = RevocationRules.Note(s_user, s_user with { Links = [s_other] }, s_now);

        Assert.False(Stands(user, new Proof(ProvedFactor.Intent, s_now, LinkRules.HandleOf("google", "1"))));
        Assert.True(Stands(user, new Proof(ProvedFactor.Intent, s_now, LinkRules.HandleOf("google", "2"))));
        Assert.True(Stands(user, new Proof(ProvedFactor.Intent, s_now.AddSeconds(1), LinkRules.HandleOf("google", "1"))));

        // A proof that does not name the link could be of any link.
        Assert.False(Stands(user, new Proof(ProvedFactor.Intent, s_now)));
    }

    [Fact]
    public void What_takes_nothing_away_makes_nothing_void()
    {
        var user = RevocationRules.Note(s_user, s_user with { UserName = "renamed", OtpEmailAddedAt = s_now }, s_now);
        Assert.Null(user.Revocations);
        Assert.Null(RevocationRules.Note(null, s_user, s_now).Revocations);
    }

    [Fact]
    public void However_many_credentials_go_few_are_kept_apart_and_none_comes_back()
    {
        var user = s_user;
        for (var key = 0; key < 100; key++)
        {
            user = RevocationRules.Add(user, new Revocation(ProvedFactor.WebAuthn, s_now.AddSeconds(key), $"{key}"));
        }

        Assert.True(user.Revocations!.Value.Length <= 21);
        Assert.All(Enumerable.Range(0, 100), key =>
            Assert.False(Stands(user, new Proof(ProvedFactor.WebAuthn, s_now.AddSeconds(key), $"{key}")))
        );
        Assert.True(Stands(user, new Proof(ProvedFactor.WebAuthn, s_now.AddSeconds(200), "another")));
        Assert.True(Stands(user, new Proof(ProvedFactor.Totp, s_now)));
    }

    [Fact]
    public void Everything_at_once_covers_what_went_before()
    {
        var user = RevocationRules.Add(
            RevocationRules.Add(s_user, new Revocation(ProvedFactor.Totp, s_now)),
            new Revocation(null, s_now.AddSeconds(1))
        );
        Assert.Single(user.Revocations!.Value);
        Assert.False(Stands(user, new Proof(ProvedFactor.RecoveryCode, s_now.AddSeconds(1))));
    }

    private static bool Stands(UserRecord user, Proof proof) =>
        ProofRules.Stands(
            proof,
            new UserIdentity
            {
                Id = "u",
                State = UserState.Active,
                Kind = UserKind.Human,
                OrganizationId = "o",
                LoginName = "u",
                Revocations = user.Revocations,
            }
        );
}
