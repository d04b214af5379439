using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc.Clients;

/// <summary>Who may register a client, and change its registration: rules about records.</summary>
internal static class RegistrationRules
{
    /// <summary>The maximum number of initial access tokens.</summary>
    public const int MaxTokens = 100;

    private const int MaxUses = 1000;
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(365);

    /// <summary>Fails with <c>OIDC-Cli03</c> if the token has too many uses or lives too long.</summary>
    public static void EnsureValid(InitialAccessToken token, DateTimeOffset now)
    {
        if (token.UsesLeft is < 1 or > MaxUses || token.ExpiresAt <= now || token.ExpiresAt > now + s_longest)
        {
            throw new SessionException(SessionErrors.InitialTokenInvalid);
        }
    }

    /// <summary>The tokens that have not expired.</summary>
    public static ImmutableArray<InitialAccessToken> Usable(ClientsRecord record, DateTimeOffset now) =>
        (record.InitialTokens ?? []).RemoveAll(token => token.ExpiresAt <= now);

    private static InitialAccessToken Find(ClientsRecord record, string text, DateTimeOffset now) =>
        OidcTokens.TryParse(text, OidcTokens.InitialAccess, out var id)
        && Usable(record, now).FirstOrDefault(token => token.Id == id) is { } found
        && TokenHash.Matches(found.Hash.AsSpan(), text)
            ? found
            : throw new SessionException(SessionErrors.TokenInvalid);

    /// <summary>
    /// The record after a use of the token. After its last use the token is gone. Fails with <c>AUTH-7fs1e</c> if there is no such token.
    /// </summary>
    public static ClientsRecord Used(ClientsRecord record, string text, DateTimeOffset now)
    {
        var found = Find(record, text, now);
        var tokens = Usable(record, now);
        return record with
        {
            InitialTokens = found.UsesLeft > 1 ? tokens.Replace(found, found with { UsesLeft = found.UsesLeft - 1 }) : tokens.Remove(found),
        };
    }

    /// <summary>The client, if this is its registration token. Otherwise fails with <c>AUTH-7fs1e</c>.</summary>
    public static OidcClient Proved(OidcClient? client, string registrationToken) =>
        client is { IsInactive: false, RegistrationTokenHash: { } hash } && TokenHash.Matches(hash.AsSpan(), registrationToken)
            ? client
            : throw new SessionException(SessionErrors.TokenInvalid);

    /// <summary>The client with what it may set itself.</summary>
    public static OidcClient Replaced(OidcClient existing, OidcClient client) =>
        ClientRules.WithCredentials(
            existing with
            {
                Name = client.Name,
                Kind = client.Kind,
                Authentication = client.Authentication,
                JsonWebKeys = client.JsonWebKeys,
                JwksUri = client.JwksUri,
                CertificateName = client.CertificateName,
                RedirectUris = client.RedirectUris,
                PostLogoutRedirectUris = client.PostLogoutRedirectUris,
                GrantTypes = client.GrantTypes,
                LogoUri = client.LogoUri,
                BackChannelLogoutUri = client.BackChannelLogoutUri,
                FrontChannelLogoutUri = client.FrontChannelLogoutUri,
                RequiresFrontChannelSession = client.RequiresFrontChannelSession,
                RequirePushedRequests = existing.RequirePushedRequests || client.RequirePushedRequests,
                SenderConstraint = client.SenderConstraint == SenderConstraint.None ? existing.SenderConstraint : client.SenderConstraint,
                IsUserInfoSigned = client.IsUserInfoSigned,
                RequestObjectAlgorithm = client.RequestObjectAlgorithm ?? existing.RequestObjectAlgorithm,
                RequiresSignedRequests = existing.RequiresSignedRequests || client.RequiresSignedRequests,
                RegisteredNotes = client.RegisteredNotes,
            },
            client.SecretHash
        );
}
