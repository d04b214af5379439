using Orleans.Sessions.Notifications;
using Orleans.Sessions.Users;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Users;

/// <summary>
/// The effects of a change of a user's credentials or addresses: where resets are sent, what the user is told, and the end of other
/// sessions.
/// </summary>
public sealed class AccountChangeTests(TellingCluster cluster) : IClassFixture<TellingCluster>
{
    private static readonly CodeRequest s_send = new(CodeDelivery.Send);
    private static readonly CodeRequest s_return = new(CodeDelivery.Return);

    [Fact]
    [Asvs("6.4.3")]
    public async Task A_reset_goes_to_the_address_that_was_verified_last_however_often_it_changed()
    {
        var (id, first) = await NewPersonAsync(isVerified: true);
        await cluster.User(id).SetEmailAsync(cluster.Self(id), new EmailAddress("thief@example.com"));
        Assert.Equal(first, await ResetGoesToAsync(id));
        await cluster.User(id).SetEmailAsync(cluster.Self(id), new EmailAddress("thief2@example.com"));
        Assert.Equal(first, await ResetGoesToAsync(id));

        var issued = await cluster.User(id).SetEmailAsync(Caller.InCluster, new EmailAddress("second@example.com"), s_return);
        Assert.Equal(first, await ResetGoesToAsync(id));
        await cluster.User(id).VerifyEmailAsync(cluster.Self(id), issued.Code!);
        Assert.Equal("second@example.com", await ResetGoesToAsync(id));
        await cluster.User(id).UpdateAsync(new UpdateUser { Caller = Caller.InCluster, Email = new EmailAddress("third@example.com") });
        Assert.Equal("second@example.com", await ResetGoesToAsync(id));
        await cluster.User(id).SetEmailAsync(Caller.InCluster, new EmailAddress("fourth@example.com", IsVerified: true));
        Assert.Equal("fourth@example.com", await ResetGoesToAsync(id));
    }

    [Fact]
    public async Task Where_no_address_was_ever_verified_a_reset_goes_to_the_first_one()
    {
        var (id, first) = await NewPersonAsync(isVerified: false);
        foreach (var address in new[] { "a@example.com", "b@example.com" })
        {
            await cluster.User(id).SetEmailAsync(cluster.Self(id), new EmailAddress(address));
            Assert.Equal(first, await ResetGoesToAsync(id));
        }
    }

    [Fact]
    public async Task A_user_stored_before_resets_had_an_address_of_their_own_keeps_the_one_it_had()
    {
        var id = NewName();
        var first = $"{id}@example.com";
        cluster.Store.Put(
            new UserRecord
            {
                Id = id,
                State = UserState.Active,
                Kind = UserKind.Human,
                OrganizationId = OrganizationId,
                UserName = id,
                Profile = new UserProfile { GivenName = "Ada", FamilyName = "Lovelace" },
                Email = new EmailAddress(first, IsVerified: true),
            }
        );
        Assert.Equal(first, await ResetGoesToAsync(id));
        await cluster.User(id).SetEmailAsync(cluster.Self(id), new EmailAddress("thief@example.com"));
        Assert.Equal(first, await ResetGoesToAsync(id));
    }

    [Fact]
    public async Task The_person_is_told_at_the_old_and_the_new_address()
    {
        var (id, first) = await NewPersonAsync(isVerified: true);
        await cluster.User(id).SetEmailAsync(cluster.Self(id), new EmailAddress("second@example.com"));
        Assert.Equal([first, "second@example.com"], Told(id, NotificationKind.EmailChanged));

        // The trusted address is also notified of the next change.
        await cluster.User(id).SetEmailAsync(cluster.Self(id), new EmailAddress("third@example.com"), s_send);
        Assert.Equal([first, "second@example.com", "third@example.com"], Told(id, NotificationKind.EmailChanged));
        Assert.Single(cluster.MessagesOf(cluster.Store.User(id)!), message =>
            message.Stored.Kind == NotificationKind.VerifyEmail.EventType
        );

        await cluster
            .User(id)
            .UpdateAsync(
                new UpdateUser
                {
                    Caller = cluster.Self(id),
                    Profile = new ProfileChange { NickName = "Countess" },
                }
            );
        Assert.Empty(cluster.MessagesOf(cluster.Store.User(id)!));
    }

