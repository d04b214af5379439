using System.Collections.Immutable;

namespace Orleans.Sessions.Logins;

/// <summary>
/// The values of <c>acr</c>: the assurance level of a login, based on the authenticator assurance levels of NIST SP 800-63B-4.
/// </summary>
public static class AuthenticationContext
{
    /// <summary>One factor.</summary>
    public const string Aal1 = "aal1";

    /// <summary>Two different factors, or one passkey that verified the person.</summary>
    public const string Aal2 = "aal2";

    /// <summary><see cref="Aal2"/> with a passkey or security key, which resists phishing (OpenID EAP ACR values).</summary>
    public const string PhishingResistant = "phr";

    /// <summary>
    /// <see cref="PhishingResistant"/> with a key that certified hardware keeps, by its attestation, and that verified the person.
    /// </summary>
    public const string Aal3 = "aal3";

    /// <summary>All levels, the lowest first.</summary>
    public static readonly ImmutableArray<string> All = [Aal1, Aal2, PhishingResistant, Aal3];

    private const string NistPrefix = "http://idmanagement.gov/ns/assurance/aal/";

    /// <summary>The level that <paramref name="acr"/> means; <c>null</c> if this service does not know the value.</summary>
    public static string? Normalize(string acr) =>
        acr switch
        {
            Aal1 or NistPrefix + "1" => Aal1,
            Aal2 or NistPrefix + "2" => Aal2,
            PhishingResistant or NistPrefix + "2?phishing_resistant=true" => PhishingResistant,
            Aal3 or NistPrefix + "3" => Aal3,
            _ => null,
        };

    /// <summary>Whether a login of level <paramref name="actual"/> is enough if <paramref name="wanted"/> is required.</summary>
    public static bool Satisfies(string actual, string wanted) => Rank(actual) >= Rank(wanted);

    /// <summary>The level that a login must have: the least of the requested ones, but not less than the registration's.</summary>
    /// <param name="minimum">The level of the registration; <c>null</c> means <see cref="Aal1"/>.</param>
    /// <param name="requested">The requested levels; one of them is enough.</param>
    public static string Required(string? minimum, IEnumerable<string> requested)
    {
        var least = requested.OrderBy(Rank).FirstOrDefault(Aal1);
        return minimum is null || Rank(least) > Rank(minimum) ? least : minimum;
    }

    /// <summary>The rank of a level. A level satisfies all levels with a lower or equal rank.</summary>
    public static int Rank(string acr) =>
        acr switch
        {
            Aal3 => 4,
            PhishingResistant => 3,
            Aal2 => 2,
            _ => 1,
        };
}
