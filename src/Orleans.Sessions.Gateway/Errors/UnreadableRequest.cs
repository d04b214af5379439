using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Orleans.Sessions.Gateway.Errors;

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
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge(),
            BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => TooSlow(),
            // The client is gone, so nobody needs an answer.
            ConnectionResetException or ConnectionAbortedException => null,
            BadHttpRequestException or InvalidDataException or IOException => new InvalidRequestException("the request cannot be read"),
            _ => null,
        };

    /// <summary>The failure of a request that is too large.</summary>
    public static InvalidRequestException TooLarge() =>
        new("the request body is too large") { Code = ErrorCode.ResourceExhausted, HttpStatus = StatusCodes.Status413PayloadTooLarge };

    /// <summary>The failure of a request whose body stops before its end.</summary>
    public static InvalidRequestException TooSlow() =>
        new("the request body came too slowly") { Code = ErrorCode.DeadlineExceeded, HttpStatus = StatusCodes.Status408RequestTimeout };
}
