using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Users;

/// <summary>New passwords without the present one: in a session that has proved it, and by a login frontend.</summary>
public sealed class PasswordRenewalTests(LenientCluster cluster) : IClassFixture<LenientCluster>
{
    private const string Next = "Another-Horse-8";

    [Fact]
    public async Task A_session_that_has_just_proved_the_password_sets_another_one_and_lives_on_without_the_factor()
    {
        var user = await cluster.NewHumanAsync();
        var (session, token) = await cluster.LogInAsync(user);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await RenewAsync(user, await SelfAsync(token));

        Assert.Null(cluster.Store.Session(session)!.EndedAt);
        await FailsAsync(SessionErrors.BearerFactorMissing, () => cluster.Session(session).AuthenticateAsync(token));
        await FailsAsync(SessionErrors.PasswordInvalid, () => cluster.Factors(user).VerifyPasswordAsync(Password));
        Assert.Equal(user, (await cluster.Session(session).AuthenticateAsync(await ProveAsync(session, Next))).UserId);
    }

    [Fact]
    public async Task A_session_that_proved_it_long_ago_or_proved_something_else_does_not()
    {
        var user = await cluster.NewHumanAsync();
        var (_, token) = await cluster.LogInAsync(user);
        var fresh = await SelfAsync(token);
        await FailsAsync(SessionErrors.SetPasswordUnchanged, () => RenewAsync(user, fresh, Password));
        await FailsAsync(SessionErrors.PasswordTooShort, () => RenewAsync(user, fresh, "short"));
        await FailsAsync(SessionErrors.PermissionMissing, () => RenewAsync(user, fresh with { PasswordProvedAt = null }));

        cluster.Clock.Advance(TimeSpan.FromMinutes(11));
        var stale = await FailsAsync(SessionErrors.BearerProofTooOld, () => RenewAsync(user, fresh));
        Assert.Equal(TimeSpan.FromMinutes(10), stale.MaxProofAge);

        // A newer proof of another factor makes the password no fresher.
        await FailsAsync(SessionErrors.BearerProofTooOld, () => RenewAsync(user, fresh with { ProvedAt = cluster.Clock.GetUtcNow() }));
        await cluster.Factors(user).VerifyPasswordAsync(Password);
    }

    [Fact]
    public async Task Nobody_renews_somebody_elses_password_and_a_reset_in_between_stands()
    {
        var (user, other) = (await cluster.NewHumanAsync(), await cluster.NewHumanAsync());
        var (_, token) = await cluster.LogInAsync(user);
        var fresh = await SelfAsync(token);
        await FailsAsync(SessionErrors.PermissionMissing, () => RenewAsync(other, fresh));

        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await ResetAsync(user, Caller.InCluster, "From-The-Desk-9");
        await FailsAsync(SessionErrors.BearerProofTooOld, () => RenewAsync(user, fresh));
        await cluster.Factors(user).VerifyPasswordAsync("From-The-Desk-9");
        await FailsAsync(SessionErrors.BearerSessionMissing, () => SelfAsync(token));
    }

