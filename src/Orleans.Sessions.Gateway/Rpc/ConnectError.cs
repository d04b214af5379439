using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Json;
using Orleans.Sessions.Gateway.Rest;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>
/// Writes failures on Connect, always in JSON: the name of the code, the message, and the details as protobuf in unpadded base64 (contract
/// §9.3).
/// </summary>
internal static class ConnectError
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers with a failure.</summary>
    public static Task WriteAsync(HttpContext http, CallFailure failure)
    {
        failure = failure.In(ErrorTexts.Of(http.Request));
        ErrorAnswer.SetHeaders(http.Response, failure);
        return WriteAsync(
            http,
            HttpStatus.Of(failure.Code),
            JsonNamingPolicy.SnakeCaseLower.ConvertName(failure.Code.ToString()),
            failure.Message,
            failure.Details
        );
    }

    /// <summary>
    /// Answers with a status that routing found. Connect's code names say more than HTTP status numbers, so the answer has both.
    /// </summary>
    public static Task WriteAsync(HttpContext http, int status)
    {
        if (status == StatusCodes.Status415UnsupportedMediaType)
        {
            http.Response.Headers["Accept-Post"] = $"{ConnectProtocol.Json.ContentType}, {ConnectProtocol.Proto.ContentType}";
        }

        return status switch
        {
            StatusCodes.Status404NotFound => WriteAsync(http, status, "unimplemented", "Not Found", []),
            StatusCodes.Status405MethodNotAllowed => WriteAsync(http, status, "unimplemented", "Method Not Allowed", []),
            StatusCodes.Status415UnsupportedMediaType => WriteAsync(http, status, "unknown", UnsupportedType(http.Request), []),
            _ => WriteAsync(http, status, "invalid_argument", "Bad Request", []),
        };
    }

    /// <summary>gRPC lets a server choose its formats of messages. JSON is for Connect, where every client can read it.</summary>
    private static string UnsupportedType(HttpRequest request) =>
        ConnectOrGrpc.IsGrpc(request)
            ? "Unsupported Media Type: messages of gRPC and gRPC-Web are protobuf, gRPC needs HTTP/2; "
                + $"send JSON by Connect, as {ConnectProtocol.Json.ContentType}"
            : "Unsupported Media Type";

    private static async Task WriteAsync(HttpContext http, int status, string code, string message, IReadOnlyList<IMessage> details)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = ConnectProtocol.Json.ContentType;
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, s_options);
        json.WriteStartObject();
        json.WriteString("code"u8, code);
        json.WriteString("message"u8, message);
        if (details.Count > 0)
        {
            json.WriteStartArray("details"u8);
            foreach (var detail in details)
            {
                json.WriteStartObject();
                json.WriteString("type"u8, detail.Descriptor.FullName);
                json.WriteString("value"u8, Convert.ToBase64String(detail.ToByteArray()).TrimEnd('='));
                json.WritePropertyName("debug"u8);
                MessageJson.Write(json, detail);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        await json.FlushAsync(http.RequestAborted);
    }
}