    [Fact]
    public async Task Another_user_name_is_told_with_the_one_before_whoever_gives_it()
    {
        var (id, first) = await NewPersonAsync(isVerified: true);
        await cluster.User(id).SetEmailAsync(cluster.Self(id), new EmailAddress("second@example.com"));
        var former = cluster.Store.User(id)!.UserName;

        await cluster.User(id).UpdateAsync(new UpdateUser { Caller = Caller.InCluster, UserName = $"new-{id}" });

        var notices = Notices(id, NotificationKind.UserNameChanged).ToList();
        Assert.Equal([first, "second@example.com"], notices.Select(notice => notice.Recipient));
        Assert.All(notices, notice => Assert.Equal((former, $"new-{id}"), (notice.FormerLoginName, notice.User.LoginName)));
        await cluster
            .User(id)
            .UpdateAsync(
                new UpdateUser
                {
                    Caller = Caller.InCluster,
                    UserName = $"new-{id}",
                    Profile = new ProfileChange { NickName = "Countess" },
                }
            );
        Assert.Empty(Notices(id, NotificationKind.UserNameChanged));
    }

    [Fact]
    public async Task Another_user_name_needs_a_recent_proof_and_other_data_do_not()
    {
        var (id, _) = await NewPersonAsync(isVerified: true);
        var stale = cluster.Self(id) with { ProvedAt = null };

        await FailsAsync(SessionErrors.BearerProofTooOld, () =>
            cluster.User(id).UpdateAsync(new UpdateUser { Caller = stale, UserName = $"stolen-{id}" })
        );
        var name = cluster.Store.User(id)!.UserName;
        await cluster
            .User(id)
            .UpdateAsync(
                new UpdateUser
                {
                    Caller = stale,
                    UserName = name,
                    Profile = new ProfileChange { NickName = "Countess" },
                }
            );
        await cluster.User(id).UpdateAsync(new UpdateUser { Caller = cluster.Self(id), UserName = $"own-{id}" });
        Assert.Equal($"own-{id}", cluster.Store.User(id)!.UserName);
    }

    [Fact]
    public async Task Nobody_but_an_owner_vouches_for_an_address_of_their_own()
    {
        var (id, first) = await NewPersonAsync(isVerified: true);
        var manager = cluster.Self(id) with { OrganizationPermissions = [new(OrganizationId, Permission.UserRead | Permission.UserWrite)] };
        var (vouched, user) = (new EmailAddress("owner@example.com", IsVerified: true), cluster.User(id));

        await FailsAsync(SessionErrors.PermissionMissing, () => user.SetEmailAsync(manager, vouched));
        await FailsAsync(SessionErrors.PermissionMissing, () => user.SetEmailAsync(manager, vouched with { IsVerified = false }, s_return));
        await FailsAsync(SessionErrors.PermissionMissing, () => user.UpdateAsync(new UpdateUser { Caller = manager, Email = vouched }));
        Assert.Equal(first, cluster.Store.User(id)!.Email!.Address);
        await user.SetEmailAsync(manager, vouched with { IsVerified = false });
        await FailsAsync(SessionErrors.PermissionMissing, () => user.SendEmailCodeAsync(manager, s_return, again: false));
    }

    [Fact]
    public async Task Nobody_chooses_a_hash_as_their_password()
    {
        var (id, _) = await NewPersonAsync(isVerified: true);
        var hash = cluster.Store.User(id)!.Password!.Hash;
        var change = new PasswordChange
        {
            Current = Password,
            New = new NewPassword { Hash = hash },
        };

        await FailsAsync(SessionErrors.PermissionMissing, () => cluster.User(id).SetPasswordAsync(cluster.Self(id), change));
        await cluster.User(id).SetPasswordAsync(Caller.InCluster, change with { Current = null });
    }

