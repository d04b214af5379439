using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc;

/// <summary>The scopes this service understands, and what they do to a token's audience (surroundings §6.4, §8).</summary>
public static class OidcScopes
{
    /// <summary>Makes a token good for this service's own API.</summary>
    public const string ApiAudience = "urn:zitadel:iam:org:project:id:zitadel:aud";

    /// <summary>The audience of this service's own API.</summary>
    public const string Api = "zitadel";

    private const string AudiencePrefix = "urn:zitadel:iam:org:project:id:";
    private const string AudienceSuffix = ":aud";

    private static readonly ImmutableArray<string> s_standard = ["openid", "profile", "email", "phone"];

    /// <summary>The scopes that discovery names.</summary>
    public static ImmutableArray<string> Advertised => [.. s_standard, "offline_access"];

    /// <summary>
    /// Which of the <paramref name="requested"/> scopes are granted: those of this service and those the client is registered for; others are left
    /// out, which OAuth allows. <c>offline_access</c> needs the refresh grant.
    /// </summary>
    public static ImmutableArray<string> Grant(IEnumerable<string> requested, ImmutableArray<string> registered, bool mayRefresh) =>
        [.. requested.Distinct(StringComparer.Ordinal).Where(scope =>
            s_standard.Contains(scope) || registered.Contains(scope) || scope.StartsWith("urn:zitadel:iam:", StringComparison.Ordinal)
            || (scope == "offline_access" && mayRefresh))];

    /// <summary>Where a token with these scopes is good: at its client, and at what audience scopes name.</summary>
    public static ImmutableArray<string> Audiences(string clientId, ImmutableArray<string> scopes) =>
    [
        clientId,
        .. scopes.Where(scope => scope.StartsWith(AudiencePrefix, StringComparison.Ordinal) && scope.EndsWith(AudienceSuffix, StringComparison.Ordinal)
                && scope.Length > AudiencePrefix.Length + AudienceSuffix.Length)
            .Select(scope => scope[AudiencePrefix.Length..^AudienceSuffix.Length])
            .Where(audience => audience != clientId),
    ];
}
