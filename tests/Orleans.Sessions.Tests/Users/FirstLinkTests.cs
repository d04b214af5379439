using Orleans.Sessions.Passwords;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Tests.Users;

/// <summary>Which links a provider's policy allows. Where it may only create people, the first link is a part of the creation.</summary>
public sealed class FirstLinkTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly IdentityLink s_link = new("provider", "external", "name");
    private static readonly IdentityProviderPolicy s_creating = new() { IsCreationAllowed = true };
    private static readonly UserRecord s_new = new()
    {
        Id = "new",
        State = UserState.Active,
        Kind = UserKind.Human,
        CreatedAt = s_now.AddMinutes(-10),
    };

    [Fact]
    public void The_first_link_of_a_person_who_was_just_created_belongs_to_the_creation()
    {
        Assert.True(Allows(s_new, s_creating));
        Assert.False(Allows(s_new, new IdentityProviderPolicy()));
        Assert.True(Allows(s_new with { CreatedAt = s_now.AddYears(-1) }, new IdentityProviderPolicy { IsLinkingAllowed = true }));
    }

    [Fact]
    public void Nobody_takes_over_a_person_who_was_there_before()
    {
        foreach (
            var known in new[]
            {
                s_new with
                {
                    CreatedAt = s_now.AddMinutes(-11),
                },
                s_new with
                {
                    Password = new StoredPassword("hash", s_now),
                },
                s_new with
                {
                    Links = [new IdentityLink("provider", "other", "name")],
                },
                s_new with
                {
                    OtpEmailAddedAt = s_now,
                    Email = new EmailAddress("a@example.com", IsVerified: true),
                },
                s_new with
                {
                    Roles = [new RoleGrant(null, ["IAM_OWNER"])],
                },
                s_new with
                {
                    InviteCode = new StoredCode([], s_now.AddDays(3)),
                },
            }
        )
        {
            Assert.False(Allows(known, s_creating));
        }
    }

    [Fact]
    public void A_repeated_call_succeeds() => Assert.True(Allows(s_new with { Links = [s_link] }, new IdentityProviderPolicy()));

    private static bool Allows(UserRecord user, IdentityProviderPolicy policy)
    {
        var refusal = Record.Exception(() => LinkRules.EnsureAllowed(user, s_link, policy, s_now));
        Assert.True(refusal is null or SessionException { Error.Id: "COMMAND-Sfee2" });
        return refusal is null;
    }
}
