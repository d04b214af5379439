using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Orleans.Sessions.Gateway.Rest;

/// <summary>Writes an answer message as proto3 JSON: camel case, default values left out, 64-bit integers as strings.</summary>
internal static class RestResponse
{
    private static readonly JsonFormatter s_formatter = new(JsonFormatter.Settings.Default);

    public static async Task WriteAsync(HttpContext http, int status, IMessage message)
    {
        var body = Encoding.UTF8.GetBytes(s_formatter.Format(message));
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }
}
