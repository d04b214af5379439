using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// The scopes of this service, and how they change the audience of a token. A client gets tokens for itself and for the applications of its
/// project. It gets tokens for this service's API, or for the APIs of other clients, only if its registration lists the audience scope.
/// Without this rule, every application would get the person's rights in this service's API, and could pretend to be another application
/// at that application's API.
/// </summary>
public static class OidcScopes
{
    /// <summary>Makes a token valid for this service's own API.</summary>
    public const string ApiAudience = "urn:zitadel:iam:org:project:id:zitadel:aud";

    /// <summary>The audience of this service's own API.</summary>
    public const string Api = "zitadel";

    /// <summary>Asks for the roles in the client's project, and in all projects that audience scopes name.</summary>
    public const string AllRoles = "urn:zitadel:iam:org:projects:roles";

    /// <summary>The same: it is the name of the claim.</summary>
    public const string ProjectRoles = "urn:zitadel:iam:org:project:roles";

    private const string RolePrefix = "urn:zitadel:iam:org:project:role:";
    private const string Prefix = "urn:zitadel:iam:";
    private const string AudiencePrefix = "urn:zitadel:iam:org:project:id:";
    private const string AudienceSuffix = ":aud";

    private static readonly ImmutableArray<string> s_standard = ["openid", "profile", "email", "phone"];

    /// <summary>The scopes that the discovery document lists.</summary>
    public static ImmutableArray<string> Advertised => [.. s_standard, "offline_access"];

    /// <summary>
    /// The <paramref name="requested"/> scopes that a client gets: those of this service, and those for which the client is registered.
    /// Other scopes are left out, which OAuth allows. <c>offline_access</c> needs the refresh grant, and an audience needs a registration
    /// that lists it.
    /// </summary>
    public static ImmutableArray<string> Grant(IEnumerable<string> requested, OidcClient client, bool mayRefresh)
    {
        ArgumentNullException.ThrowIfNull(client);
        return
        [
            .. requested
                .Distinct(StringComparer.Ordinal)
                .Where(scope =>
                    IsOwn(scope) ? IsPermitted(scope, client) : client.Scopes.Contains(scope) || (scope == "offline_access" && mayRefresh)
                ),
        ];
    }

    /// <summary>
    /// The <paramref name="requested"/> scopes that a service account gets. A service account acts only for itself, so it may name any
    /// audience.
    /// </summary>
    public static ImmutableArray<string> GrantToServiceAccount(IEnumerable<string> requested) =>
        [.. requested.Distinct(StringComparer.Ordinal).Where(IsOwn)];

    /// <summary>
    /// The <paramref name="requested"/> scopes that a client gets for itself: its own ones, and the audiences for which it is registered.
    /// Scopes about a person mean nothing there.
    /// </summary>
    public static ImmutableArray<string> GrantToClient(IEnumerable<string> requested, OidcClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return
        [
            .. requested
                .Distinct(StringComparer.Ordinal)
                .Where(scope => AudienceOf(scope) is null ? !IsOwn(scope) && client.Scopes.Contains(scope) : IsPermitted(scope, client)),
        ];
    }

    /// <summary>
    /// The granted scopes without the audiences for which the client is no longer registered. Returns the same array if nothing is removed.
    /// </summary>
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

    /// <summary>The audiences of a token with these scopes: its client, and those that audience scopes name.</summary>
    public static ImmutableArray<string> Audiences(string clientId, ImmutableArray<string> scopes) =>
        [clientId, .. Named(scopes).Where(audience => audience != clientId)];

    /// <summary>The scopes without those that name other audiences than these.</summary>
    public static ImmutableArray<string> OnlyFor(ImmutableArray<string> scopes, IReadOnlyCollection<string> audiences) =>
        scopes.RemoveAll(scope => AudienceOf(scope) is { } audience && !audiences.Contains(audience));

    /// <summary>The audiences that scopes name.</summary>
    public static IEnumerable<string> Named(ImmutableArray<string> scopes) =>
        scopes.Select(AudienceOf).OfType<string>().Where(audience => audience.Length > 0);

    /// <summary>The roles that scopes ask for by their keys.</summary>
    public static IEnumerable<string> Roles(ImmutableArray<string> scopes) =>
        scopes
            .Where(scope => scope.StartsWith(RolePrefix, StringComparison.Ordinal) && scope.Length > RolePrefix.Length)
            .Select(scope => scope[RolePrefix.Length..]);

    private static bool IsOwn(string scope) => s_standard.Contains(scope) || scope.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>
    /// Whether the client may have the scope without being registered for it, or is registered for it. A client that registered itself may
    /// have no scope of this service, such as a person's metadata, until an administrator adds it.
    /// </summary>
    private static bool IsPermitted(string scope, OidcClient client) =>
        (
            AudienceOf(scope) is { } audience
                ? audience != Api && (audience == client.Id || audience == client.ProjectId)
                : client.RegistrationTokenHash is null || !scope.StartsWith(Prefix, StringComparison.Ordinal)
        ) || client.Scopes.Contains(scope);

    /// <summary>The audience that a scope names; <c>null</c> if the scope names no audience.</summary>
    private static string? AudienceOf(string scope) =>
        scope.Length >= AudiencePrefix.Length + AudienceSuffix.Length
        && scope.StartsWith(AudiencePrefix, StringComparison.Ordinal)
        && scope.EndsWith(AudienceSuffix, StringComparison.Ordinal)
            ? scope[AudiencePrefix.Length..^AudienceSuffix.Length]
            : null;

    /// <summary>
    /// The grant without the audiences for which its client is no longer registered. Returns the same object if nothing is removed.
    /// </summary>
    public static TokenGrant Within(this TokenGrant grant, OidcClient client)
    {
        ArgumentNullException.ThrowIfNull(grant);
        var scopes = Within(grant.Scopes, client);
        if (!grant.Resources.IsDefaultOrEmpty)
        {
            var left = grant.Audiences.RemoveAll(audience => !(client.Resources ?? []).Contains(audience, StringComparer.Ordinal));
            return scopes == grant.Scopes && left.Length == grant.Audiences.Length
                ? grant
                : grant with
                {
                    Scopes = scopes,
                    Audiences = left,
                };
        }

        return scopes == grant.Scopes ? grant : grant with { Scopes = scopes, Audiences = Audiences(grant.ClientId, scopes) };
    }

    /// <summary>
    /// Whether a client may be told about the token: it is the token's client, or an audience, or belongs to a project that is one.
    /// </summary>
    public static bool IsFor(this TokenGrant grant, OidcClient client)
    {
        ArgumentNullException.ThrowIfNull(grant);
        ArgumentNullException.ThrowIfNull(client);
        return grant.ClientId == client.Id
            || grant.Audiences.Contains(client.Id)
            || (client.ProjectId is { } projectId && grant.Audiences.Contains(projectId));
    }
}
