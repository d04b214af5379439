using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>The modules of the plans for logouts that the relying party starts.</summary>
public static class LogoutModules
{
    private const string Name = "oidcc-rp-initiated-logout";
    private const string Back = "post_logout_redirect_uri";

    private static readonly (string Name, string? Value) s_back = (Back, RelyingParty.PostLogoutRedirectUri);
    private static readonly (string Name, string? Value) s_state = ("state", "s-2");

    /// <summary>The modules about the browser's way.</summary>
    public static IReadOnlyList<ConformanceModule> RelyingPartyInitiated { get; } =
    [
        new($"{Name}-discovery-endpoint-verification", login => IsToldAsync(login, "end_session_endpoint")),
        new(Name, login => LogOutAsync(login, hint => [hint, s_back, s_state], EndsAt($"{RelyingParty.PostLogoutRedirectUri}?state=s-2"))),
        new($"{Name}-bad-id-token-hint", login => LogOutAsync(login, _ => [("id_token_hint", "x.y.z"), s_back, s_state], IsRefusedAsync)),
        new($"{Name}-modified-id-token-hint", login => LogOutAsync(login, hint => [Modified(hint), s_back, s_state], IsRefusedAsync)),
        new($"{Name}-no-id-token-hint", login => LogOutAsync(login, _ => [s_back, s_state], IsAskedAsync)),
        new($"{Name}-no-params", login => LogOutAsync(login, _ => [], IsAskedAsync)),
        new($"{Name}-no-post-logout-redirect-uri", login => LogOutAsync(login, hint => [hint, s_state], EndsAt(null))),
        new($"{Name}-no-state", login => LogOutAsync(login, hint => [hint, s_back], EndsAt(RelyingParty.PostLogoutRedirectUri))),
        new($"{Name}-only-state", login => LogOutAsync(login, _ => [s_state], IsAskedAsync)),
        new($"{Name}-bad-post-logout-redirect-uri", login =>
            LogOutAsync(login, hint => [hint, (Back, "https://elsewhere.example/"), s_state], IsRefusedAsync)
        ),
        new($"{Name}-query-added-to-post-logout-redirect-uri", login =>
            LogOutAsync(login, hint => [hint, (Back, $"{RelyingParty.PostLogoutRedirectUri}?foo=bar"), s_state], IsRefusedAsync)
        ),
    ];

    /// <summary>The modules about the notification of the relying party.</summary>
    public static IReadOnlyList<ConformanceModule> BackChannel { get; } =
    [
        new("oidcc-backchannel-logout-discovery-endpoint-verification", login =>
            IsToldAsync(login, "end_session_endpoint", "backchannel_logout_supported", "backchannel_logout_session_supported")
        ),
        new("oidcc-backchannel-rp-initiated-logout", BackChannelAsync),
    ];

    /// <summary>The modules about the frames in the browser.</summary>
    public static IReadOnlyList<ConformanceModule> FrontChannel { get; } =
    [
        new("oidcc-frontchannel-logout-discovery-endpoint-verification", login =>
            IsToldAsync(login, "end_session_endpoint", "frontchannel_logout_supported", "frontchannel_logout_session_supported")
        ),
        new("oidcc-frontchannel-rp-initiated-logout", FrontChannelAsync),
    ];

    private static async Task IsToldAsync(Conversation login, params string[] members)
    {
        var metadata = (await login.Admin.As(null).GetAsync("/.well-known/openid-configuration")).Expect(200);

        Assert.All(members, member => Assert.True(metadata.Has(member), metadata.Explain(member)));
        Assert.StartsWith($"{login.Issuer}/", metadata.Text("end_session_endpoint"), StringComparison.Ordinal);
    }

    /// <summary>Logs in, logs out with the parameters that are made of the id token, and looks at the answer and at the session.</summary>
    private static async Task LogOutAsync(
        Conversation login,
        Func<(string Name, string? Value), (string Name, string? Value)[]> parameters,
        Func<Conversation, Reply, Task> expectAsync
    )
    {
        var tokens = await login.SignInAsync();
        var address = QueryHelpers.AddQueryString(
            "/oidc/v1/end_session",
            parameters(("id_token_hint", tokens.Text("id_token"))).ToDictionary(parameter => parameter.Name, parameter => parameter.Value)
        );

        await expectAsync(login, await login.Client.Anonymous.GetAsync(address));
    }

