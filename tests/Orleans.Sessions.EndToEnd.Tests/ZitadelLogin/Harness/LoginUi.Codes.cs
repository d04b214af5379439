namespace Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

/// <content>Codes of an authenticator app, by e-mail and by SMS.</content>
public sealed partial class LoginUi
{
    /// <summary><c>/otp/time-based/set</c>: the person sets up an authenticator app. Returns its secret.</summary>
    public async Task<string> SetUpTotpAsync()
    {
        await ShowAsync();
        await LoginSettingsAsync(_organization);
        var registered = (await CallAsync("user.v2.UserService/RegisterTOTP", new { userId = UserId })).Expect(200);
        var secret = registered.Text("secret");
        await ReadSessionAsync();
        (await CallAsync("user.v2.UserService/VerifyTOTPRegistration", new { userId = UserId, code = TotpCode.Now(secret) })).Expect(200);
        return secret;
    }

    /// <summary><c>/otp/time-based</c>: the person types a code of the app.</summary>
    public Task<string> TotpAsync(string code) => CheckCodeAsync(new { totp = new { code } }, _ => Day);

    /// <summary><c>/otp/email/set</c>: from now on codes by e-mail are a factor. The first one is asked for at once.</summary>
    public Task<string> SetUpEmailCodesAsync() => SetUpCodesAsync("AddOTPEmail", "/otp/email");

    /// <summary><c>/otp/sms/set</c>: from now on codes by SMS are a factor. The first one is asked for at once.</summary>
    public Task<string> SetUpSmsCodesAsync() => SetUpCodesAsync("AddOTPSMS", "/otp/sms");

    /// <summary><c>/otp/email</c>: the page sends a code as soon as it is shown, and again whenever the person wants.</summary>
    public Task<string> SendEmailCodeAsync()
    {
        var urlTemplate = Link("/otp/email?code={{.Code}}&userId={{.UserID}}&sessionId={{.SessionID}}");
        return ChallengeAsync(new { otpEmail = new { sendCode = new { urlTemplate } } }, "/otp/email");
    }

    /// <summary><c>/otp/sms</c>: the same by SMS.</summary>
    public Task<string> SendSmsCodeAsync() => ChallengeAsync(new { otpSms = new { } }, "/otp/sms");

    /// <summary><c>/otp/email</c>: the person types the code, or follows the link.</summary>
    public Task<string> EmailCodeAsync(string code) => CheckCodeAsync(new { otpEmail = new { code } }, SecondFactor);

    /// <summary><c>/otp/sms</c>: the person types the code.</summary>
    public Task<string> SmsCodeAsync(string code) => CheckCodeAsync(new { otpSms = new { code } }, SecondFactor);

    private static string SecondFactor(Reply settings) => settings.Text("settings.secondFactorCheckLifetime");

    private async Task<string> SetUpCodesAsync(string method, string page)
    {
        await ShowAsync();
        await LoginSettingsAsync(_organization);

        // The UI does not look at the answer.
        await CallAsync($"user.v2.UserService/{method}", new { userId = UserId });
        return page;
    }

    private async Task<string> ChallengeAsync(object challenges, string page)
    {
        await LoginSettingsAsync(_organization);
        var set = await SetSessionAsync(checks: null, Day, challenges);
        return set.Status == 200 ? page : "error: Could not request OTP challenge";
    }

    private async Task<string> CheckCodeAsync(object checks, Func<Reply, string> lifetime)
    {
        var settings = await LoginSettingsAsync(_organization);
        return (await SetSessionAsync(checks, lifetime(settings))).Status == 200
            ? await ContinueAsync()
            : "error: Could not verify OTP code";
    }
}
