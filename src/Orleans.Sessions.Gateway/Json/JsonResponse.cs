using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Calls;

namespace Orleans.Sessions.Gateway.Json;

/// <summary>Writes an answer message as the body of a response (contract §1.3).</summary>
internal static class JsonResponse
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    /// <summary>Writes the response. Its length is known before the first byte is sent, so it needs no chunks.</summary>
    public static async Task WriteAsync(HttpContext http, int status, IMessage message)
    {
        if (WriteShort(http.Response, status, Format(message)) is { } rest)
        {
            await ResponseBody.WriteAsync(http.Response.BodyWriter, rest, http.RequestAborted);
        }
        else
        {
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }
    }

    /// <summary>The body alone.</summary>
    public static byte[] Encode(IMessage message) => Format(message).ToArray();

    /// <summary>Writes the head and a short body. Returns a long body, which the caller must still write.</summary>
    private static byte[]? WriteShort(HttpResponse response, int status, ReadOnlySpan<byte> body)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        if (body.Length > ResponseBody.PieceBytes)
        {
            // A thread must not keep memory for the longest answer it has ever written.
            t_buffer = null;
            return body.ToArray();
        }

        response.BodyWriter.Write(body);
        return null;
    }

    /// <summary>The result is valid until the next call on this thread.</summary>
    private static ReadOnlySpan<byte> Format(IMessage message)
    {
        var buffer = t_buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            MessageJson.Write(json, message);
        }

        return buffer.WrittenSpan;
    }
}
