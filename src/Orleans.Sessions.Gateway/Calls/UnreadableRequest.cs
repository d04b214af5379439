using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Validation;

namespace Orleans.Sessions.Gateway.Calls;

/// <summary>
/// Tells faults of a request from faults of the service, in one place for all surfaces: what HTTP, forms and messages fail with when they are cut off, too large, badly
/// encoded or otherwise not what they say.
/// </summary>
internal static class UnreadableRequest
{
    /// <summary>What is wrong with the request; <c>null</c>: the exception is not about it.</summary>
    public static InvalidRequestException? Of(Exception exception) => exception switch
    {
        InvalidRequestException invalid => invalid,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => RequestBody.TooLarge(),
        // Nobody is there any more who could be told.
        ConnectionResetException or ConnectionAbortedException => null,
        BadHttpRequestException or InvalidDataException or IOException => new InvalidRequestException("the request cannot be read"),
        _ => null,
    };
}
