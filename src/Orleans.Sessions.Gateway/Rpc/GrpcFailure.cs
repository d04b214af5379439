using System.Globalization;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Rest;
using Status = Google.Rpc.Status;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>
/// Answers with a failure: status, message, and <c>google.rpc.Status</c> with the details. The answer has no message, so headers and
/// trailers are one block, gRPC's "Trailers-Only". HTTP clients would not pass on <c>retry-after</c> in any other place.
/// </summary>
internal static class GrpcFailure
{
    public static void Write(HttpContext http, CallFailure failure)
    {
        failure = failure.In(ErrorTexts.Of(http.Request));
        var headers = http.Response.Headers;
        Write(http, (int)failure.Code, failure.Message);
        headers["grpc-accept-encoding"] = GrpcMessage.Encodings;
        if (failure.Details is { Count: > 0 } details)
        {
            var status = new Status
            {
                Code = (int)failure.Code,
                Message = failure.Message,
                Details = { details.Select(detail => Any.Pack(detail)) },
            };
            headers["grpc-status-details-bin"] = Convert.ToBase64String(status.ToByteArray()).TrimEnd('=');
        }

        ErrorAnswer.SetRetryAfter(http.Response, failure.RetryAfter);
    }

    /// <summary>Answers a call of a method that does not exist.</summary>
    public static void WriteUnimplemented(HttpContext http) => Write(http, (int)ErrorCode.Unimplemented, "Method is unimplemented.");

    private static void Write(HttpContext http, int code, string message)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = http.Request.ContentType;
        http.Response.Headers.GrpcStatus = code.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.GrpcMessage = Escape(message);
    }

    /// <summary>gRPC's percent encoding: everything but printable ASCII, and the percent sign.</summary>
    private static string Escape(string message)
    {
        var escaped = new StringBuilder(message.Length);
        foreach (var value in Encoding.UTF8.GetBytes(message))
        {
            if (value is >= (byte)' ' and <= (byte)'~' and not (byte)'%')
            {
                escaped.Append((char)value);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
            }
        }

        return escaped.ToString();
    }
}
