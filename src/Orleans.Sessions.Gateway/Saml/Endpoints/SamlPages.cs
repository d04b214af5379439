using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Gateway.Audit;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Pages;
using Orleans.Sessions.Gateway.Rest;
using Orleans.Sessions.Gateway.Saml.Messages;

namespace Orleans.Sessions.Gateway.Saml.Endpoints;

/// <summary>
/// The pages of the protocol for a person: a link or form to continue, or otherwise one sentence. Servers get their errors in envelopes.
/// </summary>
internal sealed partial class SamlPages(RequestLimits limits, RefusedCalls refused, ILogger<SamlPages> log)
{
    /// <summary>The handler, with faults answered as pages. The person gets each error that cannot go to a registered address.</summary>
    public RequestDelegate Guard(RequestDelegate handle) =>
        Guard(
            http =>
            {
                limits.Visit(http);
                return handle(http);
            },
            WritePageAsync
        );

    /// <summary>
    /// The handler of messages between servers, with faults answered as SOAP has it. A server sends them for many people, so only those
    /// that are refused count.
    /// </summary>
    public RequestDelegate GuardSoap(RequestDelegate handle) =>
        Guard(
            async http =>
            {
                limits.EnsureMayTry(http);
                try
                {
                    await handle(http);
                }
                catch (Exception exception) when (exception is RefusedMessageException or InvalidRequestException)
                {
                    limits.Failed(http);
                    throw;
                }
            },
            SoapEnvelope.WriteFaultAsync
        );

    private RequestDelegate Guard(RequestDelegate handle, Func<HttpContext, int, string?, Task> write) =>
        async http =>
        {
            try
            {
                await handle(http);
            }
            catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
            {
                // Nobody waits for the answer any more.
            }
            catch (Exception exception) when (!http.Response.HasStarted)
            {
                var status = exception is RefusedMessageException ? StatusCodes.Status400BadRequest : CallFailure.StatusOf(exception);
                refused.CountLimited(http, exception);
                if (exception is RefusedMessageException)
                {
                    Refused(log, http.Request.Path, exception.Message);
                    refused.Count(http, AuditKinds.SamlRefused, exception.Message);
                }
                else if (status == StatusCodes.Status500InternalServerError)
                {
                    Failed(log, http.Request.Path, exception);
                }

                http.Response.Clear();
                ResponseHeaders.Apply(http);
                ErrorAnswer.SetRetryAfter(http.Response, CallFailure.RetryAfterOf(exception, status));
                await write(http, status, exception is RefusedMessageException ? exception.Message : null);
            }
        };

    /// <summary>Sends the browser to the service provider.</summary>
    public static Task SendAsync(HttpContext http, OutgoingMessage message)
    {
        if (message.Value is { } value)
        {
            return PostingPage.WriteAsync(http, message.Url, (message.Field, value), ("RelayState", message.RelayState));
        }

        http.Response.Headers.CacheControl = "no-store";
        http.Response.Redirect(message.Url);
        return Task.CompletedTask;
    }

    private static Task WritePageAsync(HttpContext http, int status, string? reason) =>
        reason is null
            ? MessagePage.WriteAsync(http, status, PageTexts.Of(status))
            : MessagePage.WriteAsync(http, status, PageTexts.MessageRefused, reason);

    [LoggerMessage(LogLevel.Information, "{Path} refused a message: {Reason}")]
    private static partial void Refused(ILogger log, string path, string reason);

    [LoggerMessage(LogLevel.Error, "{Path} failed")]
    private static partial void Failed(ILogger log, string path, Exception exception);
}
