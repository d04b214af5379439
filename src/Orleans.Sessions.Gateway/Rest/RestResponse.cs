using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Orleans.Sessions.Gateway.Rest;

/// <summary>Writes an answer message as the body of a response (session-api §1.3).</summary>
internal static class RestResponse
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    public static async Task WriteAsync(HttpContext http, int status, IMessage message)
    {
        Fill(http.Response, status, message);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    /// <summary>The whole body is known before the first byte goes out, so that it goes with its length instead of in chunks.</summary>
    private static void Fill(HttpResponse response, int status, IMessage message)
    {
        var buffer = t_buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            MessageJson.Write(json, message);
        }

        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = buffer.WrittenCount;
        response.BodyWriter.Write(buffer.WrittenSpan);
    }
}
