using System.Collections.Immutable;
using System.Text.Json.Nodes;
using OpenIddict.Abstractions;
using Orleans.Sessions.Gateway.Cluster;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>The claims about a user in userinfo and introspection, by scope (contract §13).</summary>
internal sealed class UserClaims(Grains grains, TimeProvider clock)
{
    private readonly RegistryCache<UserView> _recent = new(
        (id, cancellationToken) => grains.CallAsync(() => FindAsync(grains, id), cancellationToken),
        clock
    );

    private const string ResourceOwnerScope = "urn:zitadel:iam:user:resourceowner";
    private const string MetadataScope = "urn:zitadel:iam:user:metadata";

    private static readonly HashSet<string> s_aboutUser = [Scopes.Profile, Scopes.Email, Scopes.Phone, ResourceOwnerScope, MetadataScope];

    /// <summary>The current claims; empty if the user no longer exists.</summary>
    public async Task<Dictionary<string, OpenIddictParameter>> OfAsync(
        string userId,
        ImmutableArray<string> scopes,
        CancellationToken cancellationToken
    ) => IsAboutUser(scopes) ? Of(await grains.CallAsync(() => FindAsync(grains, userId), cancellationToken), scopes) : [];

    /// <summary>The current claims with these names, of those that OpenID Connect defines; empty if the user no longer exists.</summary>
    public async Task<Dictionary<string, OpenIddictParameter>> NamedAsync(
        string userId,
        ImmutableArray<string> names,
        CancellationToken cancellationToken
    ) =>
        names.IsDefaultOrEmpty
            ? []
            : (await OfAsync(userId, [Scopes.Profile, Scopes.Email, Scopes.Phone], cancellationToken))
                .Where(claim => names.Contains(claim.Key, StringComparer.Ordinal))
                .ToDictionary(StringComparer.Ordinal);

    /// <summary>A user; <c>null</c> if there is none. The result may be a second old.</summary>
    public ValueTask<UserView?> RecentAsync(string userId, CancellationToken cancellationToken) =>
        _recent.FindAsync(userId, cancellationToken);

    /// <summary>Whether there is a user with this id.</summary>
    public async Task<bool> ExistsAsync(string userId, CancellationToken cancellationToken) =>
        await grains.CallAsync(() => FindAsync(grains, userId), cancellationToken) is not null;

    /// <summary>
    /// The user of a token, if its scopes include claims about users and the user exists. APIs introspect for each of their requests, so
    /// the result may be a second old. It does not say whether the user may still log in.
    /// </summary>
    public ValueTask<UserView?> RecentUserAsync(TokenGrant grant, CancellationToken cancellationToken) =>
        !grant.IsForClient && IsAboutUser(grant.Scopes) ? _recent.FindAsync(grant.UserId, cancellationToken) : new((UserView?)null);

    /// <summary>The claims about a user for these scopes; empty without a user.</summary>
    public static Dictionary<string, OpenIddictParameter> Of(UserView? user, ImmutableArray<string> scopes)
    {
        var claims = new Dictionary<string, OpenIddictParameter>(StringComparer.Ordinal);
        if (user is null)
        {
            return claims;
        }

        if (scopes.Contains(Scopes.Profile))
        {
            AddProfile(claims, user);
        }

        if (scopes.Contains(Scopes.Email) && user.Human is { } human)
        {
            claims[Claims.Email] = human.Email.Address;
            claims[Claims.EmailVerified] = human.Email.IsVerified;
        }

        if (scopes.Contains(Scopes.Phone) && user.Human?.Phone is { } phone)
        {
            claims[Claims.PhoneNumber] = phone.Number;
            claims[Claims.PhoneNumberVerified] = phone.IsVerified;
        }

        if (scopes.Contains(ResourceOwnerScope))
        {
            claims[$"{ResourceOwnerScope}:id"] = user.Details.OrganizationId;
        }

        if (scopes.Contains(MetadataScope))
        {
            claims[MetadataScope] = new JsonObject(
                user.Metadata.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)Convert.ToBase64String(entry.Value.AsSpan())))
            );
        }

        return claims;
    }

    private static bool IsAboutUser(ImmutableArray<string> scopes)
    {
        foreach (var scope in scopes)
        {
            if (s_aboutUser.Contains(scope))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<UserView?> FindAsync(Grains grains, string userId)
    {
        try
        {
            return await grains.User(userId).GetAsync(Caller.InCluster);
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.UserNotFound)
        {
            return null;
        }
    }

    private static void AddProfile(Dictionary<string, OpenIddictParameter> claims, UserView user)
    {
        claims[Claims.PreferredUsername] = user.UserName;
        claims[Claims.UpdatedAt] = user.Details.ChangeDate.ToUnixTimeSeconds();
        if (user.Machine is { } machine)
        {
            claims[Claims.Name] = machine.Name;
        }

        if (user.Human?.Profile is not { } profile)
        {
            return;
        }

        claims[Claims.Name] = profile.DisplayName;
        claims[Claims.GivenName] = profile.GivenName;
        claims[Claims.FamilyName] = profile.FamilyName;
        if (profile.NickName.Length > 0)
        {
            claims[Claims.Nickname] = profile.NickName;
        }

        if (profile.Gender != Gender.Unspecified)
        {
            claims[Claims.Gender] = profile.Gender switch
            {
                Gender.Female => "female",
                Gender.Male => "male",
                _ => "diverse",
            };
        }

        if (profile.PreferredLanguage is { Length: > 0 } and not "und")
        {
            claims[Claims.Locale] = profile.PreferredLanguage;
        }
    }
}
