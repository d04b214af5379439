using System.Text.Json.Nodes;

namespace Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

/// <content>The calls that its pages have in common.</content>
public sealed partial class LoginUi
{
    private const string Day = "86400s";

    private readonly string _fingerprint = Guid.NewGuid().ToString();

    private string HostName => host.Split(':')[0];

    private object Agent =>
        new
        {
            fingerprintId = _fingerprint,
            ip = "",
            description = "Firefox, 130.0, ,    , Gecko, 130.0, , Linux, x86_64, ",
            header = new Dictionary<string, object>
            {
                ["user-agent"] = new { values = new[] { "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0" } },
            },
        };

    private static object Context(string? orgId) => orgId is null ? new { instance = true } : new { orgId };

    private static bool IsMfaForced(Reply settings) => settings.Has("settings.forceMfa") || settings.Has("settings.forceMfaLocalOnly");

    /// <summary>The template of a link to a page of the UI.</summary>
    private string Link(string path, bool withRequest = true) =>
        $"{(host.Contains("localhost", StringComparison.Ordinal) ? "http" : "https")}://{host}/ui/v2/login{path}"
        + (withRequest && _request.Length > 0 ? $"&requestId={_request}" : "");

    private Task<Reply> CallAsync(string method, object body, Api? caller = null) =>
        (caller ?? service).PostAsync($"/zitadel.{method}", body);

    /// <summary>What each page reads before it is shown.</summary>
    private async Task ShowAsync(bool withSession = true)
    {
        var page = new { instance = true, locale = "en" };
        (await CallAsync("settings.v2.SettingsService/GetHostedLoginTranslation", page)).Expect(200);
        (await CallAsync("settings.v2.SettingsService/GetBrandingSettings", new { ctx = Context(_organization) })).Expect(200);
        if (withSession && _current is not null)
        {
            await ReadSessionAsync();
        }
    }

    private async Task<string> DefaultOrganizationAsync()
    {
        var queries = new[] { new { defaultQuery = new { } } };
        return (await CallAsync("org.v2.OrganizationService/ListOrganizations", new { queries })).Expect(200).Text("result.0.id");
    }

    /// <summary>The organization with this domain; <c>null</c> if there is not exactly one.</summary>
    private async Task<string?> OrganizationOfAsync(string domain)
    {
        var queries = new[] { new { domainQuery = new { domain, method = "TEXT_QUERY_METHOD_EQUALS" } } };
        var found = (await CallAsync("org.v2.OrganizationService/ListOrganizations", new { queries })).Expect(200);
        return found.Texts("result", "id") is [var only] ? only : null;
    }

    private async Task<Reply> LoginSettingsAsync(string? orgId) =>
        (await CallAsync("settings.v2.SettingsService/GetLoginSettings", new { ctx = Context(orgId) })).Expect(200);

    private async Task<Reply> ProvidersAsync(string? orgId) =>
        (await CallAsync("settings.v2.SettingsService/GetActiveIdentityProviders", new { ctx = Context(orgId) })).Expect(200);

    private async Task<Reply> UserAsync(string userId) => (await CallAsync("user.v2.UserService/GetUserByID", new { userId })).Expect(200);

    /// <summary>The methods of the person, without the common part of their names.</summary>
    private async Task<List<string>> MethodsAsync() => await MethodsAsync(UserId);

    private async Task<List<string>> MethodsAsync(string userId)
    {
        var reply = (await CallAsync("user.v2.UserService/ListAuthenticationMethodTypes", new { userId })).Expect(200);
        return [.. reply.Items("authMethodTypes").Select(type => type.GetValue<string>()["AUTHENTICATION_METHOD_TYPE_".Length..])];
    }

    /// <summary>A new session, which takes the place of an earlier one with the same login name.</summary>
    private async Task<Reply> CreateSessionAsync(object checks, string lifetime = Day)
    {
        var created = await CallAsync(
            "session.v2.SessionService/CreateSession",
            new
            {
                checks,
                lifetime,
                userAgent = Agent,
            }
        );
        if (created.Status == 200)
        {
            await KeepAsync(created.Text("sessionId"), created.Text("sessionToken"));
        }

        return created;
    }

