using Orleans.Sessions.Notifications;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Users;

/// <summary>
/// Who may say that an address is a person's without a code that was sent there: nobody, where it would be taken for somebody they may not
/// change.
/// </summary>
public sealed class VouchingTests(TellingCluster cluster) : IClassFixture<TellingCluster>
{
    private static readonly Caller s_manager = CallerWith(organizationId: OrganizationId, there: Roles.PermissionsOf(["ORG_OWNER"]));
    private static readonly CodeRequest s_return = new(CodeDelivery.Return);

    public static TheoryData<string> Ways =>
        ["create", "create with a code", "update", "update with a code", "set", "set with a code", "send a code", "invite"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Nobody_vouches_for_the_address_of_somebody_they_may_not_change(string way)
    {
        var id = await cluster.NewHumanAsync(human => human with { Email = new EmailAddress($"{NewName()}@own.example"), Password = null });
        var owner = await NewVerifiedAsync("IAM_OWNER");
        var elsewhere = await NewVerifiedAsync(role: null, organizationId: "org-2");
        var managed = await NewVerifiedAsync(role: null);

        foreach (var address in new[] { owner, elsewhere, owner.ToUpperInvariant() })
        {
            await FailsAsync(SessionErrors.EmailNotVouchedFor, () => VouchAsync(way, s_manager, id, address));
            Assert.False(cluster.Store.User(id)!.Email!.IsVerified);
        }

        await VouchAsync(way, s_manager, id, managed);
        await VouchAsync(way, s_manager, id, $"{NewName()}@nobody.example");
        await VouchAsync(way, Caller.InCluster, id, owner);
        await VouchAsync(way, CallerWith(Roles.PermissionsOf(["IAM_LOGIN_CLIENT"])), id, await NewVerifiedAsync("IAM_OWNER"));
    }

    [Fact]
    public async Task A_code_that_went_to_the_address_proves_it_whoever_has_it()
    {
        var owner = await NewVerifiedAsync("IAM_OWNER");
        var id = await cluster.NewHumanAsync(human => human with { Password = null });

        await cluster.User(id).SetEmailAsync(s_manager, new EmailAddress(owner), new CodeRequest(CodeDelivery.Send));
        var code = cluster
            .MessagesOf(cluster.Store.User(id)!)
            .Single(message => message.Stored.Kind == NotificationKind.VerifyEmail.EventType)
            .Content.Code;
        await cluster.User(id).VerifyEmailAsync(cluster.Self(id), code);

        Assert.True(cluster.Store.User(id)!.Email!.IsVerified);

        // What is verified may be said again, as tools do that write whole users.
        await cluster
            .User(id)
            .UpdateAsync(
                new UpdateUser
                {
                    Caller = s_manager,
                    Email = new EmailAddress(owner, IsVerified: true),
                    Profile = new ProfileChange { NickName = "Countess" },
                }
            );
    }

    [Fact]
    public async Task No_code_is_shown_for_an_address_that_was_put_in_while_another_one_was_looked_at()
    {
        var owner = await NewVerifiedAsync("IAM_OWNER");
        var id = await cluster.NewHumanAsync(human => human with { Email = new EmailAddress($"{NewName()}@own.example") });
        cluster.Store.MeanwhileAddressIsLookedUp(() => cluster.User(id).SetEmailAsync(s_manager, new EmailAddress(owner)));

        await FailsAsync(SessionErrors.ClusterAway, () => cluster.User(id).SendEmailCodeAsync(s_manager, s_return, again: false));

        Assert.Equal(owner, cluster.Store.User(id)!.Email!.Address);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_invitation_to_one_address_verifies_no_other(bool isSet)
    {
        var owner = await NewVerifiedAsync("IAM_OWNER");
        var id = await cluster.NewHumanAsync(human => human with { Email = new EmailAddress($"{NewName()}@own.example"), Password = null });
        var invitation = await cluster.User(id).CreateInviteCodeAsync(s_manager, s_return);

        await (
            isSet
                ? cluster.User(id).SetEmailAsync(s_manager, new EmailAddress(owner))
                : (Task)cluster.User(id).UpdateAsync(new UpdateUser { Caller = s_manager, Email = new EmailAddress(owner) })
        );

        await Assert.ThrowsAsync<SessionException>(() => cluster.User(id).VerifyInviteCodeAsync(s_manager, invitation.Code!));
        Assert.False(cluster.Store.User(id)!.Email!.IsVerified);
    }

    [Fact]
    public async Task Who_may_not_change_the_person_learns_nothing_of_the_address()
    {
        var owner = await NewVerifiedAsync("IAM_OWNER");
        var id = await cluster.NewHumanAsync(organizationId: "org-2");
        foreach (var address in new[] { owner, $"{NewName()}@nobody.example" })
        {
            await FailsAsync(SessionErrors.PermissionMissing, () =>
                cluster.User(id).SetEmailAsync(s_manager, new EmailAddress(address, IsVerified: true))
            );
            await FailsAsync(SessionErrors.PermissionMissing, () =>
                cluster.User(id).SetEmailAsync(cluster.Self(id), new EmailAddress(address, IsVerified: true))
            );
            await FailsAsync(SessionErrors.PermissionMissing, () => VouchAsync("create", cluster.Self(id), id, address));
        }
    }

    [Fact]
    public async Task Where_very_many_share_an_address_only_a_code_proves_it()
    {
        var address = $"{NewName()}@shared.example";
        foreach (var _ in Enumerable.Range(0, 51))
        {
            await VouchAsync("create", s_manager, "", address);
        }

        await FailsAsync(SessionErrors.EmailNotVouchedFor, () => VouchAsync("create", s_manager, "", address));
    }

    private async Task VouchAsync(string way, Caller caller, string id, string address)
    {
        var (user, vouched, plain) = (cluster.User(id), new EmailAddress(address, IsVerified: true), new EmailAddress(address));
        switch (way)
        {
            case "create":
                await CreateAsync(vouched, null);
                break;
            case "create with a code":
                await CreateAsync(plain, s_return);
                break;
            case "update":
                await user.UpdateAsync(new UpdateUser { Caller = caller, Email = vouched });
                break;
            case "update with a code":
                await user.UpdateAsync(
                    new UpdateUser
                    {
                        Caller = caller,
                        Email = plain,
                        EmailCode = s_return,
                    }
                );
                break;
            case "set":
                await user.SetEmailAsync(caller, vouched);
                break;
            case "set with a code":
                await user.SetEmailAsync(caller, plain, s_return);
                break;
            case "send a code":
                await user.SetEmailAsync(caller, plain);
                await user.SendEmailCodeAsync(caller, s_return, again: false);
                break;
            default:
                await user.SetEmailAsync(caller, plain);
                await user.CreateInviteCodeAsync(caller, s_return);
                break;
        }

        Task CreateAsync(EmailAddress email, CodeRequest? code)
        {
            var name = NewName();
            return cluster
                .User(name)
                .CreateAsync(
                    NewHuman(name, human => human with { Email = email, EmailCode = code, Password = null }) with
                    {
                        Caller = caller,
                        OrganizationId = OrganizationId,
                        UserName = name,
                    }
                );
        }
    }

    private async Task<string> NewVerifiedAsync(string? role, string? organizationId = null)
    {
        var address = $"{NewName()}@example.com";
        var id = await cluster.NewHumanAsync(human => human with { Email = new EmailAddress(address, IsVerified: true) }, organizationId);
        if (role is not null)
        {
            await cluster.User(id).AddAdministratorAsync(Caller.InCluster, null, [role]);
        }

        return address;
    }
}
