using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Users;

[Collection(nameof(StrictCluster))]
public sealed class CallerTests(StrictCluster cluster)
{
    [Fact]
    public async Task A_token_speaks_for_its_user_until_it_expires_or_is_revoked()
    {
        var id = await cluster.NewMachineAsync("IAM_LOGIN_CLIENT");
        var (shortLived, kept) = (PersonalAccessToken.Create(id, "1"), PersonalAccessToken.Create(id, "2"));
        var now = cluster.Clock.GetUtcNow();
        await cluster.User(id).AddPersonalAccessTokenAsync(Caller.InCluster, shortLived, now.AddSeconds(10));
        await cluster.User(id).AddPersonalAccessTokenAsync(Caller.InCluster, kept, now.AddDays(1));
        Assert.Equal(id, (await cluster.User(id).AuthenticateAsync(shortLived)).UserId);
        Assert.DoesNotContain(kept, cluster.Store.UserJson(id), StringComparison.Ordinal);

        cluster.Clock.Advance(TimeSpan.FromSeconds(10));
        await FailsAsync(SessionErrors.TokenInvalid, () => cluster.User(id).AuthenticateAsync(shortLived));
        await FailsAsync(SessionErrors.TokenInvalid, () => cluster.User(id).AuthenticateAsync(PersonalAccessToken.Create(id, "2")));

        await cluster.User(id).RemovePersonalAccessTokenAsync(Caller.InCluster, "2");
        await FailsAsync(SessionErrors.TokenInvalid, () => cluster.User(id).AuthenticateAsync(kept));
        await FailsAsync(SessionErrors.PersonalAccessTokenNotFound, () =>
            cluster.User(id).RemovePersonalAccessTokenAsync(Caller.InCluster, "2")
        );
    }

    [Fact]
    public async Task A_token_of_a_user_who_is_not_active_is_invalid()
    {
        var id = await cluster.NewMachineAsync();
        var token = await NewTokenAsync(id);
        await cluster.User(id).DeactivateAsync(Caller.InCluster);
        await FailsAsync(SessionErrors.TokenInvalid, () => cluster.User(id).AuthenticateAsync(token));
        await FailsAsync(SessionErrors.TokenInvalid, () => cluster.User(id).AsCallerAsync());
        await FailsAsync(SessionErrors.TokenInvalid, () => cluster.User(NewName()).AuthenticateAsync(token));
    }

    [Fact]
    public async Task Tokens_are_for_machines_expire_later_and_are_fifty_at_most()
    {
        var human = await cluster.NewHumanAsync();
        await FailsAsync(SessionErrors.NotMachine, () => NewTokenAsync(human));
        var id = await cluster.NewMachineAsync();
        await FailsAsync(SessionErrors.TokenExpirationInvalid, () =>
            cluster.User(id).AddPersonalAccessTokenAsync(Caller.InCluster, PersonalAccessToken.Create(id, "1"), cluster.Clock.GetUtcNow())
        );
        await FailsAsync(SessionErrors.UserNotFound, () => NewTokenAsync(NewName()));
        for (var count = 0; count < 50; count++)
        {
            await NewTokenAsync(id);
        }

        await FailsAsync(SessionErrors.TooManyTokens, () => NewTokenAsync(id));
    }

    [Fact]
    public async Task Adding_the_same_token_again_is_answered_again()
    {
        var id = await cluster.NewMachineAsync();
        var token = PersonalAccessToken.Create(id, "1");
        var first = await cluster.User(id).AddPersonalAccessTokenAsync(Caller.InCluster, token, null);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(first, await cluster.User(id).AddPersonalAccessTokenAsync(Caller.InCluster, token, null));
        Assert.Single(cluster.Store.User(id)!.AccessTokens!.Value);
    }