    [Fact]
    public async Task The_password_alone_sets_none_where_the_person_has_a_second_factor_nor_does_the_token_from_before_the_login()
    {
        var careful = await cluster.NewHumanAsync(human => human with { TotpSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" });
        var (session, token) = await cluster.LogInAsync(careful);
        await FailsAsync(SessionErrors.BearerMfaMissing, () => cluster.Session(session).AuthenticateForPasswordChangeAsync(token));

        var user = await cluster.NewHumanAsync();
        var (begun, before) = await BeginAsync(user);
        await ProveAsync(begun, Password);
        await FailsAsync(SessionErrors.BearerFactorMissing, () => SelfAsync(before));
    }

    [Fact]
    public async Task Where_the_present_password_is_wanted_it_is_wanted()
    {
        var user = await cluster.NewHumanAsync();
        var (_, token) = await cluster.LogInAsync(user);
        var fresh = await SelfAsync(token);
        cluster.Users.RequirePresentPassword = true;
        try
        {
            await FailsAsync(SessionErrors.PermissionMissing, () => RenewAsync(user, fresh));
        }
        finally
        {
            cluster.Users.RequirePresentPassword = false;
        }

        await RenewAsync(user, fresh);
    }

    [Fact]
    public async Task A_login_frontend_that_sets_a_password_ends_no_session_but_all_that_was_proved_and_the_tokens()
    {
        var user = await cluster.NewHumanAsync();
        var (inHand, token) = await cluster.LogInAsync(user);
        var (thief, stolen) = await cluster.LogInAsync(user);
        var (id, tokens) = await GrantAsync(thief, stolen);
        await cluster
            .Grains.GetGrain<ITokenFamilyGrain>(GrainKeys.Authorization(id))
            .AuthenticateAsync(tokens.AccessTokenId, tokens.AccessToken);
        var frontend = CallerWith(Roles.PermissionsOf(["IAM_LOGIN_CLIENT"]));

        await FailsAsync(SessionErrors.SetPasswordUnchanged, () => ResetAsync(user, frontend, Password));
        await ResetAsync(user, frontend, Next);

        foreach (var (session, held) in new[] { (inHand, token), (thief, stolen) })
        {
            Assert.Null(cluster.Store.Session(session)!.EndedAt);
            Assert.Null((await cluster.Session(session).GetAsync(frontend, held)).Factors!.Password);
            await FailsAsync(SessionErrors.BearerFactorMissing, () => cluster.Session(session).AuthenticateAsync(held));
        }

        await FailsAsync(SessionErrors.TokenInvalid, () =>
            cluster
                .Grains.GetGrain<ITokenFamilyGrain>(GrainKeys.Authorization(id))
                .AuthenticateAsync(tokens.AccessTokenId, tokens.AccessToken)
        );
        Assert.Equal(user, (await cluster.Session(inHand).AuthenticateAsync(await ProveAsync(inHand, Next))).UserId);
        await FailsAsync(SessionErrors.BearerFactorMissing, () => cluster.Session(thief).AuthenticateAsync(stolen));
    }

    [Fact]
    public async Task A_login_frontend_may_end_the_sessions_and_a_manager_always_does()
    {
        var manager = CallerWith(organizationId: OrganizationId, there: Roles.PermissionsOf(["ORG_USER_MANAGER"]));
        var frontend = CallerWith(Roles.PermissionsOf(["IAM_LOGIN_CLIENT"]));
        foreach (var (caller, end) in new[] { (frontend, (bool?)true), (manager, null), (Caller.InCluster, null) })
        {
            var user = await cluster.NewHumanAsync();
            var (session, _) = await cluster.LogInAsync(user);
            await cluster.User(user).SetPasswordAsync(caller, new PasswordChange { New = new NewPassword { Password = Next } }, end);
            Assert.NotNull(cluster.Store.Session(session)!.EndedAt);
        }
    }

    [Fact]
    public async Task The_first_password_of_an_invited_administrator_is_for_the_login_frontend_to_set_and_for_no_manager()
    {
        var user = await cluster.NewHumanAsync(human => human with { Password = null });
        await cluster.User(user).AddAdministratorAsync(Caller.InCluster, null, ["IAM_OWNER"]);
        var manager = CallerWith(Roles.PermissionsOf(["IAM_USER_MANAGER"]));
        await FailsAsync(SessionErrors.PermissionMissing, () => ResetAsync(user, manager, Next));

        await ResetAsync(user, CallerWith(Roles.PermissionsOf(["IAM_LOGIN_CLIENT"])), Next);
        await cluster.Factors(user).VerifyPasswordAsync(Next);
    }

    private Task<UserDetails> RenewAsync(string user, Caller self, string password = Next) => ResetAsync(user, self, password);

    private Task<UserDetails> ResetAsync(string user, Caller caller, string password) =>
        cluster.User(user).SetPasswordAsync(caller, new PasswordChange { New = new NewPassword { Password = password } });

    /// <summary>A session in which nothing is proved yet, and its token.</summary>
    private async Task<(string Session, string Token)> BeginAsync(string user)
    {
        var session = NewName("session");
        var change = await cluster
            .Session(session)
            .CreateAsync(
                new CreateSession
                {
                    Caller = Caller.InCluster,
                    Checks = new Checks { User = new UserCheck { UserId = user } },
                }
            );
        return (session, change.Token!);
    }

    /// <summary>Proves a password in a session and returns its new token.</summary>
    private async Task<string> ProveAsync(string session, string password) =>
        (
            await cluster
                .Session(session)
                .SetAsync(
                    new SetSession
                    {
                        Caller = Caller.InCluster,
                        Checks = new Checks { Password = password },
                    }
                )
        ).Token!;

    /// <summary>The caller whom the gateway makes of a session token.</summary>
    private async Task<Caller> SelfAsync(string token)
    {
        Assert.True(SessionToken.TryGetSessionId(token, out var session));
        var bearer = await cluster.Session(session).AuthenticateAsync(token);
        return await cluster.User(bearer.UserId).AsCallerAsync() with
        {
            ProvedAt = bearer.ProvedAt,
            PasswordProvedAt = bearer.PasswordProvedAt,
            SessionId = bearer.SessionId,
        };
    }

    /// <summary>An access token of a session.</summary>
    private async Task<(string Id, NewTokens Tokens)> GrantAsync(string session, string token)
    {
        var id = RandomText.NewId();
        var tokenId = RandomText.NewId();
        var tokens = new NewTokens
        {
            AccessTokenId = tokenId,
            AccessToken = OidcTokens.CreateAccess(id, tokenId, session),
            AccessTokenLifetime = TimeSpan.FromHours(1),
        };
        await cluster
            .Grains.GetGrain<ITokenFamilyGrain>(GrainKeys.Authorization(id))
            .IssueAsync(
                new DirectGrant
                {
                    ClientId = "web",
                    Issuer = "https://sessions.example",
                    Scopes = ["openid"],
                    SessionId = session,
                    SessionToken = token,
                },
                tokens
            );
        return (id, tokens);
    }
}
