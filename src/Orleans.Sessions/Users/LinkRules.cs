using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Users;

/// <summary>Which links to external identities a user may have. Pure functions.</summary>
internal static class LinkRules
{
    private const int MaxLinks = 20;
    private const int MaxText = 200;
    private const int HandleBytes = 12;

    /// <summary>How long after a person was created their first link belongs to the creation.</summary>
    private static readonly TimeSpan s_creation = TimeSpan.FromMinutes(10);

    /// <summary>Fails with <c>COMMAND-6m9Kd</c> if the link cannot be stored.</summary>
    public static void EnsureValid(IdentityLink link)
    {
        if (!IsText(link.ProviderId) || !IsText(link.ExternalId) || !IsText(link.ExternalName))
        {
            throw new SessionException(SessionErrors.LinkInvalid);
        }
    }

    /// <summary>
    /// Fails with <c>COMMAND-Sfee2</c> unless the provider's policy allows the link. A link that exists is allowed, so that a repeated call
    /// succeeds.
    /// </summary>
    public static void EnsureAllowed(UserRecord user, IdentityLink link, IdentityProviderPolicy policy, DateTimeOffset now)
    {
        if (
            !policy.IsLinkingAllowed
            && !(policy.IsCreationAllowed && IsBeingCreated(user, now))
            && Find(user, link.ProviderId, link.ExternalId) is null
        )
        {
            throw new SessionException(SessionErrors.LinkNotAllowed);
        }
    }

    /// <summary>
    /// Whether the first link is still a part of the person's creation: the person was created a moment ago, and has no way to log in, no
    /// rights and no invitation yet. An invitation is for whoever has its code, which need not be the person who logs in at the provider.
    /// </summary>
    private static bool IsBeingCreated(UserRecord user, DateTimeOffset now) =>
        now - user.CreatedAt <= s_creation
        && user is { Roles: null or { IsEmpty: true }, InviteCode: null }
        && UserRules.Methods(user, domain: null).IsEmpty;

    /// <summary>The link of <paramref name="user"/> to this external identity; <c>null</c> if there is no such link.</summary>
    public static IdentityLink? Find(UserRecord? user, string providerId, string externalId) =>
        user?.Links?.FirstOrDefault(link => link.ProviderId == providerId && link.ExternalId == externalId);

    /// <summary>The handle by which sessions refer to the link that proved them.</summary>
    public static string HandleOf(string providerId, string externalId) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{providerId}\n{externalId}")).AsSpan(0, HandleBytes));

    /// <summary>The user with one more link. Fails with <c>COMMAND-Lnk20</c>. A link that already exists changes nothing.</summary>
    public static UserRecord Add(UserRecord user, IdentityLink link)
    {
        var links = user.Links ?? [];
        return Find(user, link.ProviderId, link.ExternalId) is not null ? user
            : links.Length < MaxLinks ? user with { Links = links.Add(link) }
            : throw new SessionException(SessionErrors.TooManyLinks);
    }

    /// <summary>The user without the link. Fails with <c>COMMAND-1M9xR</c>.</summary>
    public static UserRecord Remove(UserRecord user, string providerId, string externalId)
    {
        var removed = Find(user, providerId, externalId) ?? throw new SessionException(SessionErrors.LinkNotFound);
        var left = user.Links!.Value.Remove(removed);
        return user with { Links = left.IsEmpty ? null : left };
    }

    /// <summary>Whether a provider's confirmation of the person's address is enough to link the user.</summary>
    public static bool MayLinkAutomatically(UserRecord? user, string verifiedEmail) =>
        user is { State: UserState.Active, Kind: UserKind.Human, Roles: null or { IsEmpty: true } }
        && user.Email is { IsVerified: true, Address: var address }
        && TextKey.Of(address) == TextKey.Of(verifiedEmail);

    private static bool IsText(string text) => !string.IsNullOrWhiteSpace(text) && text.Length <= MaxText && !text.Any(char.IsControl);
}
