using Orleans.Sessions.Fuzz.Contract;
using Orleans.Sessions.Fuzz.Wire;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Journeys;

/// <summary>The journeys of clients of OpenID Connect.</summary>
public static class RelyingParties
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private const string TokenPath = "/oauth/v2/token";

    /// <summary>A login by code, the tokens and their use, a refresh, a token that is used twice, and the logout.</summary>
    public static async Task CodeFlowAsync(Traveller traveller)
    {
        var mode = traveller.Dice.Pick(["query", "fragment", "form_post"]);
        var sent = await traveller.VisitAsync(
            Surface.OAuth,
            "/oauth/v2/authorize",
            isPost: false,
            [.. Request(traveller), ("response_mode", mode)]
        );
        var address = await CompleteAsync(traveller, Traveller.Parameter(sent.Header("location"), "authRequest"));
        string code;
        if (mode == "form_post")
        {
            code = Traveller.Parameter(address, "ticket");
            await traveller.VisitAsync(
                Surface.OAuth,
                "/oauth/v2/authorize/callback",
                isPost: false,
                [("id", Traveller.Parameter(address, "id")), ("ticket", code)]
            );
        }
        else
        {
            code = Traveller.Parameter(address, "code");
        }

        await UseAsync(traveller, await RedeemAsync(traveller, code));
    }

    /// <summary>The same with a pushed request.</summary>
    public static async Task PushedAsync(Traveller traveller)
    {
        var pushed = await traveller.VisitAsync(Surface.OAuth, "/oauth/v2/par", isPost: true, Request(traveller), Basic(traveller));
        var uri = pushed.Find("request_uri")!;
        traveller.World.Known.Add(Thing.RequestUri, uri);
        var sent = await traveller.VisitAsync(
            Surface.OAuth,
            "/oauth/v2/authorize",
            isPost: false,
            [("client_id", traveller.World.Client.Id), ("request_uri", uri)]
        );
        var address = await CompleteAsync(traveller, Traveller.Parameter(sent.Header("location"), "authRequest"));
        await RedeemAsync(traveller, Traveller.Parameter(address, "code"));
    }

    /// <summary>A device login that a user approves.</summary>
    public static async Task DeviceAsync(Traveller traveller)
    {
        var world = traveller.World;
        var start = await traveller.VisitAsync(
            Surface.OAuth,
            "/oauth/v2/device_authorization",
            isPost: true,
            [("scope", "openid offline_access")],
            Basic(traveller)
        );
        var (device, user) = (start.Find("device_code")!, start.Find("user_code")!);
        world.Known.Add(Thing.DeviceCode, device);
        world.Known.Add(Thing.UserCode, user);
        var request = await traveller.CallAsync(world.LoginClient, "GetDeviceAuthorizationRequest", new { userCode = user });
        var id = People.Text(request, "deviceAuthorizationRequest.id");
        world.Known.Add(Thing.Device, id);
        var session = await People.OpenAsync(traveller);
        await traveller.CallAsync(
            world.LoginClient,
            "AuthorizeOrDenyDeviceAuthorization",
            new { deviceAuthorizationId = id, session = new { sessionId = session.Id, sessionToken = session.Token } }
        );
        await traveller.VisitAsync(
            Surface.OAuth,
            TokenPath,
            isPost: true,
            [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", device)],
            Basic(traveller)
        );
    }

    /// <summary>A session token is exchanged for an access token, without a browser.</summary>
    public static async Task ExchangeAsync(Traveller traveller)
    {
        var session = await People.OpenAsync(traveller);
        var tokens = await traveller.VisitAsync(
            Surface.OAuth,
            TokenPath,
            isPost: true,
            [
                ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
                ("subject_token", session.Token),
                ("subject_token_type", "urn:sessions:oauth:token-type:session_token"),
                ("scope", "openid profile"),
            ],
            Basic(traveller)
        );
        traveller.World.Known.Add(Thing.AccessToken, tokens.Find("access_token")!);
    }

    private static (string, string)[] Request(Traveller traveller) =>
        [
            ("client_id", traveller.World.Client.Id),
            ("redirect_uri", Vocabulary.RedirectUri),
            ("response_type", "code"),
            ("scope", "openid profile email offline_access"),
            ("state", traveller.Dice.Name("state")),
            ("nonce", "n"),
            ("code_challenge", Challenge),
            ("code_challenge_method", "S256"),
        ];

    private static async Task<string> CompleteAsync(Traveller traveller, string id)
    {
        var world = traveller.World;
        world.Known.Add(Thing.AuthRequest, id);
        await traveller.CallAsync(world.LoginClient, "GetAuthRequest", new { authRequestId = id });
        var session = await People.OpenAsync(traveller);
        var completed = await traveller.CallAsync(
            world.LoginClient,
            "CreateCallback",
            new { authRequestId = id, session = new { sessionId = session.Id, sessionToken = session.Token } }
        );
        return People.Text(completed, "callbackUrl");
    }

    private static async Task<FuzzReply> RedeemAsync(Traveller traveller, string code)
    {
        traveller.World.Known.Add(Thing.AuthorizationCode, code);
        return await traveller.VisitAsync(
            Surface.OAuth,
            TokenPath,
            isPost: true,
            [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Vocabulary.RedirectUri), ("code_verifier", Verifier)],
            Basic(traveller)
        );
    }

    private static async Task UseAsync(Traveller traveller, FuzzReply tokens)
    {
        var (access, refresh, id) = (tokens.Find("access_token")!, tokens.Find("refresh_token")!, tokens.Find("id_token")!);
        foreach (var (thing, token) in new[] { (Thing.AccessToken, access), (Thing.RefreshToken, refresh), (Thing.IdToken, id) })
        {
            traveller.World.Known.Add(thing, token);
        }

        await traveller.VisitAsync(Surface.OAuth, "/oidc/v1/userinfo", isPost: false, [], $"Bearer {access}");
        await traveller.VisitAsync(Surface.OAuth, "/oauth/v2/introspect", isPost: true, [("token", access)], Basic(traveller));
        var refreshed = await traveller.VisitAsync(
            Surface.OAuth,
            TokenPath,
            isPost: true,
            [("grant_type", "refresh_token"), ("refresh_token", refresh)],
            Basic(traveller)
        );
        await traveller.VisitAsync(
            Surface.OAuth,
            "/oauth/v2/revoke",
            isPost: true,
            [("token", refreshed.Find("refresh_token")!)],
            Basic(traveller)
        );
        await traveller.VisitAsync(
            Surface.OAuth,
            "/oidc/v1/end_session",
            isPost: false,
            [("id_token_hint", id), ("post_logout_redirect_uri", Vocabulary.PostLogoutRedirectUri), ("state", "s")]
        );
    }

    private static string Basic(Traveller traveller) => FuzzRequest.Basic(traveller.World.Client.Id, traveller.World.Client.Secret);
}
