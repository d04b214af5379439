using System.Collections.Immutable;
using OpenIddict.Abstractions;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Orleans.Sessions.Gateway.Oidc.Demands;

/// <summary>
/// The resources that a request names as the only audiences of its tokens (RFC 8707). They must be registered for the client. A client for
/// which none are registered may send any: many clients always do, and then the registration and the scopes say whom a token is for.
/// </summary>
internal static class ResourceIndicators
{
    /// <summary>
    /// Where a request keeps them. OpenIddict has rules of its own for <c>resource</c>, and drops a parameter that is repeated when it
    /// stores a pushed request.
    /// </summary>
    private const string Kept = "kept_resources";

    /// <summary>Takes the resources out of OpenIddict's sight.</summary>
    public static void Keep(OpenIddictRequest request)
    {
        var named = request.GetResources();
        request.RemoveParameter(Parameters.Resource);
        request.RemoveParameter(Kept);
        if (!named.IsEmpty)
        {
            request[Kept] = string.Join(' ', named.Distinct(StringComparer.Ordinal));
        }
    }

    /// <summary>The resources that a client names; none if it cannot name any.</summary>
    public static ImmutableArray<string> Of(OidcClient client, OpenIddictRequest request) =>
        client.Resources is { IsDefaultOrEmpty: false } ? [.. Text(request).Split(' ', StringSplitOptions.RemoveEmptyEntries)] : [];

    /// <summary>Whether the client may name these resources.</summary>
    public static bool AreOf(OidcClient client, ImmutableArray<string> resources) =>
        resources.All(resource => (client.Resources ?? []).Contains(resource, StringComparer.Ordinal));

    /// <summary>The resources as the request keeps them.</summary>
    public static string Text(OpenIddictRequest request) => (string?)request[Kept] ?? "";
}
