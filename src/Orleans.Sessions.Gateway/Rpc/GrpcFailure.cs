using System.Globalization;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Errors;
using Status = Google.Rpc.Status;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>Answers with a failure, in trailers: status, message, and <c>google.rpc.Status</c> with the detail (session-api §9.4).</summary>
internal static class GrpcFailure
{
    public static void Write(HttpResponse response, CallFailure failure)
    {
        response.ContentType = GrpcProtocol.ContentType;
        response.Headers["grpc-accept-encoding"] = GrpcMessage.Encodings;
        var trailers = GrpcTrailers.Begin(response);
        trailers.GrpcStatus = ((int)failure.Code).ToString(CultureInfo.InvariantCulture);
        trailers.GrpcMessage = Escape(failure.Message);
        if (failure.Detail is { } detail)
        {
            var status = new Status { Code = (int)failure.Code, Message = failure.Message, Details = { Any.Pack(detail) } };
            trailers["grpc-status-details-bin"] = Convert.ToBase64String(status.ToByteArray()).TrimEnd('=');
        }

        if (failure.RetryAfter is { } retryAfter)
        {
            trailers.RetryAfter = Math.Ceiling(retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Answers a call of a method that does not exist: all there is to say fits into the headers.</summary>
    public static void WriteUnimplemented(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = http.Request.ContentType;
        http.Response.Headers.GrpcStatus = ((int)ErrorCode.Unimplemented).ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.GrpcMessage = "Method is unimplemented.";
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
