using System.Collections.Immutable;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.Logins;

/// <summary>
/// Maps authentication context classes (SAML Authentication Context §3.4, REFEDS, NIST) to levels of assurance, and back.
/// </summary>
internal static class ContextClasses
{
    private const string Mfa = "https://refeds.org/profile/mfa";

    private static readonly Dictionary<string, string> s_levels = new(StringComparer.Ordinal)
    {
        [SamlNames.UnspecifiedContext] = AuthenticationContext.Aal1,
        [SamlNames.PasswordProtectedTransport] = AuthenticationContext.Aal1,
        ["urn:oasis:names:tc:SAML:2.0:ac:classes:Password"] = AuthenticationContext.Aal1,
        ["https://refeds.org/profile/sfa"] = AuthenticationContext.Aal1,
        ["urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken"] = AuthenticationContext.Aal2,
        ["urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract"] = AuthenticationContext.Aal2,
        ["http://schemas.microsoft.com/claims/multipleauthn"] = AuthenticationContext.Aal2,
        [Mfa] = AuthenticationContext.Aal2,
    };

    /// <summary>Whether a class is known here.</summary>
    public static bool IsKnown(string contextClass) => Level(contextClass) is not null;

    /// <summary>
    /// The levels, any one of which is enough; <c>null</c> if no level here satisfies the request. A login is never too good, because it
    /// may be reported as a lower level. So <c>exact</c> needs at least one of the classes, and <c>maximum</c> accepts any login.
    /// </summary>
    public static ImmutableArray<string>? Wanted(ImmutableArray<string> classes, string comparison)
    {
        if (classes.IsEmpty)
        {
            return [];
        }

        ImmutableArray<string> levels = [.. classes.Select(Level).OfType<string>()];
        if (levels.IsEmpty)
        {
            return null;
        }

        switch (comparison)
        {
            case "exact" or "minimum":
                return levels;
            case "maximum":
                return [AuthenticationContext.Aal1];
            case "better":
                var best = levels.Max(level => AuthenticationContext.Rank(level));
                return AuthenticationContext.All.FirstOrDefault(level => AuthenticationContext.Rank(level) > best) is { } better
                    ? [better]
                    : null;
            default:
                return null;
        }
    }

    /// <summary>
    /// The class to report: the highest requested class that was reached, or else the class for what was proved. No class tells the levels
    /// above two factors, so where less than them would not do, they are told by their own names.
    /// </summary>
    public static string Reached(SamlRequest request, SamlSubject subject)
    {
        var reached = request
            .ContextClasses.Where(wanted => Level(wanted) is { } level && AuthenticationContext.Satisfies(subject.Acr, level))
            .MaxBy(wanted => AuthenticationContext.Rank(Level(wanted)!));
        return request.ContextComparison switch
        {
            "exact" or "maximum" when reached is not null => reached,
            "minimum" when reached is not null && IsAboveMfa(Level(reached)!) => reached,
            "better" when Wanted(request.ContextClasses, "better") is { IsEmpty: false } levels && IsAboveMfa(levels[0]) => subject.Acr,
            _ when AuthenticationContext.Satisfies(subject.Acr, AuthenticationContext.Aal2) => Mfa,
            _ => subject.HasPassword ? SamlNames.PasswordProtectedTransport : SamlNames.UnspecifiedContext,
        };
    }

    private static bool IsAboveMfa(string level) => !AuthenticationContext.Satisfies(AuthenticationContext.Aal2, level);

    private static string? Level(string contextClass) =>
        s_levels.GetValueOrDefault(contextClass) ?? AuthenticationContext.Normalize(contextClass);
}
