using Orleans.Sessions.Cluster;

namespace Orleans.Sessions.Tokens;

/// <summary>
/// The access tokens that depend on one session, as reported by their families. A caller with a token therefore asks only one grain. A
/// family makes the session forget its tokens before it acknowledges that one has ended. A report is trusted for ten seconds, in case a
/// family dies between the two steps, and not when nodes join or leave, because the family may then tell another activation of the session.
/// </summary>
internal sealed class AccessTokenCache(
    GrainReferences<IAccessTokenSource> families,
    TakeoverFence fence,
    GrainRegistration registration,
    TimeProvider clock
)
{
    private const int MaxTokens = 200;
    private static readonly TimeSpan s_believedFor = TimeSpan.FromSeconds(10);

    private readonly Dictionary<(string AuthorizationId, string TokenId), (AccessToken Token, long HeardAt, long Epoch)> _known = [];
    private int _forgotten;

    /// <summary>The token; <c>null</c> if it has ended.</summary>
    public ValueTask<AccessToken?> FindAsync(string authorizationId, string tokenId) =>
        _known.TryGetValue((authorizationId, tokenId), out var known)
        && clock.GetElapsedTime(known.HeardAt) < s_believedFor
        && registration.HasHeardAllSince(known.Epoch)
            ? new(known.Token)
            : new(AskAsync(authorizationId, tokenId));

    /// <summary>Makes the next question about one of the family's tokens ask the family again.</summary>
    public void Forget(string authorizationId)
    {
        _forgotten++;
        foreach (var key in _known.Keys.Where(key => key.AuthorizationId == authorizationId).ToList())
        {
            _known.Remove(key);
        }
    }

    private async Task<AccessToken?> AskAsync(string authorizationId, string tokenId)
    {
        var (askedAt, epoch, forgotten) = (clock.GetTimestamp(), fence.Epoch, _forgotten);
        var token = await families.Get(GrainKeys.Authorization(authorizationId)).FindAccessTokenAsync(tokenId);

        // An answer that crossed with the end of a token may be older than the end, so it must not be cached.
        if (forgotten == _forgotten)
        {
            Remember(authorizationId, tokenId, token, askedAt, epoch);
        }

        return token;
    }

    private void Remember(string authorizationId, string tokenId, AccessToken? token, long askedAt, long epoch)
    {
        if (token is null)
        {
            _known.Remove((authorizationId, tokenId));
            return;
        }

        if (_known.Count >= MaxTokens)
        {
            _known.Clear();
        }

        _known[(authorizationId, tokenId)] = (token, askedAt, epoch);
    }
}
