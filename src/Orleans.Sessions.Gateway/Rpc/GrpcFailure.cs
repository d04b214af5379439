using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Errors;
using CallMetadata = Grpc.Core.Metadata;
using Status = Google.Rpc.Status;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>Puts failures into gRPC's trailers: status, message, and <c>google.rpc.Status</c> with the detail (session-api §9.4).</summary>
internal static class GrpcFailure
{
    public static RpcException Of(CallFailure failure)
    {
        var trailers = new CallMetadata();
        if (failure.Detail is { } detail)
        {
            var status = new Status { Code = (int)failure.Code, Message = failure.Message, Details = { Any.Pack(detail) } };
            trailers.Add("grpc-status-details-bin", status.ToByteArray());
        }

        if (failure.RetryAfter is { } retryAfter)
        {
            trailers.Add("retry-after", Math.Ceiling(retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }

        return new RpcException(new Grpc.Core.Status((StatusCode)failure.Code, failure.Message), trailers);
    }

    /// <summary>Answers a call of a method that does not exist: all there is to say fits into the headers.</summary>
    public static void WriteUnimplemented(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = http.Request.ContentType;
        http.Response.Headers["grpc-status"] = ((int)StatusCode.Unimplemented).ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["grpc-message"] = "Method is unimplemented.";
    }
}
