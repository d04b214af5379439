using System.Globalization;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Fuzz.Generation;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Contract;

/// <summary>Meaningful texts for fields, by field name. Without them every request would fail at the first rule.</summary>
public static class Vocabulary
{
    public const string Password = "Correct-Horse-7";
    public const string RedirectUri = "https://app.example/signed-in";
    public const string PostLogoutRedirectUri = "https://app.example/signed-out";
    public const string ConsumerUri = "https://sp.example/acs";
    public const string LogoutUri = "https://sp.example/slo";
    public const string FrontendUri = "https://login.example/idp";

    private const string KeySet = """
        {"keys":[{"kty":"EC","crv":"P-256","kid":"k","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
          "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}
        """;

    private const string Metadata = $"""
        <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://x.example/sp">
          <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
            <AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="{ConsumerUri}"/>
          </SPSSODescriptor>
        </EntityDescriptor>
        """;

    private static readonly string[] s_roles =
    [
        "IAM_OWNER",
        "IAM_OWNER_VIEWER",
        "IAM_ORG_MANAGER",
        "IAM_USER_MANAGER",
        "IAM_LOGIN_CLIENT",
        "ORG_OWNER",
        "ORG_USER_MANAGER",
        "PROJECT_OWNER",
    ];

    private static readonly string[] s_hashes =
    [
        "$2b$04$abcdefghijklmnopqrstuu5Lr2eDzHEbDyHCEp5Zf0Kx2vWfEbmWi",
        "$2y$10$abcdefghijklmnopqrstuu",
        "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$Rdesc4pSNzJ5nHGJQ0vGdJxHn+Yd3pWTdlYlFc0JOSY",
        "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$q6dMyN6VWZyEmkPXOBs1EA",
        "$pbkdf2-sha256$1000$c2FsdHNhbHQ$YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo",
        "$scrypt$ln=4,r=8,p=1$c2FsdHNhbHQ$YWJjZGVmZ2hpamtsbW5vcA",
        "$5$rounds=1000$saltsalt$KqyEt3DSTmTgpFJOCNvOiEdCCEANzNhAC5tVYVCaNN5",
        "$6$saltsalt$x",
        "$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/",
        "5f4dcc3b5aa765d61d8327deb882cf99",
        "plain",
    ];

    private static readonly Dictionary<string, Thing> s_things = new()
    {
        ["user_id"] = Thing.User,
        ["user_ids"] = Thing.User,
        ["login_client_id"] = Thing.User,
        ["hint_user_id"] = Thing.User,
        ["login_name"] = Thing.LoginName,
        ["user_name"] = Thing.LoginName,
        ["org_id"] = Thing.Organization,
        ["organization_id"] = Thing.Organization,
        ["session_id"] = Thing.Session,
        ["ids"] = Thing.Session,
        ["except_session_ids"] = Thing.Session,
        ["session_token"] = Thing.SessionToken,
        ["client_id"] = Thing.Client,
        ["idp_id"] = Thing.Provider,
        ["auth_request_id"] = Thing.AuthRequest,
        ["saml_request_id"] = Thing.SamlRequest,
        ["device_authorization_id"] = Thing.Device,
        ["user_code"] = Thing.UserCode,
        ["idp_intent_id"] = Thing.Intent,
        ["idp_intent_token"] = Thing.IntentToken,
        ["verification_code"] = Thing.VerificationCode,
        ["code"] = Thing.VerificationCode,
        ["token_id"] = Thing.AccessTokenId,
        ["key_id"] = Thing.KeyId,
        ["passkey_id"] = Thing.CredentialId,
        ["u2f_id"] = Thing.CredentialId,
    };

