using System.Text.RegularExpressions;
using Orleans.Sessions.EndToEnd.Notifications.Harness;

namespace Orleans.Sessions.EndToEnd.Notifications;

/// <summary>The complete flows of address and number verification, password reset and invitation: contract §11.1, §11.2, §15.</summary>
public abstract partial class UserCodeTests(NotifyingHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_new_address_gets_its_code_by_default()
    {
        var email = $"{Unique("mail")}@example.com";
        var created = (await Admin.PostAsync("/v2/users/human", Contacts.Body(Unique("new"), new { email }))).Expect(200);
        Assert.False(created.Has("emailCode"));
        var path = $"/v2/users/{created.Text("userId")}";

        var message = await host.Email.ReceiveAsync(email);
        var code = CodeIn(message.TextBody!);
        Assert.Contains(
            $"{NotifyingHost.LoginUrl}/verify?code={code}&userId={created.Text("userId")}&organization={created.Text("details.resourceOwner")}",
            message.TextBody,
            StringComparison.Ordinal
        );
        (await Admin.PostAsync($"{path}/email/verify", new { verificationCode = "WRONG1" })).Expect(CodeFailures.CodeInvalid);
        (await Admin.PostAsync($"{path}/email/verify", new { verificationCode = code })).Expect(200);

        Assert.True((await Admin.GetAsync(path)).Expect(200)["user.human.email.isVerified"]!.GetValue<bool>());
        (await Admin.PostAsync($"{path}/email/verify", new { verificationCode = code })).ExpectRefusal();
        (await Admin.PostAsync($"{path}/email/send")).ExpectRefusal();
    }

    [Fact]
    public async Task A_code_that_is_sent_again_voids_the_one_before()
    {
        var email = $"{Unique("mail")}@example.com";
        var created = (
            await Admin.PostAsync(
                "/v2/users/human",
                Contacts.Body(
                    Unique("new"),
                    new { email, sendCode = new { urlTemplate = "https://a.example/{{.UserID}}/{{.Code}}/{{.OrgID}}" } }
                )
            )
        ).Expect(200);
        var path = $"/v2/users/{created.Text("userId")}";
        var first = CodeIn((await host.Email.ReceiveAsync(email)).TextBody!);

        (await Admin.PostAsync($"{path}/email/resend")).Expect(200);
        var text = (await host.Email.ReceiveAsync(email)).TextBody!;
        Assert.Contains(
            $"https://a.example/{created.Text("userId")}/{CodeIn(text)}/{created.Text("details.resourceOwner")}",
            text,
            StringComparison.Ordinal
        );
        var third = (await Admin.PostAsync($"{path}/email/send", new { returnCode = new { } })).Expect(200).Text("verificationCode");

        (await Admin.PostAsync($"{path}/email/verify", new { verificationCode = first })).Expect(CodeFailures.CodeInvalid);
        (await Admin.PostAsync($"{path}/email/verify", new { verificationCode = third })).Expect(200);
    }

    [Fact]
    public async Task A_link_to_register_a_passkey_goes_to_a_verified_address_only_and_its_code_works_once()
    {
        var email = $"{Unique("mail")}@example.com";
        var created = (await Admin.PostAsync("/v2/users/human", Contacts.Body(Unique("new"), new { email, returnCode = new { } }))).Expect(
            200
        );
        var path = $"/v2/users/{created.Text("userId")}";
        (await Admin.PostAsync($"{path}/passkeys/registration_link", new { sendLink = new { } })).ExpectRefusal();
        (await Admin.PostAsync($"{path}/email/verify", new { verificationCode = created.Text("emailCode") })).Expect(200);

        var sent = (
            await Admin.PostAsync(
                $"{path}/passkeys/registration_link",
                new { sendLink = new { urlTemplate = "https://a.example/{{.UserID}}/{{.CodeID}}/{{.Code}}" } }
            )
        ).Expect(200);
        Assert.False(sent.Has("code"));
        var link = Regex.Match(
            (await host.Email.ReceiveAsync(email)).TextBody!,
            $"https://a.example/{created.Text("userId")}/([^/]+)/(\\S+)"
        );
        var register = new { domain = "localhost", code = new { id = link.Groups[1].Value, code = link.Groups[2].Value } };

        (await Admin.PostAsync($"{path}/passkeys", register)).Expect(200);
        (
            await Admin.PostAsync(
                $"{path}/passkeys",
                new { domain = "localhost", code = new { id = link.Groups[1].Value, code = "wrong" } }
            )
        ).ExpectRefusal();
    }

    [Fact]
    public async Task Codes_are_returned_where_that_is_asked_for()
    {
        var (email, phone) = ($"{Unique("mail")}@example.com", Contacts.NewPhone());
        var created = (
            await Admin.PostAsync(
                "/v2/users/human",
                Contacts.Body(Unique("new"), new { email, returnCode = new { } }, new { phone, returnCode = new { } })
            )
        ).Expect(200);
        var path = $"/v2/users/{created.Text("userId")}";
        (await Admin.PostAsync($"{path}/email/verify", new { verificationCode = created.Text("emailCode") })).Expect(200);
        (await Admin.PostAsync($"{path}/phone/verify", new { verificationCode = created.Text("phoneCode") })).Expect(200);

        var newer = (await Admin.PostAsync($"{path}/email", new { email = $"x{email}", returnCode = new { } }))
            .Expect(200)
            .Text("verificationCode");
        Assert.False((await Admin.GetAsync(path))["user.human.email.isVerified"]?.GetValue<bool>() ?? false);
        (await Admin.PostAsync($"{path}/email/verify", new { verificationCode = newer })).Expect(200);
        var update = (
            await Admin.PutAsync(
                $"/v2/users/human/{created.Text("userId")}",
                new
                {
                    email = new { email = $"y{email}", returnCode = new { } },
                    phone = new { phone = Contacts.NewPhone(), returnCode = new { } },
                }
            )
        ).Expect(200);
        (await Admin.PostAsync($"{path}/email/verify", new { verificationCode = update.Text("emailCode") })).Expect(200);
        (await Admin.PostAsync($"{path}/phone/verify", new { verificationCode = update.Text("phoneCode") })).Expect(200);
        Assert.Equal(0, host.Email.Waiting(email));
    }

    [Fact]
    public async Task A_number_is_proved_by_sms()
    {
        var contact = await Admin.NewContactAsync(withFactors: false);
        var phone = Contacts.NewPhone();

        (await Admin.PostAsync($"{contact.Path}/phone", new { phone, sendCode = new { } })).Expect(200);

        await host.Sms.ReceiveAsync(phone);
        (await Admin.PostAsync($"{contact.Path}/phone/resend", new { sendCode = new { } })).Expect(200);
        var request = await host.Sms.ReceiveAsync(phone);
        Assert.Equal("user.human.phone.code.added", request.Json["contextInfo"]!["eventType"]!.GetValue<string>());
        (
            await Admin.PostAsync(
                $"{contact.Path}/phone/verify",
                new { verificationCode = request.Json["args"]!["code"]!.GetValue<string>() }
            )
        ).Expect(200);
        Assert.True((await Admin.GetAsync(contact.Path))["user.human.phone.isVerified"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_forgotten_password_is_set_with_the_code_that_came()
    {
        var contact = await Admin.NewContactAsync(withFactors: false);
        (await Admin.PostAsync($"{contact.Path}/password", new { newPassword = new { password = Password } })).Expect(200);
        var session = await Admin.OpenAsync(
            new { checks = new { user = new { userId = contact.Id }, password = new { password = Password } } }
        );
        var login = (await Admin.NewMachineAsync("IAM_LOGIN_CLIENT")).Api;

        (
            await login.PostAsync(
                $"{contact.Path}/password_reset",
                new
                {
                    sendLink = new
                    {
                        notificationType = "NOTIFICATION_TYPE_Email",
                        urlTemplate = "https://a.example/reset?c={{.Code}}&u={{.UserID}}&o={{.OrgID}}",
                    },
                }
            )
        ).Expect(200);

        var text = (await host.Email.ReceiveAsync(contact.Email)).TextBody!;
        var code = CodeIn(text);
        Assert.Contains($"https://a.example/reset?c={code}&u={contact.Id}&o=", text, StringComparison.Ordinal);
        (
            await login.PostAsync(
                $"{contact.Path}/password",
                new { newPassword = new { password = "Another-Horse-8" }, verificationCode = "WRONG1" }
            )
        ).Expect(CodeFailures.CodeInvalid);
        (
            await login.PostAsync(
                $"{contact.Path}/password",
                new { newPassword = new { password = "Another-Horse-8" }, verificationCode = code }
            )
        ).Expect(200);
        (
            await login.PostAsync(
                $"{contact.Path}/password",
                new { newPassword = new { password = "Another-Horse-9" }, verificationCode = code }
            )
        ).Expect(CodeFailures.NoResetCode);

        Assert.False((await Admin.ReadAsync(session)).Expect(200).Has("session.factors.password"));
        (await login.SetAsync(session, new { checks = new { password = new { password = "Another-Horse-8" } } })).Expect(200);
    }

    [Fact]
    public async Task A_reset_code_comes_by_sms_or_is_returned()
    {
        var contact = await Admin.NewContactAsync(withFactors: false);
        (
            await Admin.PostAsync($"{contact.Path}/password_reset", new { sendLink = new { notificationType = "NOTIFICATION_TYPE_SMS" } })
        ).Expect(200);
        var sent = (await host.Sms.ReceiveAsync(contact.Phone)).Json["args"]!["code"]!.GetValue<string>();
        var returned = (await Admin.PostAsync($"{contact.Path}/password_reset", new { returnCode = new { } }))
            .Expect(200)
            .Text("verificationCode");

        (
            await Admin.PostAsync($"{contact.Path}/password", new { newPassword = new { password = Password }, verificationCode = sent })
        ).Expect(CodeFailures.CodeInvalid);
        (
            await Admin.PutAsync(
                $"/v2/users/human/{contact.Id}",
                new { password = new { password = new { password = Password }, verificationCode = returned } }
            )
        ).Expect(200);
        await Admin.OpenAsync(new { checks = new { user = new { userId = contact.Id }, password = new { password = Password } } });
    }

    [Fact]
    [Asvs("6.4.1")]
    public async Task An_invitation_leads_to_a_first_password()
    {
        var email = $"{Unique("mail")}@example.com";
        var id = (await Admin.PostAsync("/v2/users/human", Contacts.Body(Unique("new"), new { email, returnCode = new { } })))
            .Expect(200)
            .Text("userId");
        var path = $"/v2/users/{id}";

        (await Admin.PostAsync($"{path}/invite_code", new { sendCode = new { applicationName = "The App" } })).Expect(200);

        var message = await host.Email.ReceiveAsync(email);
        Assert.Equal("You are invited to The App", message.Subject);
        Assert.Contains("&invite=true", message.TextBody, StringComparison.Ordinal);
        (await Admin.PostAsync($"{path}/invite_code/resend")).Expect(200);
        var code = CodeIn((await host.Email.ReceiveAsync(email)).TextBody!);
        (await Admin.PostAsync($"{path}/invite_code/verify", new { verificationCode = CodeIn(message.TextBody!) })).Expect(
            CodeFailures.CodeInvalid
        );
        (await Admin.PostAsync($"{path}/invite_code/verify", new { verificationCode = code })).Expect(200);
        Assert.True((await Admin.GetAsync(path))["user.human.email.isVerified"]!.GetValue<bool>());
        (await Admin.PostAsync($"{path}/password", new { newPassword = new { password = Password } })).Expect(200);
        (await Admin.PostAsync($"{path}/invite_code", new { returnCode = new { } })).ExpectRefusal();
        var other = await Admin.NewContactAsync(withFactors: false);
        Assert.Equal(
            6,
            (await Admin.PostAsync($"{other.Path}/invite_code", new { returnCode = new { } })).Expect(200).Text("inviteCode").Length
        );
    }

    [Theory]
    [InlineData("email/verify", "{}")]
    [InlineData("email/verify", """{"verificationCode":"123456789012345678901"}""")]
    [InlineData("email/verify", """{"verificationCode":7}""")]
    [InlineData("email/send", """{"sendCode":{"urlTemplate":"{{.Code"}}""")]
    [InlineData("email/send", """{"sendCode":{"urlTemplate":"{{.SessionID}}"}}""")]
    [InlineData("email/send", """{"sendCode":{},"returnCode":{}}""")]
    [InlineData("email/resend", """{"sendCode":{"urlTemplate":"{{.LoginName}}"}}""")]
    [InlineData("email", """{"email":"new@example.com","sendCode":{"urlTemplate":"{{.Nope}}"}}""")]
    [InlineData("email", """{"email":"nobody","sendCode":{}}""")]
    [InlineData("phone", """{"phone":"0791234567","sendCode":{}}""")]
    [InlineData("phone", """{"phone":"+0","sendCode":{}}""")]
    [InlineData("phone/resend", "{}")]
    [InlineData("phone/verify", """{"verificationCode":"AAAAAA"}""")]
    [InlineData("password_reset", """{"sendLink":{"urlTemplate":"{{.Password}}"}}""")]
    [InlineData("password_reset", """{"sendLink":{"notificationType":"NOTIFICATION_TYPE_SMS"}}""")]
    [InlineData("password_reset", """{"sendLink":{"notificationType":"PIGEON"}}""")]
    [InlineData("password", """{"newPassword":{"password":"Another-Horse-8"},"verificationCode":"AAAAAA"}""")]
    [InlineData("invite_code", """{"sendCode":{"urlTemplate":"{{"}}""")]
    [InlineData("invite_code/verify", """{"verificationCode":"AAAAAA"}""")]
    [InlineData("invite_code/resend", "{}")]
    [InlineData("otp_sms", "{}")]
    [InlineData("otp_email", "{}")]
    public async Task Bad_input_is_refused_and_changes_nothing(string function, string body)
    {
        var email = $"{Unique("mail")}@example.com";
        var id = (await Admin.PostAsync("/v2/users/human", Contacts.Body(Unique("new"), new { email, returnCode = new { } })))
            .Expect(200)
            .Text("userId");
        var before = (await Admin.GetAsync($"/v2/users/{id}")).Expect(200).Body;

        Assert.Equal(400, (await Admin.PostAsync($"/v2/users/{id}/{function}", new Raw(body))).ExpectRefusal().Status);

        Assert.Equal(before, (await Admin.GetAsync($"/v2/users/{id}")).Expect(200).Body);
        Assert.Equal(0, host.Email.Waiting(email));
    }

    [Theory]
    [InlineData("email/verify", """{"verificationCode":"AAAAAA"}""")]
    [InlineData("email/send", "{}")]
    [InlineData("email/resend", "{}")]
    [InlineData("phone/verify", """{"verificationCode":"AAAAAA"}""")]
    [InlineData("phone/resend", "{}")]
    [InlineData("password_reset", "{}")]
    [InlineData("password", """{"newPassword":{"password":"Another-Horse-8"},"verificationCode":"AAAAAA"}""")]
    [InlineData("invite_code", "{}")]
    [InlineData("invite_code/resend", "{}")]
    [InlineData("invite_code/verify", """{"verificationCode":"AAAAAA"}""")]
    [InlineData("otp_sms", "{}")]
    [InlineData("otp_email", "{}")]
    public async Task Permission_comes_before_the_question_who_exists(string function, string body)
    {
        (await Admin.As(null).PostAsync($"/v2/users/nobody/{function}", new Raw(body))).Expect(Failures.NoToken);
        var stranger = (await Admin.NewMachineAsync()).Api;
        var contact = await Admin.NewContactAsync(withFactors: false);
        (await stranger.PostAsync($"{contact.Path}/{function}", new Raw(body))).Expect(Failures.NoPermission);
        (await stranger.PostAsync($"/v2/users/nobody/{function}", new Raw(body))).Expect(Failures.NoPermission);
        Assert.InRange((await Admin.PostAsync($"/v2/users/nobody/{function}", new Raw(body))).ExpectRefusal().Status, 400, 404);
    }

    private static string CodeIn(string text) => TextCode().Match(text).Groups[1].Value;

    [GeneratedRegex("\\b(?:code|is) ([0-9A-Z]{6})\\s")]
    private static partial Regex TextCode();
}

public sealed class UserCodeTestsOnSqlite(NotifyingSqliteHost host) : UserCodeTests(host);

public sealed class UserCodeTestsOnPostgreSql(NotifyingPostgreSqlHost host) : UserCodeTests(host);