    [Fact]
    public async Task Roles_become_permissions_where_they_were_granted()
    {
        var id = await cluster.NewMachineAsync("IAM_LOGIN_CLIENT");
        await cluster.User(id).AddAdministratorAsync(Caller.InCluster, "org-a", ["ORG_OWNER"]);
        var caller = await cluster.User(id).AsCallerAsync();
        Assert.True(caller.May(Permission.SessionWrite) && caller.May(Permission.SessionLink));
        Assert.False(caller.May(Permission.MemberWrite));
        Assert.True(caller.May(Permission.MemberWrite, "org-a"));
        Assert.False(caller.May(Permission.MemberWrite, "org-b"));
    }

    [Fact]
    public async Task Administrators_are_added_changed_and_removed()
    {
        var id = await cluster.NewMachineAsync();
        var user = cluster.User(id);
        await FailsAsync(SessionErrors.RoleUnknown, () => user.AddAdministratorAsync(Caller.InCluster, null, ["ORG_OWNER"]));
        await FailsAsync(SessionErrors.AdministratorNotFound, () => user.UpdateAdministratorAsync(Caller.InCluster, null, ["IAM_OWNER"]));
        await user.AddAdministratorAsync(Caller.InCluster, null, ["IAM_OWNER"]);
        await FailsAsync(SessionErrors.AdministratorExists, () => user.AddAdministratorAsync(Caller.InCluster, null, ["IAM_OWNER"]));
        await user.UpdateAdministratorAsync(Caller.InCluster, null, ["IAM_OWNER_VIEWER"]);
        Assert.False((await user.AsCallerAsync()).May(Permission.UserWrite));
        Assert.NotNull(await user.RemoveAdministratorAsync(Caller.InCluster, null));
        Assert.Null(await user.RemoveAdministratorAsync(Caller.InCluster, null));
        await FailsAsync(SessionErrors.UserNotFound, () =>
            cluster.User(NewName()).AddAdministratorAsync(Caller.InCluster, null, ["IAM_OWNER"])
        );
        await FailsAsync(SessionErrors.PermissionMissing, () =>
            user.AddAdministratorAsync(CallerWith(organizationId: "org-a", there: Permission.MemberWrite), null, ["IAM_OWNER"])
        );
    }

    [Fact]
    public async Task Without_a_right_nobody_learns_who_exists()
    {
        var existing = await cluster.NewHumanAsync();
        foreach (var caller in new[] { CallerWith(), CallerWith(organizationId: "org-b", there: (Permission)~0) })
        {
            foreach (var id in new[] { existing, NewName() })
            {
                var user = cluster.User(id);
                await FailsAsync(SessionErrors.PermissionMissing, () => user.GetAsync(caller));
                await FailsAsync(SessionErrors.PermissionMissing, () => user.CreateAsync(NewHuman(id) with { Caller = caller }));
                await FailsAsync(SessionErrors.PermissionMissing, () => user.UpdateAsync(new UpdateUser { Caller = caller }));
                await FailsAsync(SessionErrors.PermissionMissing, () => user.DeleteAsync(caller));
                await FailsAsync(SessionErrors.PermissionMissing, () => user.LockAsync(caller));
                await FailsAsync(SessionErrors.PermissionMissing, () => user.RegisterTotpAsync(caller));
                await FailsAsync(SessionErrors.PermissionMissing, () => user.ListAuthenticationMethodsAsync(caller));
                await FailsAsync(SessionErrors.PermissionMissing, () =>
                    user.AddPersonalAccessTokenAsync(caller, PersonalAccessToken.Create(id, "1"), null)
                );
                await FailsAsync(SessionErrors.PermissionMissing, () => user.AddAdministratorAsync(caller, null, ["IAM_OWNER"]));
                await FailsAsync(SessionErrors.PermissionMissing, () => user.SetPasswordAsync(
                        caller,
                        new PasswordChange
                        {
                            Current = "guess",
                            New = new NewPassword { Password = Password },
                        }
                    ));
            }
        }
    }

    [Fact]
    public async Task A_right_on_the_organization_is_a_right_on_its_users()
    {
        var id = await cluster.NewHumanAsync(organizationId: "org-c");
        var caller = CallerWith(organizationId: "org-c", there: Permission.UserRead | Permission.UserWrite);
        Assert.Equal("org-c", (await cluster.User(id).GetAsync(caller)).Details.OrganizationId);
        await cluster.User(id).LockAsync(caller);
    }

