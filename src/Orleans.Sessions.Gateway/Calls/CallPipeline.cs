using Google.Protobuf;
using Orleans.Runtime;
using Orleans.Sessions.Directory;
using Orleans.Sessions.Gateway.Callers;
using Orleans.Sessions.Gateway.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orleans.Sessions.Gateway.Calls;

/// <summary>
/// What happens to every call on every surface: who is it, is the request well formed, the method, and whatever goes wrong becomes a row of
/// <see cref="SessionErrors"/>. Identification comes before validation: who is not known learns nothing about what is wrong with a request.
/// </summary>
internal sealed partial class CallPipeline(CallerResolver callers, TimeProvider clock, ILogger<CallPipeline> log)
{
    private const string Scheme = "Bearer ";

    /// <summary>Runs a call. Fails with <see cref="SessionException"/> or <see cref="InvalidRequestException"/> only.</summary>
    public async Task<IMessage> RunAsync(UnaryMethod method, IMessage request, CallContext context, HttpContext http)
    {
        try
        {
            context.Caller = await IdentifyAsync(http, context.CancellationToken);
            RequestValidator.Validate(request);
            return await method.InvokeAsync(request, context);
        }
        catch (SessionException exception) when (exception.AnswerDelay > TimeSpan.Zero)
        {
            await Task.Delay(exception.AnswerDelay, clock, context.CancellationToken);
            throw;
        }
        catch (Exception exception) when (exception is not (SessionException or InvalidRequestException or OperationCanceledException))
        {
            throw Translate(exception, method);
        }
    }

    /// <summary>Who calls, by the <c>Authorization</c> header.</summary>
    public ValueTask<Caller> IdentifyAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var header = http.Request.Headers.Authorization;
        if (header.Count == 0)
        {
            throw new SessionException(SessionErrors.AuthorizationMissing);
        }

        if (header.Count > 1 || header[0] is not { } text || !text.StartsWith(Scheme, StringComparison.Ordinal)
            || text.IndexOf(Scheme, Scheme.Length, StringComparison.Ordinal) >= 0)
        {
            throw new SessionException(SessionErrors.AuthorizationInvalid);
        }

        return callers.ResolveAsync(text[Scheme.Length..], cancellationToken);
    }

    private SessionException Translate(Exception exception, UnaryMethod method)
    {
        switch (exception)
        {
            case Grpc.Core.RpcException { StatusCode: Grpc.Core.StatusCode.Unimplemented }:
                // The generated base class answers so for methods that are not written.
                return new SessionException(SessionErrors.NotOffered);
            case OrleansMessageRejectionException or SiloUnavailableException or TimeoutException:
                ClusterAway(log, method.Descriptor.FullName, exception);
                return new SessionException(SessionErrors.ClusterAway);
            case StoreUnavailableException:
                return new SessionException(SessionErrors.StorageAway);
            default:
                Failed(log, method.Descriptor.FullName, exception);
                return new SessionException(SessionErrors.InternalFault);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Method} failed")]
    private static partial void Failed(ILogger log, string method, Exception exception);

    [LoggerMessage(LogLevel.Warning, "{Method} met no node that could answer")]
    private static partial void ClusterAway(ILogger log, string method, Exception exception);
}
