using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Gateway.Audit;

/// <summary>Counts calls that were refused, and proofs outside of sessions that were wrong; what is wrong in a session its grain counts.</summary>
internal sealed class RefusedCalls(FailureCounts counts, CallOrigins origins)
{
    private static readonly HashSet<SessionError> s_wrongProofs =
    [
        SessionErrors.PasswordInvalid, SessionErrors.PasswordUserLocked, SessionErrors.PasswordLockedMeanwhile, SessionErrors.CodeInvalid,
        SessionErrors.CodeExpired, SessionErrors.TotpInvalid, SessionErrors.PasskeyCodeInvalid,
    ];

    /// <summary>Counts a call that failed with <paramref name="error"/>, if that is a matter of security.</summary>
    /// <param name="http">The request.</param>
    /// <param name="caller">Who called; <c>null</c>: nobody who is known.</param>
    /// <param name="method">The method's name in the contract.</param>
    /// <param name="request">The request's message, if it was read.</param>
    /// <param name="error">What it failed with.</param>
    public void Count(HttpContext http, Caller? caller, string method, IMessage? request, SessionError error)
    {
        var (kind, outcome) = KindOf(error, method);
        if (kind is not null)
        {
            Count(
                http, caller, kind, outcome, error.Id.Length > 0 ? error.Id : error.Text,
                kind == AuditKinds.CredentialRefused ? ("user", UserOf(request)) : ("method", method));
        }
    }

    /// <summary>Counts a request at an endpoint of a protocol that was refused because there were too many; does nothing when it failed with something else.</summary>
    public void CountLimited(HttpContext http, Exception exception)
    {
        if (exception is SessionException { Error: { Code: ErrorCode.ResourceExhausted } error })
        {
            Count(http, AuditKinds.CallLimited, error.Id);
        }
    }

    /// <summary>Counts a message of a protocol that was not accepted at an endpoint.</summary>
    /// <param name="http">The request.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="reason">Why, in words of this service.</param>
    /// <param name="clientId">The client that sent it, if it is one that is registered.</param>
    public void Count(HttpContext http, AuditKind kind, string reason, string? clientId = null) =>
        Count(
            http, caller: null, kind, kind == AuditKinds.CallLimited ? AuditOutcome.Refused : AuditOutcome.Failure, reason, ("endpoint", http.Request.Path.Value), clientId);

    private void Count(
        HttpContext http, Caller? caller, AuditKind kind, AuditOutcome outcome, string reason, (string Kind, string? Id) target, string? clientId = null)
    {
        var origin = origins.Of(http, caller);
        counts.Add(new AuditRow
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
        });
    }

    private static (AuditKind? Kind, AuditOutcome Outcome) KindOf(SessionError error, string method) => error.Code switch
    {
        ErrorCode.Unauthenticated => (AuditKinds.CallUnauthenticated, AuditOutcome.Failure),
        ErrorCode.PermissionDenied => (AuditKinds.CallDenied, AuditOutcome.Refused),
        ErrorCode.ResourceExhausted => (AuditKinds.CallLimited, AuditOutcome.Refused),
        _ when s_wrongProofs.Contains(error) && !method.StartsWith("zitadel.session.", StringComparison.Ordinal)
            => (AuditKinds.CredentialRefused, AuditOutcome.Failure),
        _ => (null, default),
    };

    /// <summary>The user that a request is about.</summary>
    private static string? UserOf(IMessage? request) =>
        request?.Descriptor.FindFieldByName("user_id")?.Accessor.GetValue(request) as string is { Length: > 0 } id ? id : null;
}
