using System.Collections.Immutable;
using System.Text;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Saml.ServiceProviders;

/// <summary>The limits of the attributes that a service provider gets by configuration.</summary>
internal static class AttributeRules
{
    private const int MaxRules = 50;
    private const int MaxName = 200;
    private const int MaxKey = 200;

    /// <summary>Whether there are not too many, with different names.</summary>
    public static bool AreFew(ImmutableArray<SamlAttributeRule> rules) =>
        rules.Length <= MaxRules && rules.Select(rule => rule.Name).Distinct(StringComparer.Ordinal).Count() == rules.Length;

    /// <summary>Whether names and source are right.</summary>
    public static bool IsValid(SamlAttributeRule rule) =>
        rule.Name.Length > 0
        && IsName(rule.Name)
        && IsName(rule.Format ?? "")
        && IsName(rule.FriendlyName ?? "")
        && rule.Source switch
        {
            ClaimSource.Profile => ClaimRules.ProfileFields.Contains(rule.Key),
            ClaimSource.Metadata => rule.Key.Length is > 0 and <= MaxKey,
            ClaimSource.Fixed => Encoding.UTF8.GetByteCount(rule.Key) <= ClaimRules.MaxValue
                && (!rule.IsJson || ClaimRules.IsJson(rule.Key)),
            ClaimSource.Roles => rule.Key.Length <= MaxKey,
            _ => false,
        };

    private static bool IsName(string name) => name.Length <= MaxName && name.All(c => c is > ' ' and <= '~');
}
