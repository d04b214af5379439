namespace Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

/// <content>People register themselves.</content>
public sealed partial class LoginUi
{
    private string? _registersIn;

    /// <summary><c>/register</c>: what the person may do there.</summary>
    public async Task<string> RegisterPageAsync()
    {
        _registersIn = _organization ?? await DefaultOrganizationAsync();
        var ctx = Context(_registersIn);
        (await CallAsync("settings.v2.SettingsService/GetLegalAndSupportSettings", new { ctx })).Expect(200);
        (await CallAsync("settings.v2.SettingsService/GetPasswordComplexitySettings", new { ctx })).Expect(200);
        await ShowAsync(withSession: false);
        var settings = await LoginSettingsAsync(_registersIn);
        await ProvidersAsync(_registersIn);
        return settings.Has("settings.allowRegister") ? "/register" : "error: Registration is disabled";
    }

    /// <summary><c>/register</c> without a password, or <c>/register/password</c>: the person says who they are, and is created.</summary>
    public async Task<string> SignUpAsync(string email, string? password = null)
    {
        var body = new Dictionary<string, object>
        {
            ["email"] = new { email, isVerified = false },
            ["username"] = email,
            ["profile"] = new { givenName = "Minnie", familyName = "Mouse" },
            ["organization"] = new { orgId = _registersIn },
        };
        if (password is not null)
        {
            body["password"] = new { password };
        }

        var created = await CallAsync("user.v2.UserService/AddHumanUser", body);
        if (created.Status != 200)
        {
            return "error: Could not register user";
        }

        var user = new { userId = created.Text("userId") };
        var settings = await LoginSettingsAsync(_registersIn);
        if (password is null)
        {
            (await CreateSessionAsync(new { user })).Expect(200);
            return "/passkey/set";
        }

        var lifetime = settings.Text("settings.passwordCheckLifetime");
        (await CreateSessionAsync(new { user, password = new { password } }, lifetime)).Expect(200);
        return IsToVerify(await UserAsync(UserId)) ? "/verify" : await ContinueAsync();
    }
}
