using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Oidc.Authorizations;

/// <summary>What changes of an authorization mean for the audit trail: who let which client in, and what happens to its tokens.</summary>
internal static class AuthorizationTrail
{
    public static IEnumerable<AuditEvent> Of(StateChange<AuthorizationRecord> change)
    {
        var (before, after) = (change.Before, change.After);
        if (after.CompletedAt is not null && before is { CompletedAt: null })
        {
            yield return after.Failure is { } failure
                ? Of(after, AuditKinds.AuthorizationDenied) with
                {
                    Outcome = AuditOutcome.Refused,
                    Reason = failure.Error,
                }
                : Of(after, AuditKinds.AuthorizationGranted) with
                {
                    Detail = string.Join(' ', after.Scopes),
                };
        }

        var had = (before?.AccessTokens ?? []).ToDictionary(token => token.Id, StringComparer.Ordinal);
        var has = (after.AccessTokens ?? []).ToDictionary(token => token.Id, StringComparer.Ordinal);
        DateTimeOffset? issuedAt = null;
        foreach (var token in has.Values.Where(token => !had.ContainsKey(token.Id)))
        {
            issuedAt = token.IssuedAt;
            var isRefresh = before?.RefreshHash is not null;
            yield return ByClient(Of(after, isRefresh ? AuditKinds.TokenRefreshed : AuditKinds.TokenIssued)) with
            {
                Detail = token.Id,
            };
        }

        // A new token drops expired ones, which nobody revoked. It also drops the oldest token if there are too many.
        foreach (var token in had.Values.Where(token => !has.ContainsKey(token.Id) && !(token.ExpiresAt <= issuedAt)))
        {
            yield return ByClient(Of(after, AuditKinds.TokenRevoked)) with
            {
                Detail = token.Id,
                Reason = issuedAt is null ? null : "limit",
            };
        }

        if (after.RevokedAt is not null && before?.RevokedAt is null)
        {
            yield return ByClient(Of(after, AuditKinds.AuthorizationRevoked)) with
            {
                Reason = change.Reason,
            };
        }
    }

    private static AuditEvent Of(AuthorizationRecord authorization, AuditKind kind) =>
        AuditEvent.OfUser(
            kind,
            authorization.Login is { IsClient: false } login ? login.UserId : null,
            authorization.Login?.OrganizationId
        ) with
        {
            SessionId = authorization.Login?.SessionId,
            ClientId = authorization.ClientId,
        };

    /// <summary>
    /// A call that redeems, refreshes or revokes without a caller's token comes from the client, which is authenticated by then.
    /// </summary>
    private static AuditEvent ByClient(AuditEvent happened) => happened with { Anonymous = AuditActor.Client };
}