    private static readonly Dictionary<string, Func<Dice, string>> s_values = new()
    {
        ["username"] = dice => dice.Name("user"),
        ["email"] = dice => $"{dice.Name("mail")}@example.com",
        ["email_address"] = _ => "mail@example.com",
        ["user_emails"] = _ => "mail@example.com",
        ["phone"] = _ => "+4915112345678",
        ["number"] = _ => "+4915112345678",
        ["password"] = _ => Password,
        ["current_password"] = _ => Password,
        ["hash"] = dice => dice.Pick(s_hashes),
        ["roles"] = dice => dice.Pick(s_roles),
        ["totp_secret"] = _ => "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        ["preferred_language"] = dice => dice.Pick(["en", "de", "und", "xx-YY"]),
        ["language"] = _ => "de",
        ["locale"] = _ => "de",
        ["url_template"] = dice =>
            dice.Pick([
                "https://login.example/verify?code={{.Code}}&user={{.UserID}}",
                $"https://{Texts.Evil}/{{{{.Code}}}}",
                "javascript:alert('{{.Code}}')",
            ]),
        ["success_url"] = _ => $"{FrontendUri}/success",
        ["failure_url"] = _ => $"{FrontendUri}/failure",
        ["redirect_uris"] = _ => RedirectUri,
        ["post_logout_redirect_uris"] = _ => PostLogoutRedirectUri,
        ["backchannel_logout_uri"] = _ => "https://127.0.0.1:9/logout",
        ["frontchannel_logout_uri"] = _ => $"{new Uri(RedirectUri).GetLeftPart(UriPartial.Authority)}/logout",
        ["resources"] = _ => "https://api.example/v1",
        ["login_uri"] = _ => "https://login.example/login",
        ["grant_types"] = dice =>
            dice.Pick([
                "authorization_code",
                "refresh_token",
                "client_credentials",
                "urn:ietf:params:oauth:grant-type:device_code",
                "urn:ietf:params:oauth:grant-type:token-exchange",
            ]),
        ["minimum_acr"] = dice => dice.Pick(["", "aal1", "aal2", "phr"]),
        ["json_web_keys"] = _ => KeySet,
        ["scopes"] = dice => dice.Pick(["openid", "profile", "email", "offline_access", "orders.read"]),
        ["issuer"] = _ => "https://issuer.example",
        ["client_secret"] = _ => "secret",
        ["metadata"] = _ => Metadata,
        ["entity_id"] = dice => $"https://sp.example/{dice.Name("sp")}",
        ["location"] = _ => ConsumerUri,
        ["response_location"] = _ => LogoutUri,
        ["binding"] = dice =>
            dice.Pick(["", "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST", "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"]),
        ["name_id_formats"] = dice =>
            dice.Pick(["urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"]),
        ["signing_certificates"] = _ => "MIIB",
        ["encryption_certificate"] = _ => "MIIB",
        ["encryption_method"] = _ => "http://www.w3.org/2009/xmlenc11#aes256-gcm",
        ["domain"] = _ => "localhost",
        ["ip"] = dice => dice.Pick(["203.0.113.7", "2001:db8::1", "::ffff:10.0.0.1"]),
        ["fingerprint_id"] = dice => dice.Name("browser"),
    };

    /// <summary>A text for a field.</summary>
    public static string Text(Dice dice, FieldDescriptor field, Things targets)
    {
        var message = field.ContainingType.FullName;
        if (ThingOf(field, message) is { } thing && targets.Pick(dice, thing) is { } name)
        {
            return name;
        }

        if (targets.IsAttackers && field.Name is "success_url" or "failure_url" && dice.Chance(0.5))
        {
            return $"https://{Texts.Evil}/";
        }

        return s_values.TryGetValue(field.Name, out var value) ? value(dice)
            : field.Name.EndsWith("code", StringComparison.Ordinal) ? dice.Below(1_000_000).ToString("D6", CultureInfo.InvariantCulture)
            : $"{field.Name} {dice.Below(100)}";
    }

    private static Thing? ThingOf(FieldDescriptor field, string message) =>
        (field.Name, message) switch
        {
            ("user_id", "zitadel.user.v2.IDPLink") => null,
            ("user_id", "zitadel.user.v2.CreateUserRequest" or "zitadel.user.v2.AddHumanUserRequest") => null,
            ("client_id", "sessions.oidc.v1.CreateClientRequest") => null,
            ("client_id", _) when message.StartsWith("zitadel.admin.v1.", StringComparison.Ordinal) => null,
            ("id", _) when message.Contains("UserID", StringComparison.Ordinal) || message.Contains("Creator", StringComparison.Ordinal) =>
                Thing.User,
            ("id", _) when message.Contains("IDFilter", StringComparison.Ordinal) => Thing.User,
            ("id", _) when message.Contains("saml", StringComparison.Ordinal) && !message.Contains("Create", StringComparison.Ordinal) =>
                Thing.ServiceProvider,
            ("id", _) when message.Contains("IDP", StringComparison.Ordinal) || message.Contains("Provider", StringComparison.Ordinal) =>
                Thing.Provider,
            ("id", _) when message.Contains("Organization", StringComparison.Ordinal) => Thing.Organization,
            _ => s_things.TryGetValue(field.Name, out var thing) ? thing : null,
        };
}
