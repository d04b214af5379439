using System.Text.Json.Nodes;

namespace Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

/// <content>The accounts of the browser: the chooser, and signing out.</content>
public sealed partial class LoginUi
{
    /// <summary>The login names that the browser's cookie has, the latest first.</summary>
    public IReadOnlyList<string> Accounts => [.. _cookie.Select(account => account.LoginName)];

    /// <summary><c>/accounts</c>: the login names to choose from, and whether the UI takes each for signed in.</summary>
    public async Task<IReadOnlyDictionary<string, bool>> AccountsPageAsync()
    {
        if (_organization is null)
        {
            await DefaultOrganizationAsync();
        }

        var sessions = await SessionsAsync();
        await ShowAsync(withSession: false);
        return sessions.ToDictionary(session => UserOf(session)["loginName"]!.GetValue<string>(), IsSignedIn);
    }

    /// <summary><c>/accounts</c>: the person chooses one.</summary>
    public async Task<string> ChooseAsync(string loginName)
    {
        var session = await SessionOfAsync(loginName);
        var organization = UserOf(session)["organizationId"]!.GetValue<string>();
        if (!IsSignedIn(session))
        {
            _organization = organization;
            return await SendNameAsync(loginName);
        }

        _current = session["id"]!.GetValue<string>();
        await LoginSettingsAsync(organization);
        return await ContinueAsync();
    }

    /// <summary><c>/accounts</c> and <c>/logout</c>: the person ends one of the sessions.</summary>
    public async Task<string> ClearAsync(string loginName)
    {
        var account = _cookie.Single(one => one.LoginName == loginName);
        var ended = await CallAsync(
            "session.v2.SessionService/DeleteSession",
            new { sessionId = account.Id, sessionToken = account.Token }
        );
        (await CallAsync("settings.v2.SettingsService/GetSecuritySettings", new { })).Expect(200);
        if (ended.Status != 200)
        {
            return $"error: {ended.Text("message")}";
        }

        _cookie.Remove(account);
        _current = _current == account.Id ? null : _current;
        return "/logout/success";
    }

    /// <summary><c>/logout</c>: with a hint, the session of that person ends at once; otherwise the person chooses.</summary>
    public async Task<string> LogoutPageAsync(string? hint = null, string? postLogoutRedirect = null)
    {
        var names = await AccountsPageAsync();
        if (hint is null || !names.ContainsKey(hint))
        {
            return "/logout";
        }

        var page = await ClearAsync(hint);
        return page == "/logout/success" ? postLogoutRedirect ?? page : page;
    }

    private static bool IsSignedIn(JsonNode session) =>
        new[] { "password", "webAuthN", "intent" }.Any(factor => session["factors"]![factor] is not null);

    private async Task<JsonNode> SessionOfAsync(string loginName) =>
        (await SessionsAsync()).Single(session => UserOf(session)["loginName"]!.GetValue<string>() == loginName);
}
