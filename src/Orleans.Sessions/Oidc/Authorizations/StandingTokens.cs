namespace Orleans.Sessions.Oidc.Authorizations;

/// <summary>
/// The access tokens that stand on one session, as their families have told it, so that whoever is shown a token asks one grain only. A family makes the session
/// forget before it acknowledges that a token has ended; what was heard is believed for ten seconds, so that a family that died in between is heard too.
/// </summary>
internal sealed class StandingTokens(GrainReferences<IAccessTokenSource> families, TimeProvider clock)
{
    private const int MaxTokens = 200;
    private static readonly TimeSpan s_believedFor = TimeSpan.FromSeconds(10);

    private readonly Dictionary<(string AuthorizationId, string TokenId), (AccessToken Token, long HeardAt)> _known = [];
    private int _forgotten;

    /// <summary>The token, unless it has ended.</summary>
    public ValueTask<AccessToken?> FindAsync(string authorizationId, string tokenId) =>
        _known.TryGetValue((authorizationId, tokenId), out var known) && clock.GetElapsedTime(known.HeardAt) < s_believedFor
            ? new(known.Token)
            : new(AskAsync(authorizationId, tokenId));

    /// <summary>Asks the family again when one of its tokens is asked about the next time.</summary>
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
        var (askedAt, forgotten) = (clock.GetTimestamp(), _forgotten);
        var token = await families.Get(GrainKeys.Authorization(authorizationId)).FindAccessTokenAsync(tokenId);

        // An answer that crossed with the end of a token may be from before it, and must not outlive this question.
        if (forgotten == _forgotten)
        {
            Remember(authorizationId, tokenId, token, askedAt);
        }

        return token;
    }

    private void Remember(string authorizationId, string tokenId, AccessToken? token, long askedAt)
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

        _known[(authorizationId, tokenId)] = (token, askedAt);
    }
}
