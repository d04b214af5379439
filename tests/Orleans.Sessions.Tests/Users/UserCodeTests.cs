using Orleans.Sessions.Notifications;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Users;

/// <summary>Codes that verify addresses, reset passwords and invite users: contract §11.1, §11.2.</summary>
[Collection(nameof(StrictCluster))]
public sealed class UserCodeTests(StrictCluster cluster)
{
    private static readonly CodeRequest s_send = new(CodeDelivery.Send);
    private static readonly CodeRequest s_return = new(CodeDelivery.Return);

    [Fact]
    public async Task A_new_person_proves_address_and_number_with_returned_codes()
    {
        var id = NewName();
        var created = await cluster.User(id).CreateAsync(Unverified(id, s_return));
        Assert.Equal((6, 6), (created.EmailCode!.Length, created.PhoneCode!.Length));
        Assert.Null(cluster.Store.User(id)!.Outbox);

        await FailsAsync(SessionErrors.CodeInvalid, () => cluster.User(id).VerifyEmailAsync(Caller.InCluster, created.PhoneCode));
        await cluster.User(id).VerifyEmailAsync(Caller.InCluster, created.EmailCode);
        await cluster.User(id).VerifyPhoneAsync(Caller.InCluster, created.PhoneCode);

        var human = (await cluster.User(id).GetAsync(Caller.InCluster)).Human!;
        Assert.True(human.Email.IsVerified && human.Phone!.IsVerified);
        await FailsAsync(SessionErrors.EmailCodeMissing, () => cluster.User(id).VerifyEmailAsync(Caller.InCluster, created.EmailCode));
    }

