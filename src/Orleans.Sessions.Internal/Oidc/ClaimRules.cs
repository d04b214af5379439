using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Orleans.Sessions.Oidc;

/// <summary>The limits of claims by configuration.</summary>
public static class ClaimRules
{
    /// <summary>The maximum size of a value, in bytes of UTF-8. Longer values of users are left out.</summary>
    public const int MaxValue = 4096;

    private const int MaxRules = 50;
    private const int MaxTogether = 16 * 1024;
    private const int MaxName = 200;
    private const int MaxKey = 200;

    /// <summary>The fields of users.</summary>
    public static readonly ImmutableArray<string> ProfileFields =
    [
        "userId",
        "userName",
        "organizationId",
        "displayName",
        "givenName",
        "familyName",
        "nickName",
        "preferredLanguage",
        "email",
        "phone",
    ];

    /// <summary>The value of one of these fields; <c>null</c> if the user has none.</summary>
    public static string? FieldOf(string field, UserView user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return field switch
        {
            "userId" => user.Id,
            "userName" => user.UserName,
            "organizationId" => user.Details.OrganizationId,
            "displayName" => user.Human?.Profile.DisplayName ?? user.Machine?.Name,
            "givenName" => user.Human?.Profile.GivenName,
            "familyName" => user.Human?.Profile.FamilyName,
            "nickName" => user.Human?.Profile.NickName,
            "preferredLanguage" => user.Human?.Profile.PreferredLanguage,
            "email" => user.Human?.Email.Address,
            "phone" => user.Human?.Phone?.Number,
            _ => null,
        };
    }

    /// <summary>Claims by which others decide whether and for whom a token is valid (RFC 7519, RFC 7662, OpenID Connect Core).</summary>
    private static readonly HashSet<string> s_reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "iss",
        "sub",
        "aud",
        "exp",
        "nbf",
        "iat",
        "jti",
        "azp",
        "nonce",
        "acr",
        "amr",
        "auth_time",
        "at_hash",
        "c_hash",
        "s_hash",
        "sid",
        "act",
        "may_act",
        "cnf",
        "client_id",
        "scope",
        "active",
        "token_type",
        "username",
        "events",
        "authorization_details",
        "email_verified",
        "phone_number_verified",
        "_claim_names",
        "_claim_sources",
    };

    private static readonly string[] s_reservedPrefixes = ["oi_", "urn:zitadel:"];

    /// <summary>Claims that another claim calls verified, each with the only field from which its value may come.</summary>
    private static readonly Dictionary<string, string> s_verified = new(StringComparer.OrdinalIgnoreCase)
    {
        ["email"] = "email",
        ["phone_number"] = "phone",
    };

    /// <summary>The broken rule; <c>null</c> if all hold.</summary>
    public static SessionError? FaultOf(IReadOnlyCollection<ClaimRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return AreTooMany(rules) ? SessionErrors.ClientClaimsTooMany
            : rules.Any(IsReserved) ? SessionErrors.ClientClaimNameReserved
            : rules.All(IsValid) ? null
            : SessionErrors.ClientClaimInvalid;
    }

    /// <summary>
    /// Whether the text is JSON whose strings can be read: an escape may stand for half a character, which no answer can contain.
    /// </summary>
    public static bool IsJson(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    _ = reader.GetString();
                }
            }

            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool AreTooMany(IReadOnlyCollection<ClaimRule> rules) =>
        rules.Count > MaxRules
        || rules.Select(rule => rule.Name).Distinct(StringComparer.Ordinal).Count() < rules.Count
        || rules.Sum(rule => Encoding.UTF8.GetByteCount(rule.Key)) > MaxTogether;

    private static bool IsReserved(ClaimRule rule) =>
        s_reserved.Contains(rule.Name)
        || s_reservedPrefixes.Any(prefix => rule.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        || (s_verified.TryGetValue(rule.Name, out var field) && !(rule.Source == ClaimSource.Profile && rule.Key == field));

    private static bool IsValid(ClaimRule rule) =>
        rule.Name.Length is > 0 and <= MaxName
        && rule.Name.All(c => c is > ' ' and <= '~')
        && (rule.Targets.IsDefaultOrEmpty || rule.Targets.All(target => Enum.IsDefined(target)))
        && rule.Source switch
        {
            ClaimSource.Profile => ProfileFields.Contains(rule.Key),
            ClaimSource.Metadata => rule.Key.Length is > 0 and <= MaxKey,
            ClaimSource.Fixed => Encoding.UTF8.GetByteCount(rule.Key) <= MaxValue && (!rule.IsJson || IsJson(rule.Key)),
            ClaimSource.Roles => rule.Key.Length <= MaxKey,
            _ => false,
        };
}
