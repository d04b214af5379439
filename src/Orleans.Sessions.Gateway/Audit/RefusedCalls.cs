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
            Count(http, caller, kind, outcome, error, kind == AuditKinds.CredentialRefused ? ("user", UserOf(request)) : ("method", method));
        }
    }

    private void Count(
        HttpContext http, Caller? caller, AuditKind kind, AuditOutcome outcome, SessionError error, (string Kind, string? Id) target)
    {
        var origin = origins.Of(http, caller);
        counts.Add(new AuditRow
        {
            At = default,
            Kind = kind.Name,
            Outcome = outcome,
            Reason = error.Id.Length > 0 ? error.Id : error.Text,
            ActorKind = origin.ActorKind,
            ActorId = AuditText.Clean(origin.ActorId),
            OrganizationId = AuditText.Clean(origin.ActorOrganizationId),
            TargetKind = target.Id is null ? null : target.Kind,
            TargetId = AuditText.Clean(target.Id),
            Source = origin.Source,
            UserAgent = origin.UserAgent,
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
