using Orleans.Sessions.States;

namespace Orleans.Sessions.Oidc.Authorizations;

/// <summary>What the database must know about an authorization: whose it is, when it ends, and whom a logout tells.</summary>
internal static class AuthorizationProjection
{
    public static Projection Of(AuthorizationRecord? before, AuthorizationRecord after)
    {
        var login = after.Login is { SessionId: { } sessionId } ? (Key: GrainKeys.Session(sessionId), after.Login.UserId) : default;
        var isNew = login.Key is not null && before?.Login?.SessionId != after.Login!.SessionId;
        return new(
            new AuthorizationColumns(
                login.Key,
                after.Login is { IsClient: false } ? after.Login.UserId : null,
                after.ClientId,
                after.ExpiresAt
            ),
            isNew ? [new ClientLoggedIn(login.Key!, after.ClientId, after.Issuer, login.UserId)] : []
        );
    }
}
