using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orleans.Sessions.Policies;
using Orleans.Sessions.Tests.EveryMethod.Harness;

namespace Orleans.Sessions.Tests.Logins;

/// <summary>
/// A login page asks anew for what was proved longer ago than the login settings accept. The calls go through the gateway to the grains.
/// </summary>
public sealed class StaleFactorTests(Stage stage) : IClassFixture<Stage>
{
    private const string TotpSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private const string Password = "AUTHENTICATION_METHOD_TYPE_PASSWORD";
    private const string Totp = "AUTHENTICATION_METHOD_TYPE_TOTP";
    private static readonly LoginPolicyOptions s_settings = new();

    [Fact]
    public async Task A_stale_second_factor_is_asked_for_anew_and_then_the_session_is_enough_again()
    {
        var login = await LogInAsync();
        stage.Clock.Advance(s_settings.SecondFactorCheckLifetime - TimeSpan.FromMinutes(1));
        Assert.True(IsSufficient(await EvaluateAsync(login, checkLifetimes: true)));

        stage.Clock.Advance(TimeSpan.FromMinutes(2));
        var verdict = await EvaluateAsync(login, checkLifetimes: true);

        Assert.False(IsSufficient(verdict));
        Assert.Equal([Totp], Texts(verdict["stale"]));
        Assert.Equal([Totp], Texts(verdict["next"]));
        Assert.Equal("OIDC-Acr04", verdict["refusalId"]!.GetValue<string>());
        Assert.True(IsSufficient(await EvaluateAsync(login, checkLifetimes: false)));

        login = await ProveAsync(login, new { totp = new { code = Code() } });
        verdict = await EvaluateAsync(login, checkLifetimes: true);
        Assert.True(IsSufficient(verdict));
        Assert.Null(verdict["stale"]);
    }

    [Fact]
    public async Task A_stale_password_is_asked_for_anew_beside_a_fresh_second_factor()
    {
        var login = await LogInAsync();
        stage.Clock.Advance(s_settings.PasswordCheckLifetime + TimeSpan.FromMinutes(1));
        var verdict = await EvaluateAsync(login, checkLifetimes: true);
        Assert.Equal([Password, Totp], Texts(verdict["stale"]).Order());
        Assert.Null(verdict["acr"]);

        login = await ProveAsync(login, new { totp = new { code = Code() } });
        verdict = await EvaluateAsync(login, checkLifetimes: true);
        Assert.False(IsSufficient(verdict));
        Assert.Equal([Password], Texts(verdict["stale"]));
        Assert.Equal([Password], Texts(verdict["next"]));

        login = await ProveAsync(login, new { password = new { password = SessionCluster.Password } });
        Assert.True(IsSufficient(await EvaluateAsync(login, checkLifetimes: true)));
    }

    private static bool IsSufficient(JsonNode verdict) => verdict["sufficient"]?.GetValue<bool>() ?? false;

    private static IEnumerable<string> Texts(JsonNode? list) => list?.AsArray().Select(item => item!.GetValue<string>()) ?? [];

    private string Code() => new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(TotpSecret)).ComputeTotp(stage.Clock.GetUtcNow().UtcDateTime);

    /// <summary>A session in which a person has just proved the password and an authenticator code.</summary>
    private async Task<Login> LogInAsync()
    {
        var id = SessionCluster.NewName("stale");
        await stage
            .Grains.GetGrain<IUserGrain>(GrainKeys.User(id))
            .CreateAsync(SessionCluster.NewHuman(id, human => human with { TotpSecret = TotpSecret }));
        var checks = new
        {
            user = new { userId = id },
            password = new { password = SessionCluster.Password },
            totp = new { code = Code() },
        };
        var answer = await SendAsync(HttpMethod.Post, "/v2/sessions", new { checks });
        return new Login(answer["sessionId"]!.GetValue<string>(), answer["sessionToken"]!.GetValue<string>());
    }

    private async Task<Login> ProveAsync(Login login, object checks)
    {
        var answer = await SendAsync(HttpMethod.Patch, $"/v2/sessions/{login.SessionId}", new { checks });
        return login with { Token = answer["sessionToken"]!.GetValue<string>() };
    }

    private Task<JsonNode> EvaluateAsync(Login login, bool checkLifetimes) =>
        SendAsync(
            HttpMethod.Post,
            "/v2/sessions/evaluate",
            new
            {
                sessionId = login.SessionId,
                sessionToken = login.Token,
                demand = new { acr = "aal2" },
                checkLifetimes,
            }
        );

    /// <summary>Sends a request of the login frontend, which must succeed.</summary>
    private async Task<JsonNode> SendAsync(HttpMethod method, string path, object body)
    {
        var nobody = new Target(TargetKind.Person, "", SessionCluster.OrganizationId, "");
        var frontend = await stage.CallerAsync(CallerKind.LoginClient, nobody);
        using var client = new HttpClient { BaseAddress = stage.Address };
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", frontend.Token);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private sealed record Login(string SessionId, string Token);
}
