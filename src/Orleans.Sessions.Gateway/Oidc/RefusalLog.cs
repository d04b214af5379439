using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenIddict.Server.AspNetCore;
using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Gateway.Oidc;

/// <summary>
/// Logs each refused request of the protocol: which endpoint, which error, and who asked. Whatever else a request says may be a code, a
/// token or a secret, so it is not logged.
/// </summary>
internal sealed partial class RefusalLog(ILogger<RefusalLog> log)
{
    /// <summary>Logs a refused request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="error">
    /// The error code of OAuth for which the request was refused. The answer may say it in other words: a code that is not valid is
    /// <c>invalid_token</c> here and <c>invalid_grant</c> for the client.
    /// </param>
    /// <param name="cause">The row of the error table behind that code; <c>null</c> if there is none.</param>
    /// <param name="clientId">
    /// The registered client that the request names. It counts only if no client was found while the request was read.
    /// </param>
    /// <param name="reason">What the answer says about it, on one line, if it repeats no secret; <c>null</c> if it may.</param>
    public void Refused(HttpContext http, string error, SessionError? cause = null, string? clientId = null, string? reason = null) =>
        Refused(
            log,
            AuditText.Clean(http.Request.Path.Value) ?? "/",
            cause is { Id.Length: > 0 } ? $"{error} ({cause.Id})" : error,
            AuditText.Clean(CallerOf(http) ?? clientId) ?? "unknown",
            reason is null ? "" : $": {reason}"
        );

    /// <summary>The client that sent the request, the service account that acts as one, or the user whose token was shown.</summary>
    private static string? CallerOf(HttpContext http)
    {
        if (http.Features.Get<OpenIddictServerAspNetCoreFeature>()?.Transaction is not { } transaction)
        {
            return null;
        }

        var state = TransactionState.Of(transaction);
        return state.Client is { } client ? client.UserId ?? client.Client.Id : state.PresentedToken?.UserId;
    }

    [LoggerMessage(LogLevel.Information, "{Endpoint} refused with {ErrorId}; caller {CallerId}{Reason}")]
    private static partial void Refused(ILogger log, string endpoint, string errorId, string callerId, string reason);
}
