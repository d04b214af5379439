namespace Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

/// <summary>
/// One browser at ZITADEL's Login UI v2, as of August 2025. It makes the calls of that UI's server: the same calls in the same order with
/// the same tokens, and decides as it does which page comes next. The UI itself is not a part of this repository. A page is its path, a
/// completed request the address of the application, and a text for the person begins with <c>error:</c>. Where the UI would show raw
/// JSON, the test fails.
/// </summary>
public sealed partial class LoginUi(Api service)
{
    private readonly Dictionary<string, string> _cookie = [];
    private string? _sessionId;
    private string _requestId = "";

    /// <summary>The session of the latest step, as the browser's cookie has it.</summary>
    public OpenSession Session => new(_sessionId!, _cookie[_sessionId!], 0);

    /// <summary>The person of that session.</summary>
    public string UserId { get; private set; } = "";

    /// <summary><c>/login?authRequest=…</c>: an application has sent the browser.</summary>
    public async Task<string> ArriveAsync(string requestId)
    {
        _requestId = requestId;
        var sessions = _cookie.Count == 0 ? [] : await SessionsAsync();
        var request = (await CallAsync("oidc.v2.OIDCService/GetAuthRequest", new { authRequestId = requestId })).Expect(200);
        var prompts = request.Items("authRequest.prompt").Select(prompt => prompt.GetValue<string>()).ToHashSet();
        if (prompts.Contains("PROMPT_CREATE"))
        {
            return "/register";
        }

        if (sessions.Count == 0 || (prompts.Contains("PROMPT_LOGIN") && !prompts.Contains("PROMPT_SELECT_ACCOUNT")))
        {
            return "/loginname";
        }

        if (!prompts.Contains("PROMPT_SELECT_ACCOUNT"))
        {
            foreach (var session in sessions.OrderByDescending(one => one["changeDate"]!.GetValue<string>(), StringComparer.Ordinal))
            {
                if (await IsValidAsync(session))
                {
                    // Here the UI does not look at the error.
                    var reply = await CompleteAsync(session["id"]!.GetValue<string>());
                    return reply.Status == 200 ? reply.Text("callbackUrl") : "/accounts";
                }
            }
        }

        return "/accounts";
    }

    /// <summary><c>/login?requestId=…&amp;sessionId=…</c>: the end of a login, or the choice of an account.</summary>
    public async Task<string> ContinueAsync()
    {
        var session = (await SessionsAsync()).Single(one => one["id"]!.GetValue<string>() == _sessionId);
        if (!await IsValidAsync(session))
        {
            return await NameAsync(session["factors"]!["user"]!["loginName"]!.GetValue<string>());
        }

        var reply = await CompleteAsync(_sessionId!);
        if (reply.Status == 200)
        {
            return reply.Text("callbackUrl");
        }

        Assert.True(reply.Text("code") == "failed_precondition", reply.Explain("a refusal that the UI makes a page of"));
        await LoginSettingsAsync();
        return "/signedin";
    }

    /// <summary>From now on the application's request is one that the service does not know any more.</summary>
    public void Expire() => _requestId = "V2_gone";

    /// <summary><c>/loginname</c>: the person says who they are.</summary>
    public async Task<string> NameAsync(string name)
    {
        var settings = await LoginSettingsAsync();
        var byName = new { loginNameQuery = new { loginName = name, method = "TEXT_QUERY_METHOD_EQUALS" } };
        var found = (await CallAsync("user.v2.UserService/ListUsers", new { queries = new object[] { byName } })).Expect(200);
        if (found.Items("result").Count == 0)
        {
            if (ContactQuery(name, settings) is not { } byContact)
            {
                return "error: User not found in the system";
            }

            found = (await CallAsync("user.v2.UserService/ListUsers", new { queries = new[] { byContact } })).Expect(200);
        }

        if (found.Items("result") is not [var user])
        {
            return "error: User not found in the system";
        }

        await LoginSettingsAsync(user["details"]!["resourceOwner"]!.GetValue<string>());
        await CreateSessionAsync(new { user = new { userId = user["userId"]!.GetValue<string>() } });
        var methods = await MethodsAsync();
        return methods switch
        {
            [] => user["human"]!["email"]!["isVerified"] is null ? "/verify" : "/authenticator/set",
            _ when methods.Contains("PASSKEY") => "/passkey",
            _ when methods.Contains("IDP") => "/idp",
            _ => "/password",
        };
    }

