using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Orleans.Sessions.Gateway.Tests.Json;

/// <summary>
/// What no message has is refused by this service's own methods, and in checks and challenges everywhere. ZITADEL's other messages ignore
/// it as ZITADEL does, but the answer and the log tell. REST and Connect agree.
/// </summary>
public sealed class UnknownFieldTests : IAsyncLifetime
{
    private const string Header = "Sessions-Ignored-Fields";
    private readonly KeptLog _log = new();
    private GatewayServer? _server;

    private GatewayServer Server => _server ?? throw new InvalidOperationException("The server has not started.");

    public async ValueTask InitializeAsync() =>
        _server = await GatewayServer.StartAsync(configure: builder => builder.Logging.AddProvider(_log));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _log.Dispose();
    }

    [Theory]
    [InlineData("""{"checks":{"otp":{"code":"123456"}}}""", "checks.otp", "Checks has user, password, webAuthN, idpIntent, totp")]
    [InlineData("""{"checks":{"user":{"userID":"1"}}}""", "checks.user.userID", "CheckUser has userId, loginName")]
    [InlineData("""{"checks":{"password":{"password":"x","code":"1"}}}""", "checks.password.code", "CheckPassword has password")]
    [InlineData("""{"challenges":{"otp_mail":{}}}""", "challenges.otp_mail", "RequestChallenges has webAuthN, otpSms, otpEmail")]
    [InlineData("""{"challenges":{"otpEmail":{"sendCode":{"url":"x"}}}}""", "challenges.otpEmail.sendCode.url", "SendCode has urlTemplate")]
    [InlineData("""{"challenges":{"otpEmail":{"returnCode":{"now":true}}}}""", "challenges.otpEmail.returnCode.now", "has no fields")]
    public async Task In_checks_and_challenges_it_is_refused_by_name(string body, string path, string known)
    {
        foreach (var (status, answer, ignored) in await PatchAsync(body))
        {
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.StartsWith($"proto: unknown field {path}: ", (string)answer["message"]!, StringComparison.Ordinal);
            Assert.Contains(known, (string)answer["message"]!, StringComparison.Ordinal);
            Assert.Null(ignored);
        }
    }

    [Theory]
    [InlineData("""{"check":{"password":"secret"}}""", "check")]
    [InlineData("""{"Checks":{},"lifetime":"60s"}""", "Checks")]
    [InlineData("""{"a":1,"b":[{"c":2}]}""", "a, b")]
    [InlineData("""{"häß,lich\n":1}""", "h???lich?")]
    [InlineData(
        """{"1":0,"2":0,"3":0,"4":0,"5":0,"6":0,"7":0,"8":0,"9":0,"10":0,"11":0,"12":0}""",
        "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, and 2 more"
    )]
    public async Task Elsewhere_it_is_ignored_and_told(string body, string fields)
    {
        foreach (var (status, _, ignored) in await PatchAsync(body))
        {
            Assert.Equal((HttpStatusCode.OK, fields), (status, ignored));
        }

        var told = _log.Entries.Where(entry => entry.Text.Contains("ignored fields", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, told.Count);
        Assert.All(told, entry =>
        {
            Assert.Equal(LogLevel.Information, entry.Level);
            Assert.StartsWith(
                $"zitadel.session.v2.SessionService.SetSession ignored fields that it does not know: {fields} ",
                entry.Text,
                StringComparison.Ordinal
            );
        });
        Assert.DoesNotContain(_log.Entries, entry => entry.Text.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_name_is_shortened()
    {
        foreach (var (_, _, ignored) in await PatchAsync($$$"""{"{{{new string('x', 5000)}}}":1}"""))
        {
            Assert.Equal($"{new string('x', 60)}...", ignored);
        }
    }

    [Fact]
    public async Task A_request_without_unknown_fields_has_no_such_header()
    {
        const string Known = """{"lifetime":"60s","session_token":"x","checks":{},"metadata":{"any":"AQ=="}}""";
        foreach (var (status, _, ignored) in await PatchAsync(Known))
        {
            Assert.Equal((HttpStatusCode.OK, null), (status, ignored));
        }
    }

    [Fact]
    public async Task A_stranger_fills_no_log()
    {
        using var answer = await Server
            .Http(token: "nonsense")
            .PatchAsync("/v2/sessions/1", Json("""{"check":1}"""), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.Contains(Header));
        Assert.DoesNotContain(_log.Entries, entry => entry.Text.Contains("ignored fields", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("POST", "/v2/events/search", """{"limt":1}""", "limt: SearchEventsRequest has from, until, kinds")]
    [InlineData("POST", "/v2/oidc/clients", """{"settings":{"redirectUri":"x"}}""", "settings.redirectUri: ClientSettings has name, ")]
    [InlineData("POST", "/sessions.events.v1.EventService/SearchEvents", """{"limt":1}""", "limt: SearchEventsRequest")]
    [InlineData("POST", "/v2/sessions/delete", """{"userId":"1","except":"2"}""", "except: DeleteUserSessionsRequest has userId")]
    [InlineData(
        "POST",
        "/zitadel.session.v2.SessionService/DeleteUserSessions",
        """{"userId":"1","except":[]}""",
        "except: DeleteUserSessionsRequest has "
    )]
    [InlineData("GET", "/v2/oidc/clients?limit=1", null, "limit: ListClientsRequest has no fields")]
    [InlineData("DELETE", "/v2/oidc/clients/1", """{"force":true}""", "body: DeleteClientRequest has clientId")]
    public async Task Our_own_methods_refuse_it_by_name(string verb, string path, string? body, string named)
    {
        var (status, answer, _) = await SendAsync(new HttpMethod(verb), path, body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith($"proto: unknown field {named}", (string)answer["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/v2/settings/branding?contxt=true&x.y=1", null, "contxt, x.y")]
    [InlineData("GET", "/v2/settings/branding?ctx.instance=true&ctx.organization=1", null, "ctx.organization")]
    [InlineData("GET", "/v2/settings/branding", """{"ctx":{"instance":true}}""", "body")]
    [InlineData("GET", "/v2/settings/branding", "{}", null)]
    [InlineData("GET", "/v2/settings/branding?ctx.org_id=1", null, null)]
    public async Task In_a_query_it_is_told_too(string verb, string path, string? body, string? fields)
    {
        var (status, _, ignored) = await SendAsync(new HttpMethod(verb), path, body);

        Assert.Equal((HttpStatusCode.OK, fields), (status, ignored));
    }

    private async Task<List<(HttpStatusCode Status, JsonNode Answer, string? Ignored)>> PatchAsync(string body)
    {
        var members = body.TrimStart('{');
        return
        [
            await SendAsync(HttpMethod.Patch, "/v2/sessions/1", body),
            await SendAsync(HttpMethod.Post, "/zitadel.session.v2.SessionService/SetSession", $$"""{"sessionId":"1",{{members}}"""),
        ];
    }

    private async Task<(HttpStatusCode Status, JsonNode Answer, string? Ignored)> SendAsync(HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Json(body) };
        using var answer = await Server.Http().SendAsync(request, TestContext.Current.CancellationToken);
        return (
            answer.StatusCode,
            JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!,
            answer.Headers.TryGetValues(Header, out var values) ? string.Join(", ", values) : null
        );
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
