using Orleans.Sessions.EndToEnd.Notifications.Harness;
using Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

namespace Orleans.Sessions.EndToEnd.ZitadelLogin;

/// <summary>ZITADEL's Login UI v2 with codes and links that come by e-mail and by SMS.</summary>
public abstract class MessageFlowTests(NotifyingHost host) : LoginUiTests(host)
{
    [Fact]
    public async Task Codes_by_email_become_a_factor_and_are_sent_again_on_request()
    {
        var contact = await NewPersonAsync();
        var (ui, client) = await ArriveAsync();
        await ui.NameAsync(contact.Email);
        await ArrivesAsync(client, await ui.PasswordAsync(Password));
        Assert.Equal("/otp/email", await ui.SetUpEmailCodesAsync());
        Assert.Equal("/otp/email", await ui.SendEmailCodeAsync());
        var link = LinkIn(await host.Email.ReceiveAsync(contact.Email), "/otp/email");
        Assert.Equal((contact.Id, ui.Session.Id), (link["userId"], link["sessionId"]));
        Assert.Equal("/signedin", await ui.EmailCodeAsync(link["code"]));

        (ui, client) = await ArriveAsync();
        Assert.Equal("/password", await ui.NameAsync(contact.Email));
        Assert.Equal("/otp/email", await ui.PasswordAsync(Password));
        Assert.Equal("/otp/email", await ui.SendEmailCodeAsync());
        var first = LinkIn(await host.Email.ReceiveAsync(contact.Email), "/otp/email")["code"];
        Assert.Equal("/otp/email", await ui.SendEmailCodeAsync());
        var second = LinkIn(await host.Email.ReceiveAsync(contact.Email), "/otp/email")["code"];
        Assert.Equal("error: Could not verify OTP code", await ui.EmailCodeAsync(first));
        await ArrivesAsync(client, await ui.EmailCodeAsync(second));
    }

    [Fact]
    public async Task Codes_by_sms_become_a_factor_and_are_sent_again_on_request()
    {
        var contact = await NewPersonAsync();
        var (ui, client) = await ArriveAsync();
        await ui.NameAsync(contact.Email);
        await ArrivesAsync(client, await ui.PasswordAsync(Password));
        Assert.Equal("/otp/sms", await ui.SetUpSmsCodesAsync());
        Assert.Equal("/otp/sms", await ui.SendSmsCodeAsync());
        Assert.Equal("/signedin", await ui.SmsCodeAsync(await SmsCodeAsync(contact.Phone)));

        (ui, client) = await ArriveAsync();
        await ui.NameAsync(contact.Phone);
        Assert.Equal("/otp/sms", await ui.PasswordAsync(Password));
        Assert.Equal("/otp/sms", await ui.SendSmsCodeAsync());
        var first = await SmsCodeAsync(contact.Phone);
        Assert.Equal("/otp/sms", await ui.SendSmsCodeAsync());
        var second = await SmsCodeAsync(contact.Phone);
        Assert.Equal("error: Could not verify OTP code", await ui.SmsCodeAsync(first));
        await ArrivesAsync(client, await ui.SmsCodeAsync(second));
    }

    [Fact]
    public async Task A_number_that_is_not_verified_is_no_factor_until_it_is()
    {
        var human = await Admin.NewHumanAsync();
        var (ui, client) = await ArriveAsync();
        await ui.NameAsync(human.LoginName);
        await ArrivesAsync(client, await ui.PasswordAsync(human.Password));
        await ui.SetUpSmsCodesAsync();
        Assert.Equal("error: Could not request OTP challenge", await ui.SendSmsCodeAsync());

        var phone = Contacts.NewPhone();
        Assert.Equal("/phone/verify", await ui.SetPhoneAsync(phone));
        var first = await SmsCodeAsync(phone);
        Assert.Equal("/phone/verify", await ui.ResendPhoneCodeAsync());
        var second = await SmsCodeAsync(phone);
        Assert.Equal("error: Could not verify phone number", await ui.VerifyPhoneAsync(first));
        Assert.Equal("/signedin", await ui.VerifyPhoneAsync(second));

        (ui, client) = await ArriveAsync();
        await ui.NameAsync(human.LoginName);
        Assert.Equal("/otp/sms", await ui.PasswordAsync(human.Password));
        await ui.SendSmsCodeAsync();
        await ArrivesAsync(client, await ui.SmsCodeAsync(await SmsCodeAsync(phone)));
    }