    [Fact]
    public async Task A_new_person_gets_messages_with_the_codes()
    {
        var id = NewName();
        var created = await cluster.User(id).CreateAsync(Unverified(id, s_send));
        Assert.Equal((null, null), (created.EmailCode, created.PhoneCode));

        var messages = cluster.MessagesOf(cluster.Store.User(id)!);
        Assert.Equal(["user.human.email.code.added", "user.human.phone.code.added"], messages.Select(message => message.Stored.Kind));
        Assert.Equal([$"{id}@example.com", "+41791234567"], messages.Select(message => message.Content.Recipient));
        await cluster.User(id).VerifyEmailAsync(Caller.InCluster, messages[0].Content.Code);
        Assert.DoesNotContain(messages[1].Content.Code, cluster.Store.UserJson(id)!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_creation_returns_new_codes_that_work()
    {
        var id = NewName();
        var command = Unverified(id, s_return) with { RequestId = "request" };
        var first = await cluster.User(id).CreateAsync(command);
        var second = await cluster.User(id).CreateAsync(command);
        await FailsAsync(SessionErrors.CodeInvalid, () => cluster.User(id).VerifyEmailAsync(Caller.InCluster, first.EmailCode!));
        await cluster.User(id).VerifyEmailAsync(Caller.InCluster, second.EmailCode!);
    }

    [Fact]
    [Asvs("6.4.1", "6.6.3")]
    public async Task A_code_is_void_after_an_hour_and_after_ten_wrong_ones()
    {
        var id = await NewUnverifiedAsync();
        var late = await SendEmailAsync(id, s_return);
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        await FailsAsync(SessionErrors.CodeExpired, () => cluster.User(id).VerifyEmailAsync(Caller.InCluster, late!));

        var code = await SendEmailAsync(id, s_return);
        for (var failures = 0; failures < 10; failures++)
        {
            await FailsAsync(SessionErrors.CodeInvalid, () => cluster.User(id).VerifyEmailAsync(Caller.InCluster, "WRONG1"));
        }

        await FailsAsync(SessionErrors.EmailCodeMissing, () => cluster.User(id).VerifyEmailAsync(Caller.InCluster, code!));
        Assert.Equal(UserState.Active, cluster.Store.User(id)!.State);
    }

    [Fact]
    public async Task Another_address_voids_the_code_of_the_one_before()
    {
        var id = await NewUnverifiedAsync();
        var code = await SendEmailAsync(id, s_return);
        await cluster.User(id).SetEmailAsync(Caller.InCluster, new EmailAddress("other@example.com"));
        await FailsAsync(SessionErrors.EmailCodeMissing, () => cluster.User(id).VerifyEmailAsync(Caller.InCluster, code!));
        await FailsAsync(SessionErrors.EmailCodeMissing, () => cluster.User(id).SendEmailCodeAsync(Caller.InCluster, s_send, again: true));

        await cluster.User(id).SetEmailAsync(Caller.InCluster, new EmailAddress("third@example.com"), s_send);
        Assert.Equal("third@example.com", cluster.MessagesOf(cluster.Store.User(id)!).Single().Content.Recipient);
        await cluster.User(id).SendEmailCodeAsync(Caller.InCluster, s_send, again: true);
        await cluster.User(id).VerifyEmailAsync(Caller.InCluster, cluster.MessagesOf(cluster.Store.User(id)!).Single().Content.Code);
        await FailsAsync(SessionErrors.EmailVerifiedAlready, () =>
            cluster.User(id).SendEmailCodeAsync(Caller.InCluster, s_send, again: false)
        );
    }

    [Fact]
    [Asvs("6.6.1")]
    public async Task Another_number_needs_a_proof_and_takes_the_factor_away_until_then()
    {
        var id = await cluster.NewHumanAsync(human => human with { Phone = new PhoneNumber("+41791234567", IsVerified: true) });
        await cluster.User(id).AddOtpAsync(Caller.InCluster, OtpChannel.Sms);
        Assert.Contains(AuthenticationMethod.OtpSms, await MethodsAsync(id));

        var change = await cluster
            .User(id)
            .UpdateAsync(
                new UpdateUser
                {
                    Caller = Caller.InCluster,
                    Phone = new PhoneNumber("+41 79 765 43 21"),
                    PhoneCode = s_return,
                }
            );

        Assert.DoesNotContain(AuthenticationMethod.OtpSms, await MethodsAsync(id));
        await cluster.User(id).VerifyPhoneAsync(Caller.InCluster, change.PhoneCode!);
        Assert.Contains(AuthenticationMethod.OtpSms, await MethodsAsync(id));
        await cluster.User(id).UpdateAsync(new UpdateUser { Caller = Caller.InCluster, Phone = new PhoneNumber("+41797654321") });
        Assert.Contains(AuthenticationMethod.OtpSms, await MethodsAsync(id));
        await cluster.User(id).RemovePhoneAsync(Caller.InCluster);
        await FailsAsync(SessionErrors.OtpSmsNone, () => cluster.User(id).RemoveOtpAsync(Caller.InCluster, OtpChannel.Sms));
    }

    [Fact]
    public async Task Setting_a_factor_up_answers_what_is_wrong()
    {
        var id = await NewUnverifiedAsync();
        await FailsAsync(SessionErrors.OtpEmailUnverified, () => cluster.User(id).AddOtpAsync(Caller.InCluster, OtpChannel.Email));
        await FailsAsync(SessionErrors.OtpSmsPhoneUnverified, () => cluster.User(id).AddOtpAsync(Caller.InCluster, OtpChannel.Sms));
        await FailsAsync(SessionErrors.OtpEmailNone, () => cluster.User(id).RemoveOtpAsync(Caller.InCluster, OtpChannel.Email));
        await FailsAsync(SessionErrors.UserNotFound, () => cluster.User(NewName()).AddOtpAsync(Caller.InCluster, OtpChannel.Email));
        await FailsAsync(SessionErrors.PermissionMissing, () => cluster.User(id).AddOtpAsync(CallerWith(), OtpChannel.Email));

        var ready = await cluster.NewHumanAsync();
        var self = cluster.Self(ready);
        Assert.False((await cluster.Factors(ready).IdentifyAsync()).HasSecondFactor);
        await cluster.User(ready).AddOtpAsync(self, OtpChannel.Email);
        Assert.True((await cluster.Factors(ready).IdentifyAsync()).HasSecondFactor);
        await FailsAsync(SessionErrors.OtpEmailAlready, () => cluster.User(ready).AddOtpAsync(self, OtpChannel.Email));
        await cluster.User(ready).RemoveOtpAsync(self, OtpChannel.Email);
        Assert.DoesNotContain(AuthenticationMethod.OtpEmail, await MethodsAsync(ready));
    }

    [Fact]
    [Asvs("6.4.1", "6.5.1")]
    public async Task A_reset_code_sets_the_password_once_and_sessions_live_on_without_the_factor()
    {
        var id = await cluster.NewHumanAsync();
        var session = await cluster.NewSessionAsync(id);
        await cluster.User(id).RequestPasswordResetAsync(Caller.InCluster, s_send, OtpChannel.Email);
        var message = cluster.MessagesOf(cluster.Store.User(id)!).Single();
        Assert.Equal("user.human.password.code.added", message.Stored.Kind);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));

        await FailsAsync(SessionErrors.CodeInvalid, () => ResetAsync(id, "WRONG1", "Another-Horse-8"));
        await FailsAsync(SessionErrors.PasswordTooShort, () => ResetAsync(id, message.Content.Code, "short"));
        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => ErrorOfAsync(() => ResetAsync(id, message.Content.Code, "Another-Horse-8")))
        );

        Assert.Single(outcomes, error => error is null);
        Assert.All(outcomes.Where(error => error is not null), error => Assert.Equal(SessionErrors.SetPasswordCodeMissing, error));
        await cluster.Factors(id).VerifyPasswordAsync("Another-Horse-8");
        Assert.Null((await cluster.Session(session).GetAsync(Caller.InCluster, null)).Factors!.Password);
    }

    [Fact]
    public async Task Another_password_voids_the_reset_code()
    {
        var id = await cluster.NewHumanAsync();
        var issued = await cluster.User(id).RequestPasswordResetAsync(Caller.InCluster, s_return, OtpChannel.Email);
        await cluster
            .User(id)
            .SetPasswordAsync(Caller.InCluster, new PasswordChange { New = new NewPassword { Password = "Another-Horse-8" } });
        await FailsAsync(SessionErrors.SetPasswordCodeMissing, () => ResetAsync(id, issued.Code!, "Another-Horse-9"));
    }

    [Fact]
    public async Task Codes_are_returned_only_to_those_who_could_do_the_same_without()
    {
        var id = await NewUnverifiedAsync();
        var self = CallerWith() with { UserId = id };
        await cluster.User(id).SendEmailCodeAsync(self, s_send, again: false);
        await cluster.User(id).RequestPasswordResetAsync(self, s_send, OtpChannel.Email);
        await FailsAsync(SessionErrors.PermissionMissing, () => cluster.User(id).SendEmailCodeAsync(self, s_return, again: false));
        await FailsAsync(SessionErrors.PermissionMissing, () =>
            cluster.User(id).SetEmailAsync(self, new EmailAddress("x@example.com"), s_return)
        );
        await FailsAsync(SessionErrors.PermissionMissing, () => cluster.User(id).ResendPhoneCodeAsync(self, s_return));
        await FailsAsync(SessionErrors.PermissionMissing, () => cluster
                .User(id)
                .UpdateAsync(
                    new UpdateUser
                    {
                        Caller = self,
                        Phone = new PhoneNumber("+41791112233"),
                        PhoneCode = s_return,
                    }
                ));
        await FailsAsync(SessionErrors.PermissionMissing, () =>
            cluster.User(id).RequestPasswordResetAsync(self, s_return, OtpChannel.Email)
        );
        await FailsAsync(SessionErrors.PermissionMissing, () => cluster.User(id).CreateInviteCodeAsync(self, s_send));

        await cluster.User(id).AddAdministratorAsync(Caller.InCluster, null, ["IAM_OWNER"]);
        var manager = CallerWith(Roles.PermissionsOf(["IAM_USER_MANAGER"]));
        await FailsAsync(SessionErrors.PermissionMissing, () =>
            cluster.User(id).RequestPasswordResetAsync(manager, s_return, OtpChannel.Email)
        );
        await FailsAsync(SessionErrors.PermissionMissing, () =>
            cluster.User(id).RequestPasswordResetAsync(manager, s_send, OtpChannel.Email)
        );
    }

    [Theory]
    [InlineData("javascript:alert('{{.Code}}')")]
    [InlineData("data:text/html,{{.Code}}")]
    [InlineData("{{.Code}}")]
    [InlineData("/password/set?code={{.Code}}")]
    [InlineData("login.example/{{.Code}}")]
    [InlineData("//login.example/{{.Code}}")]
    [InlineData("https://{{.Code}}.evil.example/")]
    [InlineData("https://a.example{{.Code}}")]
    [InlineData("https://a.example@evil.example/{{.Code}}")]
    [InlineData("https://evil.example\\@a.example/{{.Code}}")]
    [InlineData("http://a.example/{{.Code}}")]
    public async Task A_link_leads_to_a_page_of_the_web_and_nowhere_else(string template)
    {
        var id = await cluster.NewHumanAsync();

        var error = await ErrorOfAsync(() =>
            cluster.User(id).RequestPasswordResetAsync(Caller.InCluster, s_send with { UrlTemplate = template }, OtpChannel.Email)
        );

        Assert.Equal("DOMAIN-oGh5e", error!.Id);
        Assert.Null(cluster.Store.User(id)!.PasswordCode);
    }

    [Fact]
    public async Task A_link_that_is_not_needed_must_be_possible_too()
    {
        var id = await cluster.NewHumanAsync();
        var email = (await cluster.User(id).GetAsync(Caller.InCluster)).Human!.Email;
        Assert.True(email.IsVerified);

        await FailsAsync(SessionErrors.UrlTemplateInvalid, () => SameEmailAsync("/verify?code={{.Code}}"));
        await FailsAsync(SessionErrors.UrlTemplateFieldUnknown, () => SameEmailAsync("https://a.example/{{.UserId}}"));
        Assert.Null((await SameEmailAsync("https://a.example/{{.UserID}}")).EmailCode);

        Task<UserChange> SameEmailAsync(string template) =>
            cluster
                .User(id)
                .UpdateAsync(
                    new UpdateUser
                    {
                        Caller = Caller.InCluster,
                        Email = new EmailAddress(email.Address),
                        EmailCode = s_send with { UrlTemplate = template },
                    }
                );
    }

    [Fact]
    public void A_wrong_placeholder_is_answered_with_those_that_there_are()
    {
        foreach (var kind in NotificationKind.All.Where(kind => kind.LinkFields.Count > 0))
        {
            Assert.Equal("DOMAIN-ieYa7", kind.UnknownLinkField.Id);
            Assert.All(kind.LinkFields, field =>
                Assert.Contains($$$"""{{.{{{field}}}}}""", kind.UnknownLinkField.Text, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task Who_is_no_login_frontend_sends_links_to_registered_origins_only()
    {
        var id = await NewUnverifiedAsync();
        var manager = CallerWith(Roles.PermissionsOf(["IAM_OWNER"]));
        var elsewhere = s_send with { UrlTemplate = "https://evil.example/{{.Code}}" };
        var user = cluster.User(id);
        Func<Caller, Task>[] calls =
        [
            caller => user.RequestPasswordResetAsync(caller, elsewhere, OtpChannel.Email),
            caller => user.SendEmailCodeAsync(caller, elsewhere, again: false),
            caller => user.SetEmailAsync(caller, new EmailAddress($"{NewName()}@example.com", IsVerified: false), elsewhere),
            caller =>
                user.UpdateAsync(
                    new UpdateUser
                    {
                        Caller = caller,
                        Email = new EmailAddress($"{NewName()}@example.com", IsVerified: false),
                        EmailCode = elsewhere,
                    }
                ),
            caller =>
                cluster
                    .User(NewName())
                    .CreateAsync(
                        NewHuman(NewName(), human =>
                            human with
                            {
                                Email = human.Email! with { IsVerified = false },
                                EmailCode = elsewhere,
                            }
                        ) with
                        {
                            Caller = caller,
                        }
                    ),
        ];

        foreach (var call in calls)
        {
            await FailsAsync(SessionErrors.UrlTemplateForeign, () => call(manager));
            await call(CallerWith(Roles.PermissionsOf(["IAM_LOGIN_CLIENT"])));
            cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        // A caller who only has the code sent again has not chosen the link.
        await user.SendEmailCodeAsync(manager, s_send, again: true);
        Assert.StartsWith(
            "https://evil.example/",
            cluster.MessagesOf(cluster.Store.User(id)!).Single().Content.Url,
            StringComparison.Ordinal
        );
        await FailsAsync(SessionErrors.UrlTemplateForeign, () =>
            user.SendEmailCodeAsync(manager, s_send with { UrlTemplate = "https://more.example/" }, again: true)
        );
    }

    [Fact]
    public async Task A_reset_answers_what_is_wrong()
    {
        var nobody = cluster.User(NewName());
        await FailsAsync(SessionErrors.PasswordResetUserNotFound, () =>
            nobody.RequestPasswordResetAsync(Caller.InCluster, s_send, OtpChannel.Email)
        );
        var machine = await cluster.NewMachineAsync();
        await FailsAsync(SessionErrors.PasswordResetUserNotFound, () =>
            cluster.User(machine).RequestPasswordResetAsync(Caller.InCluster, s_send, OtpChannel.Email)
        );
        var id = await cluster.NewHumanAsync();
        await FailsAsync(SessionErrors.PhoneNotFound, () =>
            cluster.User(id).RequestPasswordResetAsync(Caller.InCluster, s_send, OtpChannel.Sms)
        );
        await FailsAsync(SessionErrors.UrlTemplateFieldUnknown, () =>
            cluster
                .User(id)
                .RequestPasswordResetAsync(
                    Caller.InCluster,
                    s_send with
                    {
                        UrlTemplate = "https://a.example/{{.LoginName}}",
                    },
                    OtpChannel.Email
                )
        );
        await FailsAsync(SessionErrors.PermissionMissing, () =>
            cluster.User(id).RequestPasswordResetAsync(CallerWith(), s_send, OtpChannel.Email)
        );
        Assert.Null(cluster.Store.User(id)!.PasswordCode);
    }

    [Fact]
    public async Task An_invitation_verifies_the_address()
    {
        var id = await NewUnverifiedAsync(human => human with { Password = null });
        var code = s_send with { UrlTemplate = "https://a.example/invite?c={{.Code}}&o={{.OrgID}}", ApplicationName = "The App" };
        await cluster.User(id).CreateInviteCodeAsync(Caller.InCluster, code);
        var first = cluster.MessagesOf(cluster.Store.User(id)!).Single();
        Assert.Equal("The App", first.Content.ApplicationName);
        Assert.Equal(cluster.Clock.GetUtcNow().AddHours(72), first.Stored.ExpiresAt);

        await cluster.User(id).ResendInviteCodeAsync(Caller.InCluster);
        var second = cluster.MessagesOf(cluster.Store.User(id)!).Single();
        Assert.Equal(
            ("The App", $"https://a.example/invite?c={second.Content.Code}&o={OrganizationId}"),
            (second.Content.ApplicationName, second.Content.Url)
        );
        await FailsAsync(SessionErrors.CodeInvalid, () => cluster.User(id).VerifyInviteCodeAsync(Caller.InCluster, first.Content.Code));
        await cluster.User(id).VerifyInviteCodeAsync(Caller.InCluster, second.Content.Code);

        Assert.True(cluster.Store.User(id)!.Email!.IsVerified);
        await FailsAsync(SessionErrors.InviteCodeMissing, () => cluster.User(id).ResendInviteCodeAsync(Caller.InCluster));
        await FailsAsync(SessionErrors.InviteUserInitialised, async () =>
            await cluster.User(await cluster.NewHumanAsync()).CreateInviteCodeAsync(Caller.InCluster, s_send)
        );
        await FailsAsync(SessionErrors.InviteUserNotFound, () => cluster.User(NewName()).CreateInviteCodeAsync(Caller.InCluster, s_send));
    }

    [Theory]
    [InlineData("+41 (0) 79 123 45 67", "+41791234567")]
    [InlineData("+1 650-253-0000", "+16502530000")]
    [InlineData("tel:+49-30-123456", "+4930123456")]
    [InlineData("+49 30 123456", "+4930123456")]
    [InlineData("0791234567", null)]
    [InlineData("+41", null)]
    [InlineData("+999123456789", null)]
    [InlineData("+4179123456712345678", null)]
    [InlineData("nobody", null)]
    public async Task Numbers_are_kept_in_E164(string written, string? kept)
    {
        var id = NewName();
        var error = await ErrorOfAsync(() =>
            cluster.User(id).CreateAsync(NewHuman(id, human => human with { Phone = new PhoneNumber(written) }))
        );
        Assert.Equal(kept is null ? SessionErrors.PhoneInvalid : null, error);
        Assert.Equal(kept, cluster.Store.User(id)?.Phone?.Number);
    }

    private static CreateUser Unverified(string id, CodeRequest? code) =>
        NewHuman(id, human =>
            human with
            {
                Email = new EmailAddress($"{id}@example.com"),
                EmailCode = code,
                Phone = new PhoneNumber("+41 79 123 45 67"),
                PhoneCode = code,
            }
        );

    private async Task<string> NewUnverifiedAsync(Func<NewHuman, NewHuman>? with = null)
    {
        var id = NewName();
        var command = Unverified(id, code: null);
        await cluster.User(id).CreateAsync(with is null ? command : command with { Human = with(command.Human!) });
        return id;
    }

    private async Task<string?> SendEmailAsync(string id, CodeRequest code) =>
        (await cluster.User(id).SendEmailCodeAsync(Caller.InCluster, code, again: false)).Code;

    private Task<UserDetails> ResetAsync(string id, string code, string password) =>
        cluster
            .User(id)
            .SetPasswordAsync(
                Caller.InCluster,
                new PasswordChange
                {
                    VerificationCode = code,
                    New = new NewPassword { Password = password },
                }
            );

    private async Task<IEnumerable<AuthenticationMethod>> MethodsAsync(string id) =>
        await cluster.User(id).ListAuthenticationMethodsAsync(Caller.InCluster);
}
