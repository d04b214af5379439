using Orleans.Sessions.Logins;
using Orleans.Sessions.Oidc.Grants;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Oidc.Authorizations;

/// <content>What the authorization gave to its application, as shown to the person who logged in.</content>
internal sealed partial class AuthorizationGrain
{
    /// <inheritdoc/>
    public async Task<StandingGrant?> DescribeAsync(string userId)
    {
        if (await LoadAsync() is not { RevokedAt: null, Login: { SessionId: { } sessionId } login } record || login.UserId != userId)
        {
            return null;
        }

        var end = TokenFamilyRules.EndOf(record);
        if (Now >= end || await FindAliveAsync(login) is not { Session: var session })
        {
            return null;
        }

        var grantedAt = record.CompletedAt ?? record.CreatedAt;
        var grant = new UserGrant
        {
            Id = Id,
            ClientId = record.ClientId,
            Scopes = record.Scopes,
            Audiences = OidcScopes.Audiences(record.ClientId, record.Scopes),
            SessionId = sessionId,
            GrantedAt = grantedAt,
            LastUsedAt = (record.AccessTokens ?? []).Select(token => token.IssuedAt).Append(grantedAt).Max(),
            ExpiresAt = session.ExpiresAt < end ? session.ExpiresAt.Value : end,
            IsRefreshable = Now < record.RefreshExpiresAt,
        };
        return new StandingGrant(grant, record.ClientRegisteredAt, record.Request?.Resources);
    }

    /// <inheritdoc/>
    public async Task<bool> RevokeForAsync(string userId)
    {
        if (await LoadAsync() is not { Login: { } login } record || login.UserId != userId)
        {
            return false;
        }

        await RevokeAsync(record);
        return record.RevokedAt is null;
    }

    private async Task<FoundSession?> FindAliveAsync(SessionLogin login)
    {
        try
        {
            return await EnsureAliveAsync(login);
        }
        catch (SessionException exception)
            when (exception.Error == SessionErrors.GrantSessionEnded || exception.Error == SessionErrors.LinkUserNotActive)
        {
            return null;
        }
    }
}
