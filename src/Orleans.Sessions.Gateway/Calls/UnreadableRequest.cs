using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Validation;

namespace Orleans.Sessions.Gateway.Calls;

/// <summary>
/// Tells faults of a request from faults of the service, for all surfaces. Knows the exceptions that HTTP, forms and messages fail with
/// when they are cut off, too large, badly encoded or otherwise malformed.
/// </summary>
internal static class UnreadableRequest
{
    /// <summary>What is wrong with the request; <c>null</c> if the exception is not about the request.</summary>
    public static InvalidRequestException? Of(Exception exception) =>
        exception switch
        {
            InvalidRequestException invalid => invalid,
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => RequestBody.TooLarge(),
            // The client is gone, so nobody needs an answer.
            ConnectionResetException or ConnectionAbortedException => null,
            BadHttpRequestException or InvalidDataException or IOException => new InvalidRequestException("the request cannot be read"),
            _ => null,
        };
}