    [Fact]
    public async Task An_address_is_verified_before_the_login_goes_on_where_the_operator_demands_it()
    {
        var human = await Admin.NewHumanAsync(withVerifiedEmail: false);
        var (ui, client) = await ArriveAsync(new LoginUi(await TokenAsync(Admin)) { DemandsVerifiedEmail = true });
        await ui.NameAsync(human.LoginName);
        Assert.Equal("/verify", await ui.PasswordAsync(human.Password));
        await host.Email.ReceiveAsync(human.Email);
        Assert.Equal("/verify", await ui.VerifyPageAsync());
        var first = LinkIn(await host.Email.ReceiveAsync(human.Email), "/verify");
        Assert.Equal((human.Id, human.OrganizationId), (first["userId"], first["organization"]));
        Assert.StartsWith("oidc_V2_", first["requestId"], StringComparison.Ordinal);
        Assert.Equal("/verify", await ui.ResendVerificationAsync());
        var second = LinkIn(await host.Email.ReceiveAsync(human.Email), "/verify");

        Assert.Equal("error: Could not verify email", await ui.VerifyEmailAsync(human.Id, first["code"]));
        await ArrivesAsync(client, await ui.VerifyEmailAsync(human.Id, second["code"]));
        Assert.Equal("error: Could not resend email", await ui.ResendVerificationAsync());
    }

    [Fact]
    public async Task A_link_that_is_followed_in_another_browser_verifies_the_address_there()
    {
        var human = await Admin.NewHumanAsync(withVerifiedEmail: false);
        await host.Email.ReceiveAsync(human.Email);
        var (ui, _) = await ArriveAsync();
        await ui.NameAsync(human.LoginName);
        await ui.VerifyPageAsync();
        var code = LinkIn(await host.Email.ReceiveAsync(human.Email), "/verify")["code"];

        var other = await NewUiAsync();
        Assert.Equal("/verify/success", await other.VerifyEmailAsync(human.Id, code));
        Assert.True((await Admin.GetAsync($"/v2/users/{human.Id}")).Expect(200).Has("user.human.email.isVerified"));
    }

    [Fact]
    public async Task A_forgotten_password_is_reset_with_the_link_that_came()
    {
        var contact = await NewPersonAsync();
        var (ui, client) = await ArriveAsync();
        await ui.NameAsync(contact.Email);
        Assert.Equal("/password/set", await ui.ForgotPasswordAsync());
        var first = LinkIn(await host.Email.ReceiveAsync(contact.Email), "/password/set");
        Assert.Equal("/password/set", await ui.ForgotPasswordAsync());
        var link = LinkIn(await host.Email.ReceiveAsync(contact.Email), "/password/set");
        Assert.Equal(contact.Id, link["userId"]);

        Assert.Equal("error: Could not set password", await ui.ResetPasswordAsync(contact.Id, first["code"], Next));
        Assert.Equal("error: Could not set password", await ui.ResetPasswordAsync(contact.Id, link["code"], "short"));
        await ArrivesAsync(client, await ui.ResetPasswordAsync(contact.Id, link["code"], Next));

        // The code is used up. Another browser begins anew.
        Assert.StartsWith("error: ", await ui.ResetPasswordAsync(contact.Id, link["code"], "Another-Horse-9"), StringComparison.Ordinal);
        (ui, client) = await ArriveAsync();
        await ui.NameAsync(contact.Email);
        Assert.Equal("error: 1 of 3 attempts", await ui.PasswordAsync(Password));
        await ArrivesAsync(client, await ui.PasswordAsync(Next));
    }

    /// <summary>A person with a password, a verified address and a verified number.</summary>
    private async Task<Contact> NewPersonAsync()
    {
        var contact = await Admin.NewContactAsync(withFactors: false);
        (await Admin.PostAsync($"{contact.Path}/password", new { newPassword = new { password = Password } })).Expect(200);
        return contact;
    }

    private async Task<string> SmsCodeAsync(string phone) => (await host.Sms.ReceiveAsync(phone)).Json["args"]!["code"]!.GetValue<string>();
}

public sealed class MessageFlowTestsOnSqlite(NotifyingSqliteHost host) : MessageFlowTests(host);

public sealed class MessageFlowTestsOnPostgreSql(NotifyingPostgreSqlHost host) : MessageFlowTests(host);
