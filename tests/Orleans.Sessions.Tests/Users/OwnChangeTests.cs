using Orleans.Sessions.Sessions;
using Orleans.Sessions.Users;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Users;

/// <summary>A person who changes their own ways to log in is not locked out of the session with which they did it.</summary>
[Collection(nameof(LenientCluster))]
public sealed class OwnChangeTests(LenientCluster cluster)
{
    [Fact]
    public async Task The_session_that_sets_up_an_app_has_proved_it_and_others_must_prove_it()
    {
        var id = await cluster.NewHumanAsync();
        var (mine, other) = (await cluster.LogInAsync(id), await cluster.LogInAsync(id));

        var secret = await EnrolAsync(id, mine.Id);

        Assert.Equal(2, (await cluster.Session(mine.Id).AuthenticateAsync(mine.Token)).Factors);
        Assert.NotNull((await cluster.Session(mine.Id).GetAsync(Caller.InCluster, null)).Factors!.Totp);
        await FailsAsync(SessionErrors.BearerMfaMissing, () => cluster.Session(other.Id).AuthenticateAsync(other.Token));

        // The code of the setup counts once more, so the other session need not wait for the next one.
        await cluster.Factors(id).VerifyTotpAsync(CodeOf(secret));
    }

    [Fact]
    public async Task The_session_has_proved_it_even_if_nobody_could_tell_it()
    {
        var id = await cluster.NewHumanAsync();
        var mine = await cluster.LogInAsync(id);
        cluster.Intercept = call =>
            call.MethodName == nameof(IUserSessionsGrain.UserChangedAsync) ? throw new TimeoutException() : call.Invoke();
        try
        {
            await EnrolAsync(id, mine.Id);
        }
        finally
        {
            cluster.Intercept = null;
        }

        // By then the session has asked its user again.
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(2, (await cluster.Session(mine.Id).AuthenticateAsync(mine.Token)).Factors);
    }

    [Fact]
    public async Task What_an_enrolment_proved_ends_with_the_app()
    {
        var id = await cluster.NewHumanAsync();
        var mine = await cluster.LogInAsync(id);
        await EnrolAsync(id, mine.Id);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));

        await cluster.User(id).RemoveTotpAsync(By(id, mine.Id));

        Assert.Equal(1, (await cluster.Session(mine.Id).AuthenticateAsync(mine.Token)).Factors);
    }

    [Fact]
    public async Task An_enrolment_by_somebody_else_proves_nothing()
    {
        var id = await cluster.NewHumanAsync();
        var mine = await cluster.LogInAsync(id);
        var enrolment = await cluster.User(id).RegisterTotpAsync(Caller.InCluster);

        await cluster.User(id).VerifyTotpRegistrationAsync(Caller.InCluster with { SessionId = mine.Id }, CodeOf(enrolment.Secret));

        await FailsAsync(SessionErrors.BearerMfaMissing, () => cluster.Session(mine.Id).AuthenticateAsync(mine.Token));
    }

    [Fact]
    public async Task The_session_that_changes_the_password_keeps_it_and_others_lose_it()
    {
        var id = await cluster.NewHumanAsync();
        var (mine, other) = (await cluster.LogInAsync(id), await cluster.LogInAsync(id));
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        var change = new PasswordChange
        {
            New = new NewPassword { Password = "Another-Horse-8" },
            Current = Password,
        };

        await cluster.User(id).SetPasswordAsync(By(id, mine.Id), change);

        Assert.Equal(1, (await cluster.Session(mine.Id).AuthenticateAsync(mine.Token)).Factors);
        await FailsAsync(SessionErrors.BearerFactorMissing, () => cluster.Session(other.Id).AuthenticateAsync(other.Token));
    }

    [Fact]
    public void A_proof_is_taken_over_once_and_does_not_come_back()
    {
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var user = new UserIdentity
        {
            Id = "u",
            State = UserState.Active,
            Kind = UserKind.Human,
            OrganizationId = "o",
            LoginName = "ada",
            PasswordChangedAt = at,
            PasswordOutdatedFrom = at.AddDays(90),
            OwnChanges = [new OwnChange("s", at, new Proof(ProvedFactor.Password, at))],
        };
        var session = new SessionRecord { Id = "s", UserId = "u" };
        Assert.Equal(1, SessionRules.ProvedFactors(session, user));
        Assert.True(SessionRules.MustChangePassword(session, user, new LoginPolicy(), at.AddDays(90)));
        var taken = ProofRules.Standing(session, user);
        Assert.Equal(0, SessionRules.ProvedFactors(ProofRules.Without(taken, ProvedFactor.Password), user));
        Assert.Equal(0, SessionRules.ProvedFactors(session with { Id = "other" }, user));
    }

    [Fact]
    public void The_holder_of_a_replaced_token_takes_no_change_over()
    {
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var user = new UserIdentity
        {
            Id = "u",
            State = UserState.Active,
            Kind = UserKind.Human,
            OrganizationId = "o",
            LoginName = "ada",
            OwnChanges = [new OwnChange("s", at, new Proof(ProvedFactor.Totp, at))],
        };
        var session = new SessionRecord { Id = "s", UserId = "u" }.Proved(ProvedFactor.Password, at);
        Assert.Equal(2, SessionRules.ProvedFactors(session, user));
        Assert.Equal(1, SessionRules.ProvedFactors(ProvedLevel.Of(session).Lower(session), user));
    }

    [Fact]
    public async Task The_session_that_adds_codes_by_e_mail_goes_on_until_something_is_removed()
    {
        var id = await cluster.NewHumanAsync();
        var (mine, other) = (await cluster.LogInAsync(id), await cluster.LogInAsync(id));

        await cluster.User(id).AddOtpAsync(By(id, mine.Id), OtpChannel.Email);

        Assert.Equal(1, (await cluster.Session(mine.Id).AuthenticateAsync(mine.Token)).Factors);
        await FailsAsync(SessionErrors.BearerMfaMissing, () => cluster.Session(other.Id).AuthenticateAsync(other.Token));

        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await cluster.User(id).RemoveOtpAsync(By(id, mine.Id), OtpChannel.Email);
        await EnrolAsync(id, other.Id);
        await FailsAsync(SessionErrors.BearerMfaMissing, () => cluster.Session(mine.Id).AuthenticateAsync(mine.Token));
    }

    private Caller By(string userId, string sessionId) => cluster.Self(userId) with { SessionId = sessionId };

    private async Task<string> EnrolAsync(string userId, string sessionId)
    {
        var enrolment = await cluster.User(userId).RegisterTotpAsync(By(userId, sessionId));
        await cluster.User(userId).VerifyTotpRegistrationAsync(By(userId, sessionId), CodeOf(enrolment.Secret));
        return enrolment.Secret;
    }

    private string CodeOf(string secret) =>
        new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(secret)).ComputeTotp(cluster.Clock.GetUtcNow().UtcDateTime);
}
