using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

/// <summary>
/// One browser at ZITADEL's Login UI v2, as of August 2025. It makes the calls of that UI's server: the same calls in the same order with
/// the same tokens, and decides as it does which page comes next. The UI itself is not a part of this repository. A page is its path, a
/// completed request the address of the application, and a text for the person begins with <c>error:</c>. Where the UI would show raw
/// JSON, the test fails.
/// </summary>
/// <param name="service">The service, called with the UI's own token.</param>
/// <param name="host">The host and port at which browsers find the UI.</param>
public sealed partial class LoginUi(Api service, string host = "login.example.com")
{
    private readonly List<Account> _cookie = [];
    private string? _current;
    private Reply? _seen;
    private string _request = "";
    private string? _organization;
    private string? _suffix;

    /// <summary>The session of the latest step, as the browser's cookie has it.</summary>
    public OpenSession Session => new(Current.Id, Current.Token, 0);

    /// <summary>The person of that session.</summary>
    public string UserId { get; private set; } = "";

    /// <summary>Whether the operator lets in only people whose address is verified (<c>EMAIL_VERIFICATION</c> of the UI).</summary>
    public bool DemandsVerifiedEmail { get; init; }

    private Account Current => _cookie.Single(account => account.Id == _current);

    private bool IsSaml => _request.StartsWith("saml_", StringComparison.Ordinal);

    private string RequestId => _request[(_request.IndexOf('_', StringComparison.Ordinal) + 1)..];

    /// <summary><c>/login?authRequest=…</c>: an application has sent the browser.</summary>
    public async Task<string> ArriveAsync(string requestId)
    {
        (_request, _organization, _suffix) = ($"oidc_{requestId}", null, null);
        var sessions = await SessionsAsync();
        var request = await CallAsync("oidc.v2.OIDCService/GetAuthRequest", new { authRequestId = requestId });
        if (request.Status != 200)
        {
            return "error: the page of a fault";
        }

        var domain = await FindOrganizationAsync(request);
        var prompts = request.Items("authRequest.prompt").Select(prompt => prompt.GetValue<string>()).ToHashSet();
        var hint = request["authRequest.loginHint"]?.GetValue<string>();
        if (prompts.Contains("PROMPT_CREATE"))
        {
            return "/register";
        }

        if (sessions.Count == 0)
        {
            return hint is null ? "/loginname" : await NameAsync(hint);
        }

        if (prompts.Contains("PROMPT_SELECT_ACCOUNT"))
        {
            return "/accounts";
        }

        if (prompts.Contains("PROMPT_LOGIN"))
        {
            _suffix = domain;
            return hint is null ? "/loginname" : await SendNameAsync(hint);
        }

        var hinted = sessions.Where(session =>
            (request["authRequest.hintUserId"], hint) switch
            {
                ({ } user, _) => UserOf(session)["id"]!.GetValue<string>() == user.GetValue<string>(),
                (_, { } name) => UserOf(session)["loginName"]!.GetValue<string>() == name,
                _ => true,
            }
        );
        if (await FindValidAsync(hinted) is not { } chosen)
        {
            return "/accounts";
        }

        // Here the UI does not look at the error.
        var reply = await CompleteAsync(chosen);
        return reply.Status == 200 ? reply.Text("callbackUrl") : "/accounts";
    }

    /// <summary>
    /// What comes after a login, or after the choice of an account: back to the application, to the device, or the page that says that the
    /// person is signed in.
    /// </summary>
    public async Task<string> ContinueAsync()
    {
        if (_request.Length == 0)
        {
            return (await LoginSettingsAsync(_organization))["settings.defaultRedirectUri"]?.GetValue<string>() is { Length: > 0 } uri
                ? uri
                : await SignedInAsync();
        }

        return _request.StartsWith("device_", StringComparison.Ordinal) ? await LetDeviceInAsync() : await FinishAsync();
    }

    /// <summary>From now on the application's request is one that the service does not know any more.</summary>
    public void Expire() => _request = "oidc_V2_gone";

    /// <summary><c>/login?requestId=…&amp;sessionId=…</c></summary>
    private async Task<string> FinishAsync()
    {
        var session = (await SessionsAsync()).Single(one => one["id"]!.GetValue<string>() == _current);
        var user = UserOf(session);
        if (!await IsValidAsync(session))
        {
            _organization = user["organizationId"]!.GetValue<string>();
            return await SendNameAsync(user["loginName"]!.GetValue<string>());
        }

        var reply = await CompleteAsync(_current!);
        if (reply.Status == 200)
        {
            return reply.Text(IsSaml ? "url" : "callbackUrl");
        }

        Assert.True(reply.Text("code") == "failed_precondition", reply.Explain("a refusal that the UI makes a page of"));
        await LoginSettingsAsync(user["organizationId"]!.GetValue<string>());
        return "/signedin";
    }

    private async Task<string> SignedInAsync()
    {
        await ShowAsync();
        return "/signedin";
    }

    /// <summary>The newest session that the UI takes for good enough; <c>null</c> if there is none.</summary>
    private async Task<string?> FindValidAsync(IEnumerable<JsonNode> sessions)
    {
        foreach (var session in sessions.OrderByDescending(one => one["changeDate"]!.GetValue<string>(), StringComparer.Ordinal))
        {
            if (await IsValidAsync(session))
            {
                return session["id"]!.GetValue<string>();
            }
        }

        return null;
    }

    /// <summary>The organization that the application's scopes name. Returns the domain, if it is named by one.</summary>
    private async Task<string?> FindOrganizationAsync(Reply request)
    {
        var scopes = string.Join('\n', request.Items("authRequest.scope").Select(scope => scope.GetValue<string>()));
        if (OrganizationScope().Match(scopes) is { Success: true } byId)
        {
            _organization = byId.Groups[1].Value;
            return null;
        }

        if (DomainScope().Match(scopes) is not { Success: true } byDomain)
        {
            return null;
        }

        var domain = byDomain.Groups[1].Value;
        _organization = await OrganizationOfAsync(domain);
        return _organization is null ? null : domain;
    }

    private static JsonNode UserOf(JsonNode session) => session["factors"]!["user"]!;

    [GeneratedRegex("urn:zitadel:iam:org:id:([0-9]+)")]
    private static partial Regex OrganizationScope();

    [GeneratedRegex("urn:zitadel:iam:org:domain:primary:(.+)")]
    private static partial Regex DomainScope();

    /// <summary>What the browser's cookie has of a session: one for each login name.</summary>
    private sealed record Account(string Id, string Token, string LoginName, string Organization);
}