    [Fact]
    public async Task Each_change_of_the_ways_in_is_told()
    {
        var id = await cluster.NewHumanAsync(human => human with { Phone = new PhoneNumber("+41791234567", IsVerified: true) });
        var (user, self) = (cluster.User(id), cluster.Self(id));
        await user.SetPasswordAsync(
            self,
            new PasswordChange
            {
                Current = Password,
                New = new NewPassword { Password = "Another-Horse-8" },
            }
        );
        Assert.Single(Told(id, NotificationKind.PasswordChanged));

        await user.AddOtpAsync(self, OtpChannel.Email);
        Assert.Equal("otp_email", Assert.Single(FactorsTold(id, NotificationKind.FactorAdded)));
        await user.RemoveOtpAsync(self, OtpChannel.Email);
        Assert.Equal("otp_email", Assert.Single(FactorsTold(id, NotificationKind.FactorRemoved)));

        var enrolment = await user.RegisterTotpAsync(self);
        Assert.Empty(cluster.MessagesOf(cluster.Store.User(id)!));
        var code = new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(enrolment.Secret)).ComputeTotp(cluster.Clock.GetUtcNow().UtcDateTime);
        await user.VerifyTotpRegistrationAsync(self, code);
        Assert.Equal("totp", Assert.Single(FactorsTold(id, NotificationKind.FactorAdded)));
        await user.RemoveTotpAsync(self);
        Assert.Equal("totp", Assert.Single(FactorsTold(id, NotificationKind.FactorRemoved)));

        using var key = new SoftwareKey();
        var keyId = await cluster.EnrolAsync(id, key);
        Assert.Equal("passkey", Assert.Single(FactorsTold(id, NotificationKind.FactorAdded)));
        await cluster.Keys(id).RemoveAsync(self, WebAuthnKind.Passkey, keyId);
        Assert.Equal("passkey", Assert.Single(FactorsTold(id, NotificationKind.FactorRemoved)));

        await user.GenerateRecoveryCodesAsync(self, 2);
        Assert.Equal("recovery_codes", Assert.Single(FactorsTold(id, NotificationKind.FactorAdded)));
        await user.GenerateRecoveryCodesAsync(self, 1);
        Assert.Equal("recovery_codes", Assert.Single(FactorsTold(id, NotificationKind.FactorAdded)));
        await user.RemoveRecoveryCodesAsync(self);
        Assert.Equal("recovery_codes", Assert.Single(FactorsTold(id, NotificationKind.FactorRemoved)));

