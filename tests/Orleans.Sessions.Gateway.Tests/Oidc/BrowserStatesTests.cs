using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Oidc;
using Orleans.Sessions.Gateway.Oidc.SessionManagement;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Gateway.Tests.Oidc;

/// <summary>The cookie and the <c>session_state</c> of OpenID Connect Session Management 1.0.</summary>
public sealed class BrowserStatesTests
{
    private const string Issuer = "https://login.example";

    private readonly BrowserStates _states = New(isOn: true);

    [Theory]
    [InlineData(Issuer, "__Host-op-browser-state", "samesite=none", true)]
    [InlineData("http://localhost:8080", "op-browser-state", "samesite=lax", false)]
    public void A_script_of_this_service_reads_the_cookie_in_a_frame(string issuer, string name, string sameSite, bool isSecure)
    {
        var http = new DefaultHttpContext();

        _states.Take(http, Answer("session-1", issuer: issuer));

        var cookie = Cookie(http).Split("; ");
        Assert.StartsWith($"{name}=", cookie[0], StringComparison.Ordinal);
        Assert.Contains("path=/", cookie);
        Assert.Contains(sameSite, cookie, StringComparer.OrdinalIgnoreCase);
        Assert.Equal(isSecure, cookie.Contains("secure", StringComparer.OrdinalIgnoreCase));
        Assert.DoesNotContain("httponly", cookie, StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain("session-1", cookie[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_state_is_that_of_the_session_and_of_this_installation()
    {
        Assert.Equal(StateOf(_states, "session-1"), StateOf(_states, "session-1"));
        Assert.NotEqual(StateOf(_states, "session-1"), StateOf(_states, "session-2"));
        Assert.NotEqual(StateOf(_states, "session-1"), StateOf(New(isOn: true), "session-1"));
    }

    [Fact]
    public void A_client_is_told_a_salted_hash_over_itself_its_origin_and_the_state()
    {
        var told = _states.Take(new DefaultHttpContext(), Answer("session-1"))!.Split('.');

        var hashed = $"shop https://shop.example {StateOf(_states, "session-1")} {told[1]}";
        Assert.Equal(2, told.Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hashed))), told[0]);
        Assert.NotEqual(told[1], _states.Take(new DefaultHttpContext(), Answer("session-1"))!.Split('.')[1]);
    }

    [Fact]
    public void A_failed_login_leaves_the_browser_its_state()
    {
        var http = With(StateOf(_states, "session-1"));

        Assert.NotNull(_states.Take(http, Answer(null)));

        Assert.Equal(0, http.Response.Headers.SetCookie.Count);
    }

    [Fact]
    public void Who_cannot_ask_is_told_nothing()
    {
        Assert.Null(_states.Take(new DefaultHttpContext(), Answer("session-1", redirectUri: "com.example.app:/signin")));
        Assert.Null(_states.Take(new DefaultHttpContext(), Answer("session-1", scope: "profile")));
        var off = new DefaultHttpContext();
        Assert.Null(New(isOn: false).Take(off, Answer("session-1")));
        Assert.Equal(0, off.Response.Headers.SetCookie.Count);
    }

    [Theory]
    [InlineData("session-1", true)]
    [InlineData("session-2", false)]
    [InlineData(null, true)]
    public void The_end_of_another_session_leaves_the_cookie(string? ended, bool isCleared)
    {
        var http = With(StateOf(_states, "session-1"));

        _states.Clear(http, Issuer, ended);

        Assert.Equal(
            isCleared,
            http.Response.Headers.SetCookie.ToString().StartsWith("__Host-op-browser-state=;", StringComparison.Ordinal)
        );
    }

    private static BrowserStates New(bool isOn) =>
        new(
            new SecretProtector(RandomNumberGenerator.GetBytes(SecretProtector.KeyBytes)),
            Options.Create(new OidcProviderOptions { SessionManagement = isOn })
        );

    private static RequestAnswer Answer(
        string? sessionId,
        string issuer = Issuer,
        string redirectUri = "https://shop.example/signin",
        string scope = "openid"
    ) =>
        new()
        {
            Request = new AuthorizationRequest
            {
                ClientId = "shop",
                Issuer = issuer,
                RedirectUri = redirectUri,
                Scopes = [scope],
            },
            CompletedAt = DateTimeOffset.UnixEpoch,
            ResourceOwner = "instance",
            SessionId = sessionId,
            Error = sessionId is null ? "access_denied" : null,
        };

    private static string StateOf(BrowserStates states, string sessionId)
    {
        var http = new DefaultHttpContext();
        states.Take(http, Answer(sessionId));
        return Cookie(http).Split(';')[0].Split('=')[1];
    }

    private static string Cookie(HttpContext http) => Assert.Single(http.Response.Headers.SetCookie)!;

    private static DefaultHttpContext With(string state)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = $"__Host-op-browser-state={state}";
        return http;
    }
}
