using System.Text;
using Orleans.Sessions.Fuzz.Contract;
using Orleans.Sessions.Fuzz.Generation;
using Orleans.Sessions.Fuzz.Wire;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Grammar;

/// <summary>Makes requests of OAuth2 and OpenID Connect. Knows the parameters of each endpoint and their possible values.</summary>
public sealed class OAuthGrammar(Dice dice, Things things)
{
    private static readonly (int Weight, (string Path, bool IsPost, string[] Parameters) Choice)[] s_endpoints =
    [
        (
            5,
            (
                "/oauth/v2/authorize",
                false,
                [
                    "client_id",
                    "redirect_uri",
                    "response_type",
                    "scope",
                    "state",
                    "nonce",
                    "code_challenge",
                    "code_challenge_method",
                    "response_mode",
                    "prompt",
                    "max_age",
                    "login_hint",
                    "ui_locales",
                    "acr_values",
                    "id_token_hint",
                    "request",
                    "request_uri",
                    "claims",
                    "display",
                    "audience",
                ]
            )
        ),
        (
            6,
            (
                "/oauth/v2/token",
                true,
                [
                    "grant_type",
                    "code",
                    "redirect_uri",
                    "code_verifier",
                    "refresh_token",
                    "scope",
                    "client_id",
                    "client_secret",
                    "device_code",
                    "assertion",
                    "client_assertion",
                    "client_assertion_type",
                    "subject_token",
                    "subject_token_type",
                    "actor_token",
                    "actor_token_type",
                    "requested_token_type",
                    "audience",
                    "resource",
                ]
            )
        ),
        (
            2,
            (
                "/oauth/v2/par",
                true,
                [
                    "client_id",
                    "client_secret",
                    "redirect_uri",
                    "response_type",
                    "scope",
                    "state",
                    "code_challenge",
                    "code_challenge_method",
                    "prompt",
                    "max_age",
                    "request_uri",
                ]
            )
        ),
        (2, ("/oauth/v2/introspect", true, ["token", "token_type_hint", "client_id", "client_secret"])),
        (2, ("/oauth/v2/revoke", true, ["token", "token_type_hint", "client_id", "client_secret"])),
        (2, ("/oauth/v2/device_authorization", true, ["client_id", "client_secret", "scope"])),
        (1, ("/oauth/v2/device", false, ["user_code"])),
        (2, ("/oidc/v1/userinfo", true, ["access_token"])),
        (
            3,
            (
                "/oidc/v1/end_session",
                false,
                ["id_token_hint", "client_id", "post_logout_redirect_uri", "state", "logout_hint", "ui_locales"]
            )
        ),
        (1, ("/oauth/v2/authorize/callback", false, ["id", "ticket"])),
        (1, ("/oauth/v2/keys", false, ["a"])),
        (1, ("/.well-known/openid-configuration", false, ["a"])),
        (1, ("/.well-known/oauth-authorization-server", false, ["issuer"])),
    ];

    /// <summary>A request to one of the endpoints.</summary>
    public FuzzRequest Make()
    {
        var (path, isPost, parameters) = dice.Pick(s_endpoints);
        var often = dice.Pick([0.25, 0.6, 0.9]);
        var form = new Form([.. parameters.Where((_, i) => dice.Chance(i < 4 ? 0.9 : often)).Select(name => (name, Value(name)))]);
        var request = (dice.Chance(0.6) ? form.Spoil(dice) : form).Send(dice, Surface.OAuth, path, isPost);
        return dice.Below(4) switch
        {
            0 => request.With("Authorization", $"Basic {Basic()}"),
            1 when things.Pick(dice, Thing.AccessToken) is { } token => request.By(token),
            _ => request,
        };
    }