    /// <summary>An update of the session in hand. The cookie then has the new token.</summary>
    private async Task<Reply> SetSessionAsync(object? checks, string lifetime, object? challenges = null)
    {
        var body = new Dictionary<string, object>
        {
            ["sessionId"] = Current.Id,
            ["sessionToken"] = Current.Token,
            ["checks"] = checks ?? new { },
            ["metadata"] = new { },
            ["lifetime"] = lifetime,
        };
        if (challenges is not null)
        {
            body["challenges"] = challenges;
        }

        var set = await CallAsync("session.v2.SessionService/SetSession", body);
        if (set.Status == 200)
        {
            await KeepAsync(Current.Id, set.Text("sessionToken"));
        }

        return set;
    }

    private async Task KeepAsync(string sessionId, string sessionToken)
    {
        var read = await ReadAsync(sessionId, sessionToken);
        (await CallAsync("settings.v2.SettingsService/GetSecuritySettings", new { })).Expect(200);
        var account = new Account(
            sessionId,
            sessionToken,
            read.Text("session.factors.user.loginName"),
            read.Text("session.factors.user.organizationId")
        );
        _cookie.RemoveAll(other => other.Id == account.Id || other.LoginName == account.LoginName);
        _cookie.Insert(0, account);
        _current = account.Id;
    }

    private Task<Reply> ReadSessionAsync() => ReadAsync(Current.Id, Current.Token);

    private async Task<Reply> ReadAsync(string sessionId, string sessionToken)
    {
        _seen = (await CallAsync("session.v2.SessionService/GetSession", new { sessionId, sessionToken })).Expect(200);
        Assert.NotEmpty(_seen.Text("session.factors.user.loginName"));
        UserId = _seen.Text("session.factors.user.id");
        return _seen;
    }

    /// <summary>The sessions of the cookie that the service still has.</summary>
    private async Task<IReadOnlyList<JsonNode>> SessionsAsync()
    {
        if (_cookie.Count == 0)
        {
            return [];
        }

        var queries = new[] { new { idsQuery = new { ids = _cookie.Select(account => account.Id) } } };
        return (await CallAsync("session.v2.SessionService/ListSessions", new { queries })).Expect(200).Items("sessions");
    }

    private Task<Reply> CompleteAsync(string sessionId)
    {
        var session = new { sessionId, sessionToken = _cookie.Single(account => account.Id == sessionId).Token };
        return IsSaml
            ? CallAsync("saml.v2.SAMLService/CreateResponse", new { samlRequestId = RequestId, session })
            : CallAsync("oidc.v2.OIDCService/CreateCallback", new { authRequestId = RequestId, session });
    }

    /// <summary>
    /// The page of the person's second factor, or of its setup where it is forced; <c>null</c> if the login goes on without one.
    /// </summary>
    private async Task<string?> MfaPageAsync(Reply settings)
    {
        var others = (await MethodsAsync()).Where(method => method is not ("PASSWORD" or "PASSKEY")).ToList();
        if (_seen!.Has("session.factors.webAuthN.userVerified"))
        {
            return null;
        }

        return others switch
        {
            ["TOTP"] => "/otp/time-based",
            ["OTP_EMAIL"] => "/otp/email",
            ["OTP_SMS"] => "/otp/sms",
            ["U2F"] => "/u2f",
            [] when IsMfaForced(settings) => "/mfa/set",
            [] or [_] => null,
            _ => "/mfa",
        };
    }

    /// <summary>What the UI takes for a session that is good enough. It knows neither ages nor levels.</summary>
    private async Task<bool> IsValidAsync(JsonNode session)
    {
        var factors = session["factors"]!;
        var methods = await MethodsAsync(UserOf(session)["id"]!.GetValue<string>());
        bool hasSecond;
        if (methods.Contains("TOTP"))
        {
            hasSecond = factors["totp"] is not null;
        }
        else if (methods.Contains("OTP_EMAIL"))
        {
            hasSecond = factors["otpEmail"] is not null;
        }
        else if (methods.Contains("OTP_SMS"))
        {
            hasSecond = factors["otpSms"] is not null;
        }
        else if (methods.Contains("U2F"))
        {
            hasSecond = factors["webAuthN"] is not null;
        }
        else
        {
            var settings = await LoginSettingsAsync(UserOf(session)["organizationId"]!.GetValue<string>());
            hasSecond = !IsMfaForced(settings) || Any("otpEmail", "otpSms", "totp", "webAuthN", "intent");
        }

        return hasSecond && Any("password", "webAuthN", "intent");

        bool Any(params string[] names) => names.Any(name => factors[name] is not null);
    }
}