    [Fact]
    public async Task Users_change_themselves_but_do_not_vouch_for_themselves()
    {
        var id = await cluster.NewHumanAsync();
        var self = cluster.Self(id);
        await cluster.User(id).GetAsync(self);
        await cluster
            .User(id)
            .UpdateAsync(
                new UpdateUser
                {
                    Caller = self,
                    Profile = new ProfileChange { NickName = "Countess" },
                }
            );
        await cluster.User(id).SetEmailAsync(self, new EmailAddress("new@example.com"));
        await FailsAsync(SessionErrors.PermissionMissing, () =>
            cluster.User(id).SetEmailAsync(self, new EmailAddress("new@example.com", IsVerified: true))
        );
        await FailsAsync(SessionErrors.PermissionMissing, () =>
            cluster.User(id).SetPasswordAsync(self, new PasswordChange { New = new NewPassword { Password = "Another-Horse-8" } })
        );
    }

    [Fact]
    public async Task Nobody_takes_over_a_user_with_more_rights()
    {
        var owner = await cluster.NewMachineAsync("IAM_OWNER");
        var manager = CallerWith(Roles.PermissionsOf(["IAM_USER_MANAGER"]));
        await FailsAsync(SessionErrors.PermissionMissing, () =>
            cluster.User(owner).AddPersonalAccessTokenAsync(manager, PersonalAccessToken.Create(owner, "1"), null)
        );
    }

    [Fact]
    [Asvs("6.2.3")]
    public async Task Ones_own_password_change_is_checked_like_a_login()
    {
        var id = await cluster.NewHumanAsync();
        var self = CallerWith() with { UserId = id };
        await FailsAsync(SessionErrors.PasswordInvalid, () => ChangeAsync("wrong", "Another-Horse-8"));
        await FailsAsync(SessionErrors.SetPasswordUnchanged, () => ChangeAsync(Password, Password));
        await FailsAsync(SessionErrors.PasswordTooShort, () => ChangeAsync(Password, "short"));
        await FailsAsync(SessionErrors.PasswordInvalid, () => ChangeAsync("wrong", "Another-Horse-8"));
        await FailsAsync(SessionErrors.PasswordInvalid, () => ChangeAsync("wrong", "Another-Horse-8"));
        await FailsAsync(SessionErrors.PasswordUserLocked, () => ChangeAsync(Password, "Another-Horse-8"));
        await cluster.Factors(id).VerifyPasswordAsync(Password);

        var bare = await cluster.NewHumanAsync(human => human with { Password = null });
        await FailsAsync(SessionErrors.SetPasswordNotSet, () => cluster
                .User(bare)
                .SetPasswordAsync(
                    Caller.InCluster,
                    new PasswordChange
                    {
                        Current = Password,
                        New = new NewPassword { Password = "Another-Horse-8" },
                    }
                ));
        await FailsAsync(SessionErrors.SetPasswordUserNotFound, () =>
            cluster
                .User(NewName())
                .SetPasswordAsync(Caller.InCluster, new PasswordChange { New = new NewPassword { Password = "Another-Horse-8" } })
        );
        await FailsAsync(SessionErrors.SetPasswordCodeMissing, () => cluster
                .User(bare)
                .SetPasswordAsync(
                    Caller.InCluster,
                    new PasswordChange
                    {
                        VerificationCode = "code",
                        New = new NewPassword { Password = "Another-Horse-8" },
                    }
                ));

        Task ChangeAsync(string current, string next) =>
            cluster
                .User(id)
                .SetPasswordAsync(
                    self,
                    new PasswordChange
                    {
                        Current = current,
                        New = new NewPassword { Password = next },
                    }
                );
    }

    private async Task<string> NewTokenAsync(string id)
    {
        var token = PersonalAccessToken.Create(id, NewName());
        await cluster.User(id).AddPersonalAccessTokenAsync(Caller.InCluster, token, cluster.Clock.GetUtcNow().AddDays(1));
        return token;
    }
}