    private string Basic()
    {
        var id = dice.Chance(0.2) ? Texts.Hostile(dice) : things.Pick(dice, Thing.Client) ?? "client";
        var secret = dice.Chance(0.3) ? Texts.Hostile(dice) : things.Pick(dice, Thing.ClientSecret) ?? "secret";
        var pair = dice.Chance(0.7) ? $"{Requests.Escape(id)}:{Requests.Escape(secret)}" : $"{id}:{secret}";
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(dice.Chance(0.9) ? pair : id));
        return dice.Chance(0.05) ? encoded + "=" : encoded;
    }

    private string Value(string name) =>
        name switch
        {
            "client_id" => things.Pick(dice, Thing.Client) ?? "client",
            "client_secret" => things.Pick(dice, Thing.ClientSecret) ?? "secret",
            "redirect_uri" => dice.Pick([
                Vocabulary.RedirectUri,
                Vocabulary.RedirectUri,
                $"{Vocabulary.RedirectUri}/../x",
                $"https://app.example@{Texts.Evil}/signed-in",
                $"https://{Texts.Evil}/",
                $"https://app.example.{Texts.Evil}/signed-in",
                "http://127.0.0.1:1/",
                "javascript:alert(1)",
            ]),
            "post_logout_redirect_uri" => dice.Pick([Vocabulary.PostLogoutRedirectUri, $"https://{Texts.Evil}/out", $"//{Texts.Evil}"]),
            "response_type" => dice.Pick(["code", "code", "code", "token", "id_token", "code id_token", "none", ""]),
            "response_mode" => dice.Pick(["query", "fragment", "form_post", "web_message", "x"]),
            "scope" => dice.Pick([
                "openid",
                "openid profile email offline_access",
                "openid urn:zitadel:iam:org:project:id:zitadel:aud",
                "urn:zitadel:iam:org:project:id:x:aud",
                "",
                "a  b",
                "orders.read",
            ]),
            "state" or "nonce" => dice.Chance(0.9) ? dice.Name("s") : $"\"'><{Texts.Script}",
            "code_challenge" => "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            "code_challenge_method" => dice.Pick(["S256", "S256", "plain", "s256", ""]),
            "code_verifier" => "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
            "prompt" => dice.Pick(["none", "login", "create", "none login", "consent", "select_account", "x"]),
            "max_age" => dice.Pick(["0", "3600", "-1", "99999999999999999999", "x"]),
            "acr_values" => dice.Pick(["aal2", "phr", "aal3", "x y z"]),
            "id_token_hint" => things.Pick(dice, Thing.IdToken) ?? "eyJhbGciOiJub25lIn0.e30.",
            "request" => "eyJhbGciOiJub25lIn0.e30.",
            "request_uri" => things.Pick(dice, Thing.RequestUri) ?? "urn:ietf:params:oauth:request_uri:x",
            "claims" => """{"id_token":{"acr":{"essential":true}}}""",
            "ui_locales" => "de en-GB x",
            "grant_type" => dice.Pick([
                "authorization_code",
                "refresh_token",
                "client_credentials",
                "urn:ietf:params:oauth:grant-type:device_code",
                "urn:ietf:params:oauth:grant-type:jwt-bearer",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "password",
                "implicit",
                "",
            ]),
            "code" => things.Pick(dice, Thing.AuthorizationCode) ?? "code",
            "refresh_token" => things.Pick(dice, Thing.RefreshToken) ?? "token",
            "device_code" => things.Pick(dice, Thing.DeviceCode) ?? "code",
            "user_code" => things.Pick(dice, Thing.UserCode) ?? "BBBB-BBBB",
            "assertion" or "client_assertion" => things.Pick(dice, Thing.IdToken) ?? "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhIn0.YQ",
            "client_assertion_type" => "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "subject_token" or "actor_token" => things.Pick(dice, dice.Pick([Thing.SessionToken, Thing.AccessToken, Thing.IdToken]))
                ?? "token",
            "subject_token_type" or "actor_token_type" or "requested_token_type" => dice.Pick([
                "urn:ietf:params:oauth:token-type:access_token",
                "urn:ietf:params:oauth:token-type:id_token",
                "urn:sessions:oauth:token-type:session_token",
                "urn:ietf:params:oauth:token-type:refresh_token",
                "urn:ietf:params:oauth:token-type:jwt",
                "x",
            ]),
            "token" or "access_token" => things.Pick(
                dice,
                dice.Pick([Thing.AccessToken, Thing.RefreshToken, Thing.IdToken, Thing.SessionToken])
            ) ?? "token",
            "token_type_hint" => dice.Pick(["access_token", "refresh_token", "x"]),
            "audience" or "resource" => dice.Pick(["zitadel", "https://api.example", things.Pick(dice, Thing.Client) ?? "x"]),
            "id" => things.Pick(dice, Thing.AuthRequest) ?? "V2_1",
            "ticket" => things.Pick(dice, Thing.AuthorizationCode) ?? "x",
            "login_hint" or "logout_hint" => things.Pick(dice, Thing.LoginName) ?? "somebody",
            _ => dice.Name("x"),
        };
}
