using System.Text.Json.Nodes;

namespace Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

/// <content>The calls that its pages have in common.</content>
public sealed partial class LoginUi
{
    private static readonly object s_agent = new { fingerprintId = "0b8a4f2c-5d1e-4d0a-9d62-7d2f1c3b9a10", description = "Firefox" };

    private static object Instance => new { instance = true };

    private static bool IsMfaForced(Reply settings) => settings.Has("settings.forceMfa") || settings.Has("settings.forceMfaLocalOnly");

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

    private Task<Reply> CallAsync(string method, object body, Api? caller = null) =>
        (caller ?? service).PostAsync($"/zitadel.{method}", body);

    private async Task<Reply> LoginSettingsAsync(string? orgId = null) =>
        (await CallAsync("settings.v2.SettingsService/GetLoginSettings", new { ctx = orgId is null ? Instance : new { orgId } })).Expect(
            200
        );

    /// <summary>The methods of the person, without the common part of their names.</summary>
    private async Task<List<string>> MethodsAsync() => await MethodsAsync(UserId);

    private async Task<List<string>> MethodsAsync(string userId)
    {
        var reply = (await CallAsync("user.v2.UserService/ListAuthenticationMethodTypes", new { userId })).Expect(200);
        return [.. reply.Items("authMethodTypes").Select(type => type.GetValue<string>()["AUTHENTICATION_METHOD_TYPE_".Length..])];
    }

    private async Task CreateSessionAsync(object checks, string lifetime = "86400s")
    {
        var created = (
            await CallAsync(
                "session.v2.SessionService/CreateSession",
                new
                {
                    checks,
                    lifetime,
                    userAgent = s_agent,
                }
            )
        ).Expect(200);
        _sessionId = created.Text("sessionId");
        _cookie[_sessionId] = created.Text("sessionToken");
        await ReadSessionAsync();
    }

    /// <summary>An update of the session in hand. The cookie then has the new token.</summary>
    private async Task<Reply> SetSessionAsync(object checks, string? lifetime)
    {
        var body = new Dictionary<string, object>
        {
            ["sessionId"] = _sessionId!,
            ["sessionToken"] = Session.Token,
            ["checks"] = checks,
            ["metadata"] = new { },
        };
        if (lifetime is not null)
        {
            body["lifetime"] = lifetime;
        }

        var set = await CallAsync("session.v2.SessionService/SetSession", body);
        if (set.Status == 200)
        {
            _cookie[_sessionId!] = set.Text("sessionToken");
            await ReadSessionAsync();
        }

        return set;
    }

    private async Task ReadSessionAsync()
    {
        var body = new { sessionId = _sessionId, sessionToken = Session.Token };
        var read = (await CallAsync("session.v2.SessionService/GetSession", body)).Expect(200);
        Assert.NotEmpty(read.Text("session.factors.user.loginName"));
        UserId = read.Text("session.factors.user.id");
    }

    private async Task<IReadOnlyList<JsonNode>> SessionsAsync()
    {
        var queries = new[] { new { idsQuery = new { ids = _cookie.Keys } } };
        return (await CallAsync("session.v2.SessionService/ListSessions", new { queries })).Expect(200).Items("sessions");
    }

    private Task<Reply> CompleteAsync(string sessionId) =>
        CallAsync(
            "oidc.v2.OIDCService/CreateCallback",
            new { authRequestId = _requestId, session = new { sessionId, sessionToken = _cookie[sessionId] } }
        );

    /// <summary>What the UI takes for a session that is good enough. It knows neither ages nor levels.</summary>
    private async Task<bool> IsValidAsync(JsonNode session)
    {
        var factors = session["factors"]!;
        var methods = await MethodsAsync(factors["user"]!["id"]!.GetValue<string>());
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
            hasSecond = !IsMfaForced(await LoginSettingsAsync()) || Any("otpEmail", "otpSms", "totp", "webAuthN", "intent");
        }

        return hasSecond && Any("password", "webAuthN", "intent");

        bool Any(params string[] names) => names.Any(name => factors[name] is not null);
    }
}
