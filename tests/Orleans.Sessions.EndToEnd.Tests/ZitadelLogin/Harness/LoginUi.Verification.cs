namespace Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

/// <content>Addresses and numbers are verified, and invitations are accepted.</content>
public sealed partial class LoginUi
{
    /// <summary><c>/verify?send=true</c>: the page sends a code to the address as soon as it is shown.</summary>
    public async Task<string> VerifyPageAsync(bool isInvite = false)
    {
        await ShowAsync();
        return (await SendVerificationAsync(isInvite, withRequest: true)).Status == 200 ? "/verify" : "error: the page of a fault";
    }

    /// <summary><c>/verify</c>, "resend code".</summary>
    public async Task<string> ResendVerificationAsync(bool isInvite = false)
    {
        var sent = await SendVerificationAsync(isInvite, withRequest: false);
        return sent.Status == 200 ? "/verify"
            : isInvite && sent.Text("code") == "failed_precondition" ? "error: User is already verified"
            : "error: Could not resend email";
    }

    /// <summary><c>/verify</c>: the person has followed the link to a new address, or types its code.</summary>
    public Task<string> VerifyEmailAsync(string userId, string verificationCode) =>
        VerifyAsync("VerifyEmail", "Could not verify email", userId, verificationCode);

    /// <summary><c>/verify?invite=true</c>: the person has followed the link of an invitation.</summary>
    public Task<string> AcceptInvitationAsync(string userId, string verificationCode) =>
        VerifyAsync("VerifyInviteCode", "Could not verify invite", userId, verificationCode);

    /// <summary><c>/authenticator/set</c>: with what may the invited person log in? Returns the methods there are.</summary>
    public async Task<IReadOnlyList<string>> AuthenticatorPageAsync()
    {
        await ReadSessionAsync();
        var methods = await MethodsAsync();
        await UserAsync(UserId);
        await ShowAsync(withSession: false);
        await LoginSettingsAsync(Current.Organization);
        var body = new { ctx = Context(Current.Organization), linkingAllowed = true };
        (await CallAsync("settings.v2.SettingsService/GetActiveIdentityProviders", body)).Expect(200);
        return methods;
    }

    /// <summary><c>/phone/set</c> of later versions: the person names a number, and gets a code there.</summary>
    public async Task<string> SetPhoneAsync(string phone) =>
        (
            await CallAsync(
                "user.v2.UserService/SetPhone",
                new
                {
                    userId = UserId,
                    phone,
                    sendCode = new { },
                }
            )
        ).Status == 200
            ? "/phone/verify"
            : "error: Could not save phone number";

    /// <summary><c>/phone/verify</c>, "resend code".</summary>
    public async Task<string> ResendPhoneCodeAsync() =>
        (await CallAsync("user.v2.UserService/ResendPhoneCode", new { userId = UserId, sendCode = new { } })).Status == 200
            ? "/phone/verify"
            : "error: Could not resend SMS code";

    /// <summary>
    /// <c>/phone/verify</c> during the setup of a factor: the number is verified, becomes a factor, and is proved at once. So the person
    /// types one code only.
    /// </summary>
    public async Task<string> VerifyPhoneAsync(string verificationCode)
    {
        if ((await CallAsync("user.v2.UserService/VerifyPhone", new { userId = UserId, verificationCode })).Status != 200)
        {
            return "error: Could not verify phone number";
        }

        (await CallAsync("user.v2.UserService/AddOTPSMS", new { userId = UserId })).Expect(200);
        await LoginSettingsAsync(_organization);
        var challenged = (await SetSessionAsync(checks: null, Day, new { otpSms = new { returnCode = true } })).Expect(200);
        return await SmsCodeAsync(challenged.Text("challenges.otpSms"));
    }

    private Task<Reply> SendVerificationAsync(bool isInvite, bool withRequest)
    {
        const string Page = "/verify?code={{.Code}}&userId={{.UserID}}&organization={{.OrgID}}";
        return isInvite
            ? CallAsync(
                "user.v2.UserService/CreateInviteCode",
                new
                {
                    userId = UserId,
                    sendCode = new { urlTemplate = Link($"{Page}&invite=true", withRequest), applicationName = "Typescript Login" },
                }
            )
            : CallAsync(
                "user.v2.UserService/SendEmailCode",
                new { userId = UserId, sendCode = new { urlTemplate = Link(Page, withRequest) } }
            );
    }

    private async Task<string> VerifyAsync(string method, string error, string userId, string verificationCode)
    {
        if ((await CallAsync($"user.v2.UserService/{method}", new { userId, verificationCode })).Status != 200)
        {
            return $"error: {error}";
        }

        var user = await UserAsync(userId);
        var loginName = user.Text("user.preferredLoginName");
        _current = _cookie.Find(account => account.LoginName == loginName)?.Id;
        if (_current is not null)
        {
            await ReadSessionAsync();
        }

        if ((await MethodsAsync(userId)).Count == 0)
        {
            if (_current is null)
            {
                (await CreateSessionAsync(new { user = new { loginName } })).Expect(200);
            }

            return "/authenticator/set";
        }

        if (_current is null)
        {
            return "/verify/success";
        }

        var settings = await LoginSettingsAsync(user.Text("user.details.resourceOwner"));
        return await MfaPageAsync(settings) ?? await ContinueAsync();
    }
}
