using Microsoft.AspNetCore.Http;

namespace Orleans.Sessions.Gateway.Errors;

/// <summary>The HTTP status of each kind of failure. REST and Connect use the same (contract §9.1).</summary>
internal static class HttpStatus
{
    public static int Of(ErrorCode code) =>
        code switch
        {
            ErrorCode.InvalidArgument or ErrorCode.FailedPrecondition => StatusCodes.Status400BadRequest,
            ErrorCode.Unauthenticated => StatusCodes.Status401Unauthorized,
            ErrorCode.PermissionDenied => StatusCodes.Status403Forbidden,
            ErrorCode.NotFound => StatusCodes.Status404NotFound,
            ErrorCode.AlreadyExists => StatusCodes.Status409Conflict,
            ErrorCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
            ErrorCode.Unimplemented => StatusCodes.Status501NotImplemented,
            ErrorCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
            ErrorCode.DeadlineExceeded => StatusCodes.Status504GatewayTimeout,
            _ => StatusCodes.Status500InternalServerError,
        };
}
