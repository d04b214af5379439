using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Orleans.Sessions;

/// <summary>
/// Turns ids into grain keys and back. The prefixes matter: ADO.NET storage parses keys that look like hexadecimal numbers and lets
/// different ones share a row (dotnet/orleans#9706), and it fails on braces after it has written the row. So every key starts with a letter
/// that is not a hexadecimal digit, and ids with unusual characters are encoded.
/// </summary>
public static class GrainKeys
{
    /// <summary>The key of the one grain that knows this installation.</summary>
    public const string Instance = "instance";

    /// <summary>The key of the grain that holds the keys with which tokens are signed.</summary>
    public const string SigningKeys = "signing-keys";

    /// <summary>The key of the grain that holds the OpenID Connect clients.</summary>
    public const string OidcClients = "oidc-clients";

    /// <summary>The key of the grain that holds the keys and certificates with which SAML messages are signed.</summary>
    public const string SamlCertificates = "saml-certificates";

    /// <summary>The key of the grain that holds the SAML service providers.</summary>
    public const string SamlServiceProviders = "saml-service-providers";

    /// <summary>The key of the grain that counts how many messages may still be sent today.</summary>
    public const string MessageBudget = "message-budget";

    /// <summary>The key of the grain that holds the texts of login pages for the whole installation.</summary>
    public const string LoginTexts = "login-texts";

    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    );

    /// <summary>The key of a session's grain.</summary>
    public static string Session(string sessionId) => Encode('s', sessionId);

    /// <summary>The key of a user's grains.</summary>
    public static string User(string userId) => Encode('u', userId);

    /// <summary>The key of the grain that knows which user has a login name.</summary>
    public static string LoginName(string loginNameKey) => Encode('n', loginNameKey);

    /// <summary>The key of the grain of a login at an external provider.</summary>
    public static string Intent(string intentId) => Encode('i', intentId);

    /// <summary>The key of an OpenID Connect authorization's grain.</summary>
    public static string Authorization(string authorizationId) => Encode('o', authorizationId);

    /// <summary>The key of a SAML request's grain.</summary>
    public static string SamlRequest(string requestId) => Encode('q', requestId);

    /// <summary>The key of the grain of a SAML logout.</summary>
    public static string SamlLogout(string logoutId) => Encode('l', logoutId);

    /// <summary>The key of the grain of an answer that a SAML service provider fetches by an artifact.</summary>
    public static string SamlArtifact(string artifactId) => Encode('r', artifactId);

    /// <summary>The key of an organization's grain.</summary>
    public static string Organization(string organizationId) => Encode('g', organizationId);

    /// <summary>The key of the grain that holds the texts of login pages for one organization.</summary>
    public static string LoginTextsOf(string organizationId) => Encode('t', organizationId);

    /// <summary>The id behind a key.</summary>
    public static string Id(string key) => key[1] == '-' ? key[2..] : Encoding.UTF8.GetString(Base64Url.DecodeFromChars(key.AsSpan(2)));

    private static string Encode(char kind, string id) =>
        id.AsSpan().ContainsAnyExcept(s_plain) ? $"{kind}~{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id))}" : $"{kind}-{id}";
}
