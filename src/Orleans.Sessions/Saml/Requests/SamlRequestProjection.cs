using Orleans.Sessions.States;

namespace Orleans.Sessions.Saml.Requests;

/// <summary>What the database must know about a SAML request: when it ends, and where its session has logged in under which name.</summary>
internal static class SamlRequestProjection
{
    public static Projection Of(SamlRequestRecord? before, SamlRequestRecord after) =>
        new(
            new SamlRequestColumns(after.ExpiresAt),
            after is { Login.SessionId: { } sessionId, NameId: { } nameId, SessionIndex: { } index } && before?.Login is null
                ?
                [
                    new ServiceProviderLoggedIn(
                        GrainKeys.Session(sessionId),
                        after.Request.EntityId,
                        nameId,
                        index,
                        after.CompletedAt ?? after.CreatedAt
                    ),
                ]
                : []
        );
}
