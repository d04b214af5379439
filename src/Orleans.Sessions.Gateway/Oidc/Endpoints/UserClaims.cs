using System.Collections.Immutable;
using System.Text.Json.Nodes;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>What userinfo and introspection tell of a user, by scope (surroundings §6.4).</summary>
internal sealed class UserClaims(OidcGrains grains)
{
    private const string ResourceOwnerScope = "urn:zitadel:iam:user:resourceowner";
    private const string MetadataScope = "urn:zitadel:iam:user:metadata";

    private static readonly HashSet<string> s_aboutUser =
        [Scopes.Profile, Scopes.Email, Scopes.Phone, ResourceOwnerScope, MetadataScope];

    /// <summary>The claims; empty when the user is gone.</summary>
    public async Task<Dictionary<string, OpenIddictParameter>> OfAsync(string userId, ImmutableArray<string> scopes, CancellationToken cancellationToken)
    {
        var claims = new Dictionary<string, OpenIddictParameter>(StringComparer.Ordinal);
        if (!scopes.Any(s_aboutUser.Contains))
        {
            return claims;
        }

        UserView user;
        try
        {
            user = await grains.CallAsync(() => grains.User(userId).GetAsync(Caller.InCluster), cancellationToken);
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.UserNotFound)
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
            claims[MetadataScope] = new JsonObject(user.Metadata.Select(
                entry => KeyValuePair.Create(entry.Key, (JsonNode?)Convert.ToBase64String(entry.Value.AsSpan()))));
        }

        return claims;
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
            claims[Claims.Gender] = profile.Gender switch { Gender.Female => "female", Gender.Male => "male", _ => "diverse" };
        }

        if (profile.PreferredLanguage is { Length: > 0 } and not "und")
        {
            claims[Claims.Locale] = profile.PreferredLanguage;
        }
    }
}
