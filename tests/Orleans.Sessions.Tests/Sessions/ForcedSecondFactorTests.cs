using Orleans.Sessions.Sessions;
using Orleans.Sessions.Users;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Sessions;

/// <summary>What a password alone may do where the login policy forces a second factor, and what strangers learn of names.</summary>
public sealed class ForcedSecondFactorTests(HardenedCluster cluster) : IClassFixture<HardenedCluster>
{
    [Fact]
    public async Task A_password_alone_sets_up_a_factor_or_another_password_only_for_a_person_who_has_nothing_else()
    {
        var user = await cluster.NewHumanAsync();
        var (session, token) = await LogInAsync(user);
        await FailsAsync(SessionErrors.BearerMfaMissing, () => cluster.Session(session).AuthenticateAsync(token));
        Assert.Equal(user, (await Login(session).AuthenticateForEnrolmentAsync(token)).UserId);
        Assert.Equal(user, (await cluster.Session(session).AuthenticateForPasswordChangeAsync(token)).UserId);

        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key, domain: "other.example.com", answer: new Answer { Origin = "https://other.example.com" });
        await FailsAsync(SessionErrors.BearerMfaMissing, () => Login(session).AuthenticateForEnrolmentAsync(token));
        await FailsAsync(SessionErrors.BearerMfaMissing, () => cluster.Session(session).AuthenticateForPasswordChangeAsync(token));
    }

    [Fact]
    public async Task A_password_that_must_be_changed_is_changed_before_a_factor_is_set_up()
    {
        var user = await cluster.NewHumanAsync(human =>
            human with
            {
                Password = new NewPassword { Password = Password, ChangeRequired = true },
            }
        );
        var (session, token) = await LogInAsync(user);
        await FailsAsync(SessionErrors.PasswordOutdated, () => Login(session).AuthenticateForEnrolmentAsync(token));
        Assert.Equal(user, (await cluster.Session(session).AuthenticateForPasswordChangeAsync(token)).UserId);
    }

    [Theory]
    [InlineData(false, false, false, true)]
    [InlineData(true, false, false, false)]
    [InlineData(false, true, false, false)]
    [InlineData(false, null, false, false)]
    [InlineData(false, false, true, false)]
    [InlineData(false, false, null, false)]
    public void Whatever_satisfies_the_policy_comes_first(bool hasSecondFactor, bool? hasPasskey, bool? hasLink, bool expected)
    {
        var policy = new LoginPolicy { ForceMfa = true };
        var user = new UserIdentity
        {
            Id = "u",
            State = UserState.Active,
            Kind = UserKind.Human,
            OrganizationId = "o",
            LoginName = "ada",
            HasSecondFactor = hasSecondFactor,
            HasPasskey = hasPasskey,
            HasLink = hasLink,
        };
        Assert.Equal(expected, SessionRules.CanProveOneFactorOnly(user, policy));

        // A login at a provider that does not satisfy the policy does not come first.
        var isFree = !hasSecondFactor && hasPasskey == false;
        Assert.Equal(isFree, SessionRules.CanProveOneFactorOnly(user, policy with { ForceMfaForExternalLogins = true }));
        Assert.Equal(isFree, SessionRules.CanProveOneFactorOnly(user, policy with { AllowExternalProviders = false }));
    }

    [Fact]
    public async Task A_wrong_password_says_the_same_whether_or_not_the_name_belongs_to_somebody_active()
    {
        var (known, inactive) = (await NewNamedAsync(), await NewNamedAsync());
        await cluster.User(inactive).DeactivateAsync(Caller.InCluster);
        foreach (var name in new[] { known, inactive, NewName("nobody") })
        {
            var failure = await FailsAsync(SessionErrors.PasswordInvalid, () => OpenAsync(name, "wrong"));
            Assert.Null(failure.FailedAttempts);
        }

        // Without a password there is nothing to hide behind, and a session that has proved a factor is no stranger's.
        await FailsAsync(SessionErrors.UserNotActive, () => OpenAsync(inactive, password: null));
        var session = await OpenAsync(known, Password);
        var wrong = new SetSession
        {
            Caller = Caller.InCluster,
            Checks = new Checks { Password = "wrong" },
        };
        var told = await FailsAsync(SessionErrors.PasswordInvalid, () => cluster.Session(session.SessionId).SetAsync(wrong));
        Assert.Equal(1, told.FailedAttempts);
    }

    private ILoginSession Login(string session) => cluster.Grains.GetGrain<ILoginSession>(GrainKeys.Session(session));

    /// <summary>A person whose login name is the id.</summary>
    private async Task<string> NewNamedAsync()
    {
        var id = NewName();
        await cluster.User(id).CreateAsync(NewHuman(id) with { UserName = id });
        return id;
    }

    private Task<SessionChange> OpenAsync(string loginName, string? password) =>
        CreateAsync(
            new Checks
            {
                User = new UserCheck { LoginName = loginName },
                Password = password,
            }
        );

    private async Task<(string Session, string Token)> LogInAsync(string user)
    {
        var change = await CreateAsync(
            new Checks
            {
                User = new UserCheck { UserId = user },
                Password = Password,
            }
        );
        return (change.SessionId, change.Token!);
    }

    private Task<SessionChange> CreateAsync(Checks checks) =>
        cluster.Session(NewName("session")).CreateAsync(new CreateSession { Caller = Caller.InCluster, Checks = checks });
}
