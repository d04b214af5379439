using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Orleans.Sessions.Gateway.Calls;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>Writes an answer message. Uses gzip if the client accepts it and the message is large enough.</summary>
internal static class ConnectResponse
{
    /// <summary>Below this size gzip costs more bytes and time than it saves.</summary>
    private const int MinCompressedBytes = 1024;

    public static async Task WriteAsync(HttpContext http, string contentType, byte[] body)
    {
        http.Response.ContentType = contentType;
        if (body.Length >= MinCompressedBytes && TakesGzip(http.Request))
        {
            http.Response.Headers.ContentEncoding = "gzip";
            body = Compress(body);
        }

        http.Response.ContentLength = body.Length;
        await ResponseBody.WriteAsync(http.Response.BodyWriter, body, http.RequestAborted);
    }

    private static bool TakesGzip(HttpRequest request) =>
        request
            .GetTypedHeaders()
            .AcceptEncoding.Any(encoding =>
                encoding is { Quality: not 0 } && encoding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase)
            );

    private static byte[] Compress(byte[] body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return compressed.ToArray();
    }
}
