namespace Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

/// <content>Who is it, and what does the person prove first?</content>
public sealed partial class LoginUi
{
    private string _typed = "";

    /// <summary><c>/loginname</c>: the person says who they are.</summary>
    public async Task<string> NameAsync(string name)
    {
        var organization = _organization ?? await DefaultOrganizationAsync();
        await LoginSettingsAsync(organization);
        await LoginSettingsAsync(_organization);
        await ProvidersAsync(organization);
        await ShowAsync(withSession: false);
        return await SendNameAsync(name);
    }

    private async Task<string> SendNameAsync(string name)
    {
        _typed = name;
        var settings = await LoginSettingsAsync(_organization);
        var found = (await UsersAsync(ByName(_suffix is null ? name : $"{name}@{_suffix}"))).Expect(200);
        if (found.Items("result").Count == 0 && ContactQuery(name, settings) is { } byContact)
        {
            // This search is not bound to the organization.
            found = (await CallAsync("user.v2.UserService/ListUsers", new { queries = new[] { byContact } })).Expect(200);
        }

        if (found.Items("result") is not [var user])
        {
            // The UI of that month says that the name is unknown in any case, against its own setting; earlier ones obey it.
            _current = null;
            return settings.Has("settings.ignoreUnknownUsernames") ? "/password" : "error: User not found in the system";
        }

        var theirs = await LoginSettingsAsync(user["details"]!["resourceOwner"]!.GetValue<string>());
        var created = await CreateSessionAsync(new { user = new { userId = user["userId"]!.GetValue<string>() } });
        if (created.Status != 200)
        {
            return "error: An internal error occurred";
        }

        var methods = await MethodsAsync();
        _organization ??= Current.Organization;
        await ShowAsync();
        return methods switch
        {
            [] => "/verify",
            ["PASSWORD"] when !theirs.Has("settings.allowUsernamePassword") => "error: Username Password not allowed",
            _ when methods.Contains("PASSKEY") => "/passkey",
            _ when methods.Contains("IDP") => "/idp",
            _ => "/password",
        };
    }

    private static object ByName(string loginName) => new { loginNameQuery = new { loginName, method = "TEXT_QUERY_METHOD_EQUALS" } };

    /// <summary>The search by e-mail address and phone number, as far as the settings allow it.</summary>
    private static object? ContactQuery(string name, Reply settings)
    {
        var queries = new List<object>();
        if (!settings.Has("settings.disableLoginWithEmail"))
        {
            queries.Add(new { emailQuery = new { emailAddress = name, method = "TEXT_QUERY_METHOD_EQUALS" } });
        }

        if (!settings.Has("settings.disableLoginWithPhone") && name.Length <= 20)
        {
            queries.Add(new { phoneQuery = new { number = name, method = "TEXT_QUERY_METHOD_EQUALS" } });
        }

        return queries.Count > 1 ? new { orQuery = new { queries } } : queries.FirstOrDefault();
    }

    /// <summary>A search for people, within the organization if one is named.</summary>
    private Task<Reply> UsersAsync(object query)
    {
        var queries = _organization is null
            ? [query]
            : new[] { query, new { organizationIdQuery = new { organizationId = _organization } } };
        return CallAsync("user.v2.UserService/ListUsers", new { queries });
    }
}
