namespace Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

/// <content>Passwords: typed, forgotten, changed, and chosen for the first time.</content>
public sealed partial class LoginUi
{
    /// <summary><c>/password</c>: the person types the password.</summary>
    public async Task<string> PasswordAsync(string password)
    {
        if (_current is null)
        {
            return await PasswordOfNobodyAsync(password);
        }

        var organization = Current.Organization;
        var settings = await LoginSettingsAsync(organization);
        var set = await SetSessionAsync(new { password = new { password } }, settings.Text("settings.passwordCheckLifetime"));
        if (set.Status != 200)
        {
            return await WrongPasswordAsync(set);
        }

        var user = await UserAsync(UserId);
        await ExpirySettingsAsync(organization);
        return user.Has("user.human.passwordChangeRequired") ? "/password/change"
            : IsToVerify(user) ? "/verify"
            : await MfaPageAsync(settings) ?? await ContinueAsync();
    }

    /// <summary><c>/password</c>, "reset password": the person has forgotten it. A link comes by e-mail.</summary>
    public async Task<string> ForgotPasswordAsync()
    {
        var found = (await UsersAsync(ByName(_current is null ? _typed : Current.LoginName))).Expect(200);
        if (found["details.totalResult"]?.GetValue<string>() != "1")
        {
            return "error: Could not send Password Reset Link";
        }

        var userId = found.Text("result.0.userId");
        var urlTemplate = Link("/password/set?code={{.Code}}&userId={{.UserID}}&organization={{.OrgID}}");
        var sent = await CallAsync(
            "user.v2.UserService/PasswordReset",
            new { userId, sendLink = new { notificationType = "NOTIFICATION_TYPE_Email", urlTemplate } }
        );
        return sent.Status == 200 ? "/password/set" : "error: Could not reset password";
    }

    /// <summary><c>/password/set</c>, from the link in the message: the person chooses another one, and goes on with it.</summary>
    public async Task<string> ResetPasswordAsync(string userId, string verificationCode, string password)
    {
        await ShowAsync(withSession: false);
        await ComplexityAsync();
        await UserAsync(userId);

        // Once for the page, and once more when it is sent.
        await UserAsync(userId);
        return await SetFirstAsync(
            new
            {
                userId,
                newPassword = new { password },
                verificationCode,
            },
            password
        );
    }

    /// <summary><c>/password/set</c> without a code: the invited person chooses the first password, and goes on with it.</summary>
    public async Task<string> FirstPasswordAsync(string password)
    {
        await ShowAsync();
        await ComplexityAsync();
        await UserAsync(UserId);
        Assert.Empty(await MethodsAsync());
        return await SetFirstAsync(new { userId = UserId, newPassword = new { password } }, password);
    }

    /// <summary><c>/password/change</c>: the person chooses another password, and goes on with it.</summary>
    public async Task<string> ChangePasswordAsync(string next)
    {
        await ComplexityAsync();
        await ReadSessionAsync();
        var hasSecondFactor = (await MethodsAsync()).Any(method => method is "TOTP" or "OTP_EMAIL" or "OTP_SMS" or "U2F");
        var isForced = IsMfaForced(await LoginSettingsAsync(Current.Organization));
        var set =
            isForced && !hasSecondFactor
                ? await CallAsync("user.v2.UserService/SetPassword", new { userId = UserId, newPassword = new { password = next } })
                : await CallAsync(
                    "user.v2.UserService/SetPassword",
                    new { userId = UserId, newPassword = new { password = next, changeRequired = false } },
                    service.As(Session.Token)
                );
        return set.Status == 200 ? await PasswordAsync(next)
            : set.Text("code") == "permission_denied" ? "error: Session is not valid"
            : "error: Failed precondition";
    }

    private async Task<string> SetFirstAsync(object body, string password)
    {
        var set = await CallAsync("user.v2.UserService/SetPassword", body);
        return set.Status == 200 ? await PasswordAsync(password)
            : set.Text("code") == "failed_precondition" ? $"error: {set.Text("message")}"
            : "error: Could not set password";
    }

    /// <summary>
    /// The browser has no session with this name. The UI begins one and then says all the same that the password is wrong: that is its own
    /// fault.
    /// </summary>
    private async Task<string> PasswordOfNobodyAsync(string password)
    {
        var found = (await UsersAsync(ByName(_typed))).Expect(200);
        if (found["details.totalResult"]?.GetValue<string>() == "1")
        {
            var lifetime = (await LoginSettingsAsync(_organization)).Text("settings.passwordCheckLifetime");
            var user = new { userId = found.Text("result.0.userId") };
            await CreateSessionAsync(new { user, password = new { password } }, lifetime);
        }

        return "error: Could not verify password";
    }

    private async Task<string> WrongPasswordAsync(Reply refusal)
    {
        if (refusal["details.0.debug.failedAttempts"] is not { } attempts)
        {
            return "error: Could not verify password";
        }

        var lockout = (await CallAsync("settings.v2.SettingsService/GetLockoutSettings", new { ctx = Context(_organization) })).Expect(200);
        return $"error: {attempts} of {lockout.Text("settings.maxPasswordAttempts")} attempts";
    }

    private bool IsToVerify(Reply user) => DemandsVerifiedEmail && !user.Has("user.human.email.isVerified");

    private async Task ComplexityAsync() =>
        (await CallAsync("settings.v2.SettingsService/GetPasswordComplexitySettings", new { ctx = Context(_organization) })).Expect(200);

    private async Task ExpirySettingsAsync(string organization) =>
        (await CallAsync("settings.v2.SettingsService/GetPasswordExpirySettings", new { ctx = Context(organization) })).Expect(200);
}