    /// <summary>The session is over, and the browser is sent to this address, or to a page of the service.</summary>
    private static Func<Conversation, Reply, Task> EndsAt(string? address) =>
        async (login, reply) =>
        {
            var location = reply.Expect(302).Header("Location")!;
            if (address is null)
            {
                Assert.StartsWith($"{login.Issuer}/", location, StringComparison.Ordinal);
                (await login.Client.Anonymous.GetAsync(new Uri(location).PathAndQuery)).Expect(200);
            }
            else
            {
                Assert.Equal(address, location);
            }

            Assert.Equal("login_required", (await login.AuthorizeAsync(("prompt", "none"))).GetValueOrDefault("error"));
        };

    /// <summary>The person sees an error, and the session goes on.</summary>
    private static async Task IsRefusedAsync(Conversation login, Reply reply)
    {
        Assert.Null(reply.Expect(400).Header("Location"));
        Conversation.CodeOf(await login.AuthorizeAsync(("prompt", "none")));
    }

    /// <summary>Nobody knows which session is meant, so the person is asked, and nobody is sent to the relying party.</summary>
    private static async Task IsAskedAsync(Conversation login, Reply reply)
    {
        Assert.DoesNotContain(RelyingParty.PostLogoutRedirectUri, reply.Expect(302).Header("Location"), StringComparison.Ordinal);
        Conversation.CodeOf(await login.AuthorizeAsync(("prompt", "none")));
    }

    /// <summary>The hint with another signature.</summary>
    private static (string Name, string? Value) Modified((string Name, string? Value) hint)
    {
        var dot = hint.Value!.LastIndexOf('.') + 1;
        return (hint.Name, $"{hint.Value[..dot]}{(hint.Value[dot] == 'A' ? 'B' : 'A')}{hint.Value[(dot + 1)..]}");
    }

    private static async Task BackChannelAsync(Conversation login)
    {
        await using var receiver = new LogoutReceiver();
        await login.UseAsync(("backchannelLogoutUri", receiver.Address));
        var tokens = await login.SignInAsync();
        var known = Jwt.Claims(tokens.Text("id_token"));
        var address = QueryHelpers.AddQueryString("/oidc/v1/end_session", "id_token_hint", tokens.Text("id_token"));

        (await login.Client.Anonymous.GetAsync(address)).Expect(302);

        await receiver.WaitAsync(1, TimeSpan.FromSeconds(5));
        var told = await Jwt.VerifyAsync(login.Admin, Assert.Single(receiver.Tokens), "logout+jwt");
        Assert.Equal(
            (login.Issuer, login.Client.Id, known["sid"]!.GetValue<string>()),
            (told["iss"]!.GetValue<string>(), told["aud"]!.GetValue<string>(), told["sid"]!.GetValue<string>())
        );
        Assert.InRange(told["iat"]!.GetValue<long>(), Jwt.Now - 60, Jwt.Now + 5);
        Assert.True(told["exp"]!.GetValue<long>() > Jwt.Now - 5);
        Assert.NotNull(told["jti"]);
        Assert.NotNull(told["events"]!["http://schemas.openid.net/event/backchannel-logout"]);
        Assert.Null(told["nonce"]);
    }

    /// <summary>The browser visits the relying party in a frame, which names issuer and session, and then goes back to it.</summary>
    private static async Task FrontChannelAsync(Conversation login)
    {
        const string Logout = "http://localhost:5005/front-channel";
        await login.UseAsync(("frontchannelLogoutUri", Logout), ("frontchannelLogoutSessionRequired", true));
        var tokens = await login.SignInAsync();
        var sessionId = Jwt.Claims(tokens.Text("id_token"))["sid"]!.GetValue<string>();
        var address = QueryHelpers.AddQueryString(
            "/oidc/v1/end_session",
            new Dictionary<string, string?> { ["id_token_hint"] = tokens.Text("id_token"), [Back] = RelyingParty.PostLogoutRedirectUri }
        );

        var location = (await login.Client.Anonymous.GetAsync(address)).Expect(302).Header("Location")!;
        Assert.StartsWith($"{login.Issuer}/", location, StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode((await login.Client.Anonymous.GetAsync(new Uri(location).PathAndQuery)).Expect(200).Body);

        var frame = QueryHelpers.AddQueryString(Logout, new Dictionary<string, string?> { ["iss"] = login.Issuer, ["sid"] = sessionId });
        Assert.Contains($"src=\"{frame}\"", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{RelyingParty.PostLogoutRedirectUri}\"", page, StringComparison.Ordinal);
        Assert.Equal("login_required", (await login.AuthorizeAsync(("prompt", "none"))).GetValueOrDefault("error"));
    }
}