        await user.RemovePhoneAsync(self);
        Assert.Equal([$"{id}@example.com", "+41791234567"], Told(id, NotificationKind.PhoneChanged));
    }

    [Fact]
    public async Task A_first_credential_and_a_code_that_is_used_up_are_not_told()
    {
        var id = await cluster.NewHumanAsync(human => human with { Password = null });
        await cluster.User(id).SetPasswordAsync(Caller.InCluster, new PasswordChange { New = new NewPassword { Password = Password } });
        Assert.Empty(cluster.MessagesOf(cluster.Store.User(id)!));

        var codes = await cluster.User(id).GenerateRecoveryCodesAsync(Caller.InCluster, 1);
        await cluster
            .Session(NewName("session"))
            .CreateAsync(
                new CreateSession
                {
                    Caller = Caller.InCluster,
                    Checks = new Checks
                    {
                        User = new UserCheck { UserId = id },
                        RecoveryCode = codes.Codes[0],
                    },
                }
            );
        Assert.Empty(cluster.MessagesOf(cluster.Store.User(id)!));
    }

    [Fact]
    public async Task Two_notices_of_a_kind_stand_beside_each_other_and_a_newer_code_replaces_the_older()
    {
        var (id, _) = await NewPersonAsync(isVerified: true);
        await cluster.User(id).SetEmailAsync(cluster.Self(id), new EmailAddress("second@example.com"));
        var kinds = cluster.MessagesOf(cluster.Store.User(id)!).Select(message => message.Stored.Kind).ToList();
        Assert.Equal(2, kinds.Distinct().Count());
        Assert.All(kinds, kind => Assert.Same(NotificationKind.EmailChanged, NotificationKind.Of(kind)));
        Assert.Equal("user.human.email.code.added", NotificationKind.VerifyEmail.Stored("1"));
    }

    [Fact]
    public async Task Strangers_whose_addresses_somebody_enters_hear_of_it_so_often_and_no_more()
    {
        var (id, first) = await NewPersonAsync(isVerified: true);
        var told = new List<string>();
        for (var change = 0; change < 60; change++)
        {
            await cluster.User(id).SetEmailAsync(cluster.Self(id), new EmailAddress($"stranger{change % 2}@example.com"));
            told.AddRange(Told(id, NotificationKind.EmailChanged));
        }

        Assert.Equal(60, told.Count(address => address == first));
        Assert.Equal(50, told.Count(address => address != first));
    }

    [Theory]
    [Asvs("7.4.3")]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    [InlineData(null, 2)]
    public async Task The_other_sessions_end_if_that_is_asked_for(bool? asked, int left)
    {
        var id = await cluster.NewHumanAsync();
        var (own, other) = (await cluster.NewSessionAsync(id), await cluster.NewSessionAsync(id));
        var self = cluster.Self(id) with { SessionId = own };
        await cluster.User(id).GenerateRecoveryCodesAsync(self, 1, asked);
        await cluster.Session(own).GetAsync(Caller.InCluster, null);
        var isOtherGone =
            await ErrorOfAsync(() => cluster.Session(other).GetAsync(Caller.InCluster, null)) == SessionErrors.SessionNotFound;
        Assert.Equal(left, isOtherGone ? 1 : 2);
    }

    [Fact]
    public async Task Somebody_elses_change_ends_all_sessions_if_that_is_asked_for_and_what_changes_nothing_ends_none()
    {
        var id = await cluster.NewHumanAsync();
        var session = await cluster.NewSessionAsync(id);
        await cluster
            .User(id)
            .UpdateAsync(
                new UpdateUser
                {
                    Caller = Caller.InCluster,
                    Profile = new ProfileChange { NickName = "Countess" },
                    EndOtherSessions = true,
                }
            );
        await cluster.Session(session).GetAsync(Caller.InCluster, null);
        await cluster.User(id).AddOtpAsync(Caller.InCluster, OtpChannel.Email, endOtherSessions: true);
        await FailsAsync(SessionErrors.SessionNotFound, () => cluster.Session(session).GetAsync(Caller.InCluster, null));
    }

    [Fact]
    public async Task A_new_key_ends_the_other_sessions_if_that_is_asked_for()
    {
        var id = await cluster.NewHumanAsync();
        var session = await cluster.NewSessionAsync(id);
        using var key = new SoftwareKey();
        var begun = await cluster.BeginAsync(id);
        await cluster
            .Keys(id)
            .VerifyAsync(
                new VerifyWebAuthn
                {
                    Caller = Caller.InCluster,
                    Kind = WebAuthnKind.Passkey,
                    Id = begun.Id,
                    Credential = key.Register(begun.Options),
                    Name = "My key",
                    EndOtherSessions = true,
                }
            );
        await FailsAsync(SessionErrors.SessionNotFound, () => cluster.Session(session).GetAsync(Caller.InCluster, null));
    }

    [Fact]
    public async Task A_setting_ends_the_other_sessions_of_people_who_change_themselves()
    {
        var id = await cluster.NewHumanAsync();
        var (own, other) = (await cluster.NewSessionAsync(id), await cluster.NewSessionAsync(id));
        cluster.Users.EndOtherSessions = true;
        try
        {
            await cluster.User(id).AddOtpAsync(Caller.InCluster, OtpChannel.Email);
            await cluster.Session(other).GetAsync(Caller.InCluster, null);

            await cluster.User(id).GenerateRecoveryCodesAsync(cluster.Self(id) with { SessionId = own }, 1);
            await FailsAsync(SessionErrors.SessionNotFound, () => cluster.Session(other).GetAsync(Caller.InCluster, null));
            await cluster.Session(own).GetAsync(Caller.InCluster, null);
        }
        finally
        {
            cluster.Users.EndOtherSessions = false;
        }
    }

    private async Task<(string Id, string Email)> NewPersonAsync(bool isVerified)
    {
        var email = $"{NewName()}@example.com";
        return (await cluster.NewHumanAsync(human => human with { Email = new EmailAddress(email, isVerified) }), email);
    }

    private async Task<string> ResetGoesToAsync(string id)
    {
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await cluster.User(id).RequestPasswordResetAsync(Caller.InCluster, s_send, OtpChannel.Email);
        var message = cluster
            .MessagesOf(cluster.Store.User(id)!)
            .Single(message => message.Stored.Kind == NotificationKind.PasswordReset.EventType);
        Assert.Equal(message.Content.Recipient, message.Content.User.Email);
        return message.Content.Recipient;
    }

    private List<string> Told(string id, NotificationKind kind) => [.. Notices(id, kind).Select(content => content.Recipient)];

    private List<string?> FactorsTold(string id, NotificationKind kind) => [.. Notices(id, kind).Select(content => content.Factor)];

    private IEnumerable<NotificationContent> Notices(string id, NotificationKind kind) =>
        cluster
            .MessagesOf(cluster.Store.User(id)!)
            .Where(message => NotificationKind.Of(message.Stored.Kind) == kind)
            .Select(message => message.Content);
}
