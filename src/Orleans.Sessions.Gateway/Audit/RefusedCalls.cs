using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Gateway.Audit;

/// <summary>Counts refused calls, and wrong proofs outside of sessions. The session grain counts wrong proofs in a session.</summary>
internal sealed class RefusedCalls(FailureCounts counts, CallOrigins origins)
{
    private static readonly HashSet<SessionError> s_wrongProofs =
    [
        SessionErrors.PasswordInvalid,
        SessionErrors.PasswordUserLocked,
        SessionErrors.PasswordLockedMeanwhile,
        SessionErrors.CodeInvalid,
        SessionErrors.CodeExpired,
        SessionErrors.TotpInvalid,
        SessionErrors.PasskeyCodeInvalid,
    ];

    /// <summary>Logins that do not prove enough for the application that asks.</summary>
    private static readonly HashSet<SessionError> s_weakLogins =
    [
        SessionErrors.LinkFactorMissing,
        SessionErrors.LinkTooOld,
        SessionErrors.LinkLoginWanted,
        SessionErrors.LinkSecondFactorMissing,
        SessionErrors.LinkPasskeyMissing,
        SessionErrors.LinkHardwareKeyMissing,
        SessionErrors.LinkPolicyWantsMore,
        SessionErrors.LinkPasswordOutdated,
        SessionErrors.LinkOtherUser,
        SessionErrors.LinkEmailUnverified,
    ];

    /// <summary>Counts a call that failed with <paramref name="error"/>, if the error matters for security.</summary>
    /// <param name="http">The request.</param>
    /// <param name="caller">The caller; <c>null</c> if the caller is not known.</param>
    /// <param name="method">The method's name in the contract.</param>
    /// <param name="request">The request's message, if it was read.</param>
    /// <param name="error">The error that the call failed with.</param>
    public void Count(HttpContext http, Caller? caller, string method, IMessage? request, SessionError error)
    {
        var (kind, outcome) = KindOf(error, method);
        if (kind is not null)
        {
            Count(
                http,
                caller,
                kind,
                outcome,
                error.Id.Length > 0 ? error.Id : error.Text,
                kind == AuditKinds.CredentialRefused ? ("user", UserOf(request)) : ("method", method)
            );
        }
    }

    /// <summary>
    /// Counts a request that a protocol endpoint refused because there were too many. Does nothing if the request failed for another
    /// reason.
    /// </summary>
    public void CountLimited(HttpContext http, Exception exception)
    {
        if (exception is SessionException { Error: { Code: ErrorCode.ResourceExhausted } error })
        {
            Count(http, AuditKinds.CallLimited, error.Id);
        }
    }

    /// <summary>Counts a protocol message that an endpoint did not accept.</summary>
    /// <param name="http">The request.</param>
    /// <param name="kind">The kind of event.</param>
    /// <param name="reason">The reason, in this service's own words.</param>
    /// <param name="clientId">The client that sent the message, if it is a registered client.</param>
    public void Count(HttpContext http, AuditKind kind, string reason, string? clientId = null) =>
        Count(
            http,
            caller: null,
            kind,
            kind == AuditKinds.CallLimited ? AuditOutcome.Refused : AuditOutcome.Failure,
            reason,
            ("endpoint", http.Request.Path.Value),
            clientId
        );

    private void Count(
        HttpContext http,
        Caller? caller,
        AuditKind kind,
        AuditOutcome outcome,
        string reason,
        (string Kind, string? Id) target,
        string? clientId = null
    )
    {
        var origin = origins.Of(http, caller);
        counts.Add(
            new AuditRow
            {
                At = default,
                Kind = kind.Name,
                Outcome = outcome,
                Reason = AuditText.Clean(reason),
                ActorKind = origin.ActorKind,
                ActorId = AuditText.Clean(origin.ActorId),
                OrganizationId = AuditText.Clean(origin.ActorOrganizationId),
                TargetKind = target.Id is null ? null : target.Kind,
                TargetId = AuditText.Clean(target.Id),
                Source = origin.Source,
                UserAgent = origin.UserAgent,
                ClientId = AuditText.Clean(clientId ?? origin.ClientId),
                RequestId = AuditText.Clean(origin.RequestId),
            }
        );
    }

    private static (AuditKind? Kind, AuditOutcome Outcome) KindOf(SessionError error, string method) =>
        error.Code switch
        {
            ErrorCode.Unauthenticated => (AuditKinds.CallUnauthenticated, AuditOutcome.Failure),
            ErrorCode.PermissionDenied => (AuditKinds.CallDenied, AuditOutcome.Refused),
            ErrorCode.ResourceExhausted => (AuditKinds.CallLimited, AuditOutcome.Refused),
            _ when s_weakLogins.Contains(error) => (AuditKinds.CallDenied, AuditOutcome.Refused),
            _ when s_wrongProofs.Contains(error) && !method.StartsWith("zitadel.session.", StringComparison.Ordinal) => (
                AuditKinds.CredentialRefused,
                AuditOutcome.Failure
            ),
            _ => (null, default),
        };

    /// <summary>The user that a request is about.</summary>
    public static string? UserOf(IMessage? request) =>
        request?.Descriptor.FindFieldByName("user_id")?.Accessor.GetValue(request) as string is { Length: > 0 } id ? id : null;
}