    /// <summary><c>/password</c>: the person types the password.</summary>
    public async Task<string> PasswordAsync(string password)
    {
        var settings = await LoginSettingsAsync();
        var set = await SetSessionAsync(new { password = new { password } }, settings.Text("settings.passwordCheckLifetime"));
        if (set.Status != 200)
        {
            if (set["details.0.debug.failedAttempts"] is { } attempts)
            {
                var lockout = (await CallAsync("settings.v2.SettingsService/GetLockoutSettings", new { ctx = Instance })).Expect(200);
                return $"error: {attempts} of {lockout.Text("settings.maxPasswordAttempts")} attempts";
            }

            return "error: Could not verify password";
        }

        var user = (await CallAsync("user.v2.UserService/GetUserByID", new { userId = UserId })).Expect(200);
        (await CallAsync("settings.v2.SettingsService/GetPasswordExpirySettings", new { ctx = Instance })).Expect(200);
        if (user.Has("user.human.passwordChangeRequired"))
        {
            return "/password/change";
        }

        var others = (await MethodsAsync()).Where(method => method is not ("PASSWORD" or "PASSKEY" or "IDP")).ToList();
        return others switch
        {
            ["TOTP"] => "/otp/time-based",
            ["OTP_EMAIL"] => "/otp/email",
            ["OTP_SMS"] => "/otp/sms",
            ["U2F"] => "/u2f",
            [] when IsMfaForced(settings) => "/mfa/set",
            [] => await ContinueAsync(),
            _ => "/mfa",
        };
    }

    /// <summary><c>/password/change</c>: the person chooses another password, and goes on with it.</summary>
    public async Task<string> ChangePasswordAsync(string next)
    {
        await ReadSessionAsync();
        var hasSecondFactor = (await MethodsAsync()).Any(method => method is "TOTP" or "OTP_EMAIL" or "OTP_SMS" or "U2F");
        var isForced = IsMfaForced(await LoginSettingsAsync());
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

    /// <summary><c>/verify?invite=true</c>: the person has followed the link of an invitation.</summary>
    public async Task<string> AcceptInvitationAsync(string userId, string verificationCode)
    {
        if ((await CallAsync("user.v2.UserService/VerifyInviteCode", new { userId, verificationCode })).Status != 200)
        {
            return "error: Could not verify invite";
        }

        var user = (await CallAsync("user.v2.UserService/GetUserByID", new { userId })).Expect(200);
        await CreateSessionAsync(new { user = new { loginName = user.Text("user.preferredLoginName") } });
        await LoginSettingsAsync(user.Text("user.details.resourceOwner"));
        return await MethodsAsync() is [] ? "/authenticator/set" : await ContinueAsync();
    }

    /// <summary><c>/password/set</c> without a code: the invited person chooses the first password, and goes on with it.</summary>
    public async Task<string> FirstPasswordAsync(string password)
    {
        (await CallAsync("user.v2.UserService/GetUserByID", new { userId = UserId })).Expect(200);
        Assert.Empty(await MethodsAsync());
        var set = await CallAsync("user.v2.UserService/SetPassword", new { userId = UserId, newPassword = new { password } });
        return set.Status == 200 ? await PasswordAsync(password) : $"error: {set.Text("message")}";
    }

    /// <summary><c>/otp/time-based/set</c>: the person sets up an authenticator app. Returns its secret.</summary>
    public async Task<string> SetUpTotpAsync()
    {
        var registered = (await CallAsync("user.v2.UserService/RegisterTOTP", new { userId = UserId })).Expect(200);
        var secret = registered.Text("secret");
        (await CallAsync("user.v2.UserService/VerifyTOTPRegistration", new { userId = UserId, code = TotpCode.Now(secret) })).Expect(200);
        return secret;
    }

    /// <summary><c>/otp/time-based</c>: the person types a code of the app.</summary>
    public async Task<string> TotpAsync(string code) =>
        (await SetSessionAsync(new { totp = new { code } }, lifetime: null)).Status == 200
            ? await ContinueAsync()
            : "error: Could not verify OTP code";
}
