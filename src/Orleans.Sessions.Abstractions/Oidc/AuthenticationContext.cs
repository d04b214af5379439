namespace Orleans.Sessions.Oidc;

/// <summary>
/// The values of <c>acr</c>: how sure a login is, after the authenticator assurance levels of NIST SP 800-63B. The third level
/// needs a proof that the key cannot leave its hardware, which is not looked at here, so it is never claimed.
/// </summary>
public static class AuthenticationContext
{
    /// <summary>One factor.</summary>
    public const string Aal1 = "aal1";

    /// <summary>Two different factors, or a passkey that verified the person.</summary>
    public const string Aal2 = "aal2";

    /// <summary><see cref="Aal2"/> with a passkey or security key, which cannot be phished (OpenID EAP ACR values).</summary>
    public const string PhishingResistant = "phr";

    private const string NistPrefix = "http://idmanagement.gov/ns/assurance/aal/";

    /// <summary>The value that <paramref name="acr"/> means; <c>null</c>: it is not known here.</summary>
    public static string? Normalize(string acr) => acr switch
    {
        Aal1 or NistPrefix + "1" => Aal1,
        Aal2 or NistPrefix + "2" => Aal2,
        PhishingResistant or NistPrefix + "2?phishing_resistant=true" => PhishingResistant,
        _ => null,
    };

    /// <summary>Whether a login of level <paramref name="actual"/> is enough where <paramref name="wanted"/> is asked for.</summary>
    public static bool Satisfies(string actual, string wanted) => Rank(actual) >= Rank(wanted);

    /// <summary>The place of a level among the others: a higher one satisfies a lower one.</summary>
    public static int Rank(string acr) => acr switch { PhishingResistant => 3, Aal2 => 2, _ => 1 };
}
