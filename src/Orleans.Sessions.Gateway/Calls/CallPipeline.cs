using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Gateway.Audit;
using Orleans.Sessions.Gateway.Callers;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.FirstApi;
using Orleans.Sessions.Gateway.Json;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Validation;
using Orleans.Sessions.Protocol.UserV2;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Gateway.Calls;

/// <summary>
/// Runs every call of every surface: it identifies the caller, validates the request, runs the method, and turns each failure into a row of
/// <see cref="SessionErrors"/>. Identification comes before validation, so that an unknown caller does not learn what is wrong with a
/// request.
/// </summary>
internal sealed partial class CallPipeline(
    CallerResolver callers,
    RequestLimits limits,
    SessionLimits sessionLimits,
    RefusedCalls refused,
    CallOrigins origins,
    TimeProvider clock,
    ILogger<CallPipeline> log
)
{
    private const string Scheme = "Bearer ";
    private const string BoundScheme = "DPoP ";

    /// <summary>What the log says of a request that breaks a rule of the contract: such a refusal has no id.</summary>
    private const string InvalidRequest = "invalid request";

    private const int MaxFields = 1000;

    /// <summary>
    /// Runs a call. Fails only with <see cref="SessionException"/> or <see cref="InvalidRequestException"/>, or because the call was
    /// canceled.
    /// </summary>
    public async Task<IMessage> RunAsync(UnaryMethod method, IMessage request, CallContext context, HttpContext http)
    {
        Caller? caller = null;
        try
        {
            if (!method.IsOpen)
            {
                context.Caller = caller = await IdentifyAsync(http, request, context.CancellationToken);
                TellIgnored(http, method.Descriptor.FullName);
                if (!method.IsReading)
                {
                    sessionLimits.Change(caller);
                }
            }

            RequestValidator.Validate(request);
            if (!method.IsReading)
            {
                CallOrigin.Current = origins.Of(http, caller);
            }

            return await method.InvokeAsync(request, context);
        }
        catch (SessionException exception)
        {
            refused.Count(http, caller, method.Descriptor.FullName, request, exception.Error);
            Refused(method.Descriptor.FullName, exception, caller);
            if (exception.AnswerDelay > TimeSpan.Zero)
            {
                await Task.Delay(exception.AnswerDelay, clock, context.CancellationToken);
            }

            throw;
        }
        catch (InvalidRequestException)
        {
            Refused(log, method.Descriptor.FullName, InvalidRequest, CallerOf(caller));
            throw;
        }
        catch (Exception exception) when (!(exception is OperationCanceledException && context.CancellationToken.IsCancellationRequested))
        {
            var failure = Translate(exception, method.Descriptor.FullName);
            if (failure.Error == SessionErrors.NotOffered)
            {
                Refused(method.Descriptor.FullName, failure, caller);
            }

            throw failure;
        }
    }

    /// <summary>Tells an identified caller, and the log, which fields of the request were ignored.</summary>
    private void TellIgnored(HttpContext http, string method)
    {
        if (IgnoredFields.Of(http) is { } ignored && !http.Response.HasStarted)
        {
            var fields = ignored.ToString();
            http.Response.Headers[IgnoredFields.Header] = fields;
            Ignored(log, method, fields);
        }
    }

    /// <summary>
    /// The caller. A login whose password must be changed may only change the password. One that misses a forced second factor, of a
    /// person who has none, may only set one up or change the password: the password may have to be changed first.
    /// </summary>
    private async ValueTask<Caller> IdentifyAsync(HttpContext http, IMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await IdentifyAsync(http, cancellationToken);
        }
        catch (SessionException exception)
            when ((exception.Error == SessionErrors.PasswordOutdated && request is SetPasswordRequest)
                || (exception.Error == SessionErrors.BearerMfaMissing && (request is SetPasswordRequest || Enrolments.IsPart(request)))
            )
        {
            // Only session tokens are good for this, and they are bearer tokens.
            var header = http.Request.Headers.Authorization[0]!;
            var token = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..] : "";
            var caller =
                request is SetPasswordRequest
                    ? await callers.ResolveForPasswordChangeAsync(token, exception.Error, cancellationToken)
                    : await callers.ResolveForEnrolmentAsync(token, cancellationToken);
            return caller.UserId == RefusedCalls.UserOf(request) ? caller : throw new SessionException(exception.Error);
        }
    }

    /// <summary>The caller that the <c>Authorization</c> header names.</summary>
    public ValueTask<Caller> IdentifyAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var header = http.Request.Headers.Authorization;
        if (header.Count == 0)
        {
            throw new SessionException(SessionErrors.AuthorizationMissing);
        }

        if (header is [{ } bound] && bound.StartsWith(BoundScheme, StringComparison.OrdinalIgnoreCase))
        {
            return new(LookUpAsync(http, bound[BoundScheme.Length..], isBound: true, cancellationToken));
        }

        if (
            header.Count > 1
            || header[0] is not { } text
            || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || text.IndexOf(Scheme, Scheme.Length, StringComparison.OrdinalIgnoreCase) >= 0
        )
        {
            throw new SessionException(SessionErrors.AuthorizationInvalid);
        }

        var token = text[Scheme.Length..];
        return callers.TryRecall(token, out var caller) ? new(caller) : new(LookUpAsync(http, token, isBound: false, cancellationToken));
    }

    private async Task<Caller> LookUpAsync(HttpContext http, string token, bool isBound, CancellationToken cancellationToken)
    {
        limits.EnsureMayTry(http, token);
        try
        {
            var caller = isBound
                ? await callers.LookUpBoundAsync(http, token, cancellationToken)
                : await callers.LookUpAsync(http, token, cancellationToken);
            limits.Succeeded(http, token, caller);
            return caller;
        }
        catch (SessionException exception)
            when (exception.Error.Code == ErrorCode.Unauthenticated && exception.Error != SessionErrors.DpopNonceMissing)
        {
            limits.Failed(http);
            throw;
        }
    }

    /// <summary>The row of the error table for an exception of <paramref name="method"/>. Details go only to the log.</summary>
    public SessionException Translate(Exception exception, string method)
    {
        switch (exception)
        {
            case Grpc.Core.RpcException { StatusCode: Grpc.Core.StatusCode.Unimplemented }:
                // The generated base class throws this for methods that are not implemented.
                return V1Calls.OfMethod(method) ?? new SessionException(SessionErrors.NotOffered);
            case Exception away when GrainCalls.IsNodeAway(away):
                ClusterAway(log, method, exception);
                return new SessionException(SessionErrors.ClusterAway);
            case StoreUnavailableException:
                return new SessionException(SessionErrors.StorageAway);
            default:
                Failed(log, method, exception);
                return new SessionException(SessionErrors.InternalFault);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Method} ignored fields that it does not know: {Fields}")]
    private static partial void Ignored(ILogger log, string method, string fields);

    /// <summary>
    /// Logs a refused call: which error, and who called; of a field that breaks a rule also its name, the rule, and the value if it is
    /// harmless. Whatever else a request says may be secret, so it is not logged.
    /// </summary>
    public void Refused(string method, SessionException exception, Caller? caller)
    {
        var id = exception.Error.Id.Length > 0 ? exception.Error.Id : exception.Error.Text;
        if (BrokenFields.LineOf(exception) is { } fields)
        {
            RefusedFields(log, method, id, CallerOf(caller), AuditText.Line(fields, MaxFields));
        }
        else
        {
            Refused(log, method, id, CallerOf(caller));
        }
    }

    private static string CallerOf(Caller? caller) => caller is null ? "unknown" : AuditText.Clean(caller.UserId) ?? "unknown";

    [LoggerMessage(LogLevel.Information, "{Method} refused with {ErrorId}; caller {CallerId}")]
    private static partial void Refused(ILogger log, string method, string errorId, string callerId);

    [LoggerMessage(LogLevel.Information, "{Method} refused with {ErrorId}; caller {CallerId}; {Fields}")]
    private static partial void RefusedFields(ILogger log, string method, string errorId, string callerId, string fields);

    [LoggerMessage(LogLevel.Error, "{Method} failed")]
    private static partial void Failed(ILogger log, string method, Exception exception);

    [LoggerMessage(LogLevel.Warning, "No node could answer {Method}")]
    private static partial void ClusterAway(ILogger log, string method, Exception exception);
}
