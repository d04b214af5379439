using System.Net;
using System.Text.RegularExpressions;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>
/// A relying party, a person and a browser, for one module. The login frontend follows a script: it remembers the session of the browser,
/// asks for the password when it must, and keeps to the prompts.
/// </summary>
public sealed partial class Conversation
{
    public const string Nonce = "nonce-1";
    public const string State = "state-1";

    private readonly string? _responseMode;
    private OpenSession? _session;

    private Conversation(Api admin, Human human, RelyingParty client, string? responseMode) =>
        (Admin, Human, Client, _responseMode) = (admin, human, client, responseMode);

    /// <summary>The administrator, who is also the login frontend.</summary>
    public Api Admin { get; }

    /// <summary>The person. All scopes have something to tell about this person.</summary>
    public Human Human { get; }

    /// <summary>The relying party.</summary>
    public RelyingParty Client { get; private set; }

    /// <summary>The service's second address, at which it asks for TLS client certificates; <c>null</c> if it has none.</summary>
    public MutualTlsHost? Secure { get; init; }

    /// <summary>The state that answers must have; <c>null</c> if they must have none.</summary>
    public string? ExpectedState { get; set; } = State;

    /// <summary>How often the person had to prove the password.</summary>
    public int Logins { get; private set; }

    /// <summary>The cookie that the browser got last with an answer, as the header says it; <c>null</c> if it got none.</summary>
    public string? Cookie { get; private set; }

    public string Issuer => Admin.Host.Address.GetLeftPart(UriPartial.Authority);

    /// <summary>Makes the person and the relying party.</summary>
    public static async Task<Conversation> BeginAsync(Api admin, string? responseMode, MutualTlsHost? secure = null)
    {
        var human = await admin.NewHumanAsync();
        (await admin.PostAsync($"/v2/users/{human.Id}/phone", new { phone = "+41791112233", isVerified = true })).Expect(200);
        var address = Convert.ToBase64String("""{"country":"CH"}"""u8);
        (
            await admin.PostAsync($"/v2/users/{human.Id}/metadata", new { metadata = new[] { new { key = "address", value = address } } })
        ).Expect(200);
        return new Conversation(admin, human, await RegisterAsync(admin), responseMode) { Secure = secure };
    }

    /// <summary>Goes on with a relying party that has these settings.</summary>
    public async Task UseAsync(params (string Name, object? Value)[] settings) => Client = await RegisterAsync(Admin, settings);

    /// <summary>Goes on with a relying party that registered itself.</summary>
    public void Use(RelyingParty client) => Client = client;

    /// <summary>Sends the browser to the service and returns what comes back to the relying party.</summary>
    public async Task<Dictionary<string, string>> AuthorizeAsync(params (string Name, string? Value)[] parameters) =>
        await FollowAsync(await Client.AuthorizeAsync(Request(parameters)));

    /// <summary>The parameters of an authorization request, beside those that every one has.</summary>
    public (string Name, string? Value)[] Request(params (string Name, string? Value)[] parameters) =>
        [("response_mode", _responseMode), ("nonce", Nonce), ("state", State), .. parameters];

    /// <summary>Follows the service's answer through the login frontend back to the relying party.</summary>
    public async Task<Dictionary<string, string>> FollowAsync(Reply reply)
    {
        if (reply.Status == 302)
        {
            Uri? location = new Uri(reply.Header("Location")!);
            if (RelyingParty.QueryOf(location).TryGetValue("authRequest", out var requestId))
            {
                location = new Uri((await LetInAsync(requestId)).Expect(200).Text("callbackUrl"));
            }

            if (location.AbsoluteUri.StartsWith(Issuer, StringComparison.Ordinal))
            {
                // The page that posts the answer, or that gives the browser a cookie on its way.
                reply = await Client.Anonymous.GetAsync(location.PathAndQuery);
                Cookie = reply.Header("Set-Cookie");
                location = reply.Header("Location") is { } next ? new Uri(next) : null;
            }

            if (location is not null)
            {
                Assert.StartsWith(RelyingParty.RedirectUri, location.AbsoluteUri, StringComparison.Ordinal);
                Assert.Null(_responseMode);
                return Checked(RelyingParty.QueryOf(location));
            }
        }

        Assert.Equal("form_post", _responseMode);
        Assert.Contains($"action=\"{RelyingParty.RedirectUri}\"", reply.Expect(200).Body, StringComparison.Ordinal);
        return Checked(
            Inputs()
                .Matches(reply.Body)
                .ToDictionary(input => input.Groups["name"].Value, input => WebUtility.HtmlDecode(input.Groups["value"].Value))
        );
    }

