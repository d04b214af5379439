using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>
/// The modules of the plan for session management. They compute what the script of the service's page computes;
/// <c>SessionManagementTests</c> runs the script in a browser.
/// </summary>
public static class SessionModules
{
    private const string Cookie = "op-browser-state";

    /// <summary>The modules, in the order of the plan.</summary>
    public static IReadOnlyList<ConformanceModule> All { get; } =
    [
        new("oidcc-session-management-discovery-endpoint-verification", DiscoveryAsync),
        new("oidcc-session-management-rp-initiated-logout", LogOutAsync),
    ];

    private static async Task DiscoveryAsync(Conversation login)
    {
        var metadata = (await login.Admin.As(null).GetAsync("/.well-known/openid-configuration")).Expect(200);

        Assert.StartsWith($"{login.Issuer}/", metadata.Text("end_session_endpoint"), StringComparison.Ordinal);
        var page = new Uri(metadata.Text("check_session_iframe"));
        Assert.Equal(login.Issuer, page.GetLeftPart(UriPartial.Authority));
        (await login.Admin.As(null).GetAsync(page.PathAndQuery)).Expect(200);
    }

    private static async Task LogOutAsync(Conversation login)
    {
        var answer = await login.AuthorizeAsync();
        var state = answer["session_state"];
        var browser = login.Cookie!.Split(';')[0].Split('=', 2)[1];
        Assert.DoesNotContain(' ', state);
        Assert.Equal(state, Computed(login, browser, state));
        var tokens = await login.CheckedAsync(await login.Client.RedeemAsync(Conversation.CodeOf(answer)));

        var end = QueryHelpers.AddQueryString(
            "/oidc/v1/end_session",
            new Dictionary<string, string?>
            {
                ["id_token_hint"] = tokens.Text("id_token"),
                ["post_logout_redirect_uri"] = RelyingParty.PostLogoutRedirectUri,
            }
        );
        var ended = await login.Client.Anonymous.With("Cookie", $"{Cookie}={browser}").GetAsync(end);

        Assert.Equal(RelyingParty.PostLogoutRedirectUri, ended.Expect(302).Header("Location"));
        Assert.StartsWith($"{Cookie}=;", ended.Header("Set-Cookie"), StringComparison.Ordinal);
        Assert.NotEqual(state, Computed(login, "", state));
        var refused = await login.AuthorizeAsync(("prompt", "none"));
        Assert.Equal("login_required", refused["error"]);
        Assert.Equal(refused["session_state"], Computed(login, "", refused["session_state"]));
    }

    /// <summary>The state of a browser with this cookie, with the salt of a known state.</summary>
    private static string Computed(Conversation login, string browser, string known)
    {
        var origin = new Uri(RelyingParty.RedirectUri).GetLeftPart(UriPartial.Authority);
        var salt = known.Split('.')[1];
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{login.Client.Id} {origin} {browser} {salt}"));
        return $"{Convert.ToHexStringLower(hash)}.{salt}";
    }
}
