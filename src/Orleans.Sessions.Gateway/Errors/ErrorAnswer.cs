using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Orleans.Sessions.Gateway.Errors;

/// <summary>Writes failures on REST: <c>google.rpc.Status</c> as JSON with ZITADEL's detail messages (session-api §9.2).</summary>
internal static class ErrorAnswer
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers with a row of the error table.</summary>
    public static Task WriteAsync(HttpContext http, SessionException exception)
    {
        var error = exception.Error;
        if (error.Code == ErrorCode.Unauthenticated)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }

        if (exception.RetryAfter is { } retryAfter)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
        else if (error.Code == ErrorCode.Unavailable)
        {
            http.Response.Headers.RetryAfter = "1";
        }

        // Only this one is an error of the surface and not of the domain: it has neither id nor detail.
        return error == SessionErrors.AuthorizationMissing
            ? WriteAsync(http, HttpStatus.Of(error.Code), (int)error.Code, error.Text)
            : WriteAsync(http, HttpStatus.Of(error.Code), (int)error.Code, error.Message, json => WriteDetail(json, exception));
    }

    /// <summary>Answers with a message that has no id.</summary>
    public static async Task WriteAsync(HttpContext http, int status, int code, string message, Action<Utf8JsonWriter>? detail = null)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, s_options);
        json.WriteStartObject();
        json.WriteNumber("code"u8, code);
        json.WriteString("message"u8, message);
        if (detail is not null)
        {
            json.WriteStartArray("details"u8);
            detail(json);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        await json.FlushAsync(http.RequestAborted);
    }

    private static void WriteDetail(Utf8JsonWriter json, SessionException exception)
    {
        json.WriteStartObject();
        json.WriteString("@type"u8, exception.FailedAttempts is null
            ? "type.googleapis.com/zitadel.v1.ErrorDetail"u8
            : "type.googleapis.com/zitadel.v1.CredentialsCheckError"u8);
        if (exception.Error.Id.Length > 0)
        {
            json.WriteString("id"u8, exception.Error.Id);
        }

        json.WriteString("message"u8, exception.Error.Text);
        if (exception.FailedAttempts is > 0 and var attempts)
        {
            json.WriteNumber("failedAttempts"u8, attempts);
        }

        json.WriteEndObject();
    }
}