    /// <summary>A login from the request to the tokens, whose id token must be right.</summary>
    public async Task<Reply> SignInAsync(params (string Name, string? Value)[] parameters) =>
        await CheckedAsync(await Client.RedeemAsync(CodeOf(await AuthorizeAsync(parameters))));

    /// <summary>The code of an answer, which must not be an error.</summary>
    public static string CodeOf(Dictionary<string, string> answer)
    {
        Assert.True(answer.ContainsKey("code"), $"expected a code, got {string.Join(", ", answer)}");
        return answer["code"];
    }

    /// <summary>Checks an answer of the token endpoint (OpenID Connect Core §3.1.3.3, §3.1.3.7).</summary>
    public async Task<Reply> CheckedAsync(Reply tokens)
    {
        Assert.Equal("Bearer", tokens.Expect(200).Text("token_type"));
        Assert.Contains("no-store", tokens.Header("Cache-Control"), StringComparison.Ordinal);
        var claims = await Jwt.VerifyAsync(Admin, tokens.Text("id_token"), "JWT");
        Assert.Equal(
            (Issuer, Client.Id, Human.Id),
            (claims["iss"]!.GetValue<string>(), claims["aud"]!.GetValue<string>(), claims["sub"]!.GetValue<string>())
        );
        Assert.InRange(claims["iat"]!.GetValue<long>(), Jwt.Now - 300, Jwt.Now + 5);
        Assert.True(claims["exp"]!.GetValue<long>() > Jwt.Now);
        return tokens;
    }

    /// <summary>What userinfo tells, which must be about this person.</summary>
    public async Task<Reply> UserInfoAsync(Reply tokens)
    {
        var info = (await Admin.As(tokens.Text("access_token")).GetAsync("/oidc/v1/userinfo")).Expect(200);
        Assert.Equal(Human.Id, info.Text("sub"));
        return info;
    }

    /// <summary>When the person of an id token logged in, in seconds.</summary>
    public static long AuthTimeOf(Reply tokens) => Jwt.Claims(tokens.Text("id_token"))["auth_time"]!.GetValue<long>();

    private static Task<RelyingParty> RegisterAsync(Api admin, params (string Name, object? Value)[] settings)
    {
        var address = new
        {
            name = "address",
            source = "CLAIM_SOURCE_METADATA",
            key = "address",
            json = true,
        };
        return RelyingParty.RegisterAsync(admin, [("claims", new object[] { address }), .. settings]);
    }

    private Dictionary<string, string> Checked(Dictionary<string, string> answer)
    {
        Assert.Equal((ExpectedState, Issuer), (answer.GetValueOrDefault("state"), answer.GetValueOrDefault("iss")));
        return answer;
    }

    private async Task<Reply> LetInAsync(string requestId)
    {
        var asked = (await Admin.GetAsync($"/v2/oidc/auth_requests/{requestId}")).Expect(200);
        var prompts = asked.Items("authRequest.prompt").Select(prompt => prompt.GetValue<string>()).ToList();
        if (_session is { } session && !prompts.Contains("PROMPT_LOGIN"))
        {
            var known = await Client.CompleteAsync(requestId, session);
            if (known.Status == 200)
            {
                return known;
            }
        }

        if (prompts.Contains("PROMPT_NONE"))
        {
            return await Client.CompleteAsync(requestId, new { error = new { error = "ERROR_REASON_LOGIN_REQUIRED" } });
        }

        // Who logs in again keeps the session.
        var again = _session is null ? null : await Admin.SetAsync(_session, new { checks = Human.OnlyPassword });
        _session = again?.Status == 200 ? _session!.After(again) : await Admin.OpenAsync(Human);
        Logins++;
        return await Client.CompleteAsync(requestId, _session);
    }

    [GeneratedRegex("name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Inputs();
}
