using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// The scopes this service understands, and what they do to a token's audience. A client gets tokens for itself; for this service's API, and for other clients' APIs, only
/// if its registration lists the audience scope: otherwise every application that a person logs in to had the person's rights here, and could pass for any other at its API.
/// </summary>
public static class OidcScopes
{
    /// <summary>Makes a token good for this service's own API.</summary>
    public const string ApiAudience = "urn:zitadel:iam:org:project:id:zitadel:aud";

    /// <summary>The audience of this service's own API.</summary>
    public const string Api = "zitadel";

    private const string Prefix = "urn:zitadel:iam:";
    private const string AudiencePrefix = "urn:zitadel:iam:org:project:id:";
    private const string AudienceSuffix = ":aud";

    private static readonly ImmutableArray<string> s_standard = ["openid", "profile", "email", "phone"];

    /// <summary>The scopes that discovery names.</summary>
    public static ImmutableArray<string> Advertised => [.. s_standard, "offline_access"];

    /// <summary>
    /// Which of the <paramref name="requested"/> scopes a client is granted: those of this service and those it is registered for; others are left
    /// out, which OAuth allows. <c>offline_access</c> needs the refresh grant, and an audience a registration that lists it.
    /// </summary>
    public static ImmutableArray<string> Grant(IEnumerable<string> requested, OidcClient client, bool mayRefresh)
    {
        ArgumentNullException.ThrowIfNull(client);
        return [.. requested.Distinct(StringComparer.Ordinal).Where(scope =>
            IsOwn(scope) ? IsPermitted(scope, client) : client.Scopes.Contains(scope) || (scope == "offline_access" && mayRefresh))];
    }

    /// <summary>Which of the <paramref name="requested"/> scopes a service account is granted: it speaks for itself only, so it may do so wherever it likes.</summary>
    public static ImmutableArray<string> GrantToServiceAccount(IEnumerable<string> requested) =>
        [.. requested.Distinct(StringComparer.Ordinal).Where(IsOwn)];

    /// <summary>What is left of granted scopes once a client is registered for fewer audiences; the same array if nothing is missing.</summary>
    public static ImmutableArray<string> Within(ImmutableArray<string> granted, OidcClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        foreach (var scope in granted)
        {
            if (!IsPermitted(scope, client))
            {
                return [.. granted.Where(scope => IsPermitted(scope, client))];
            }
        }

        return granted;
    }

    /// <summary>Where a token with these scopes is good: at its client, and at what audience scopes name.</summary>
    public static ImmutableArray<string> Audiences(string clientId, ImmutableArray<string> scopes) =>
    [
        clientId,
        .. scopes.Select(AudienceOf).OfType<string>().Where(audience => audience.Length > 0 && audience != clientId),
    ];

    private static bool IsOwn(string scope) => s_standard.Contains(scope) || scope.StartsWith(Prefix, StringComparison.Ordinal);

    private static bool IsPermitted(string scope, OidcClient client) => AudienceOf(scope) is not { } audience
        || (audience == client.Id && audience != Api) || client.Scopes.Contains(scope);

    /// <summary>The audience that a scope names; <c>null</c>: it names none.</summary>
    private static string? AudienceOf(string scope) =>
        scope.Length >= AudiencePrefix.Length + AudienceSuffix.Length
        && scope.StartsWith(AudiencePrefix, StringComparison.Ordinal) && scope.EndsWith(AudienceSuffix, StringComparison.Ordinal)
            ? scope[AudiencePrefix.Length..^AudienceSuffix.Length]
            : null;
}
