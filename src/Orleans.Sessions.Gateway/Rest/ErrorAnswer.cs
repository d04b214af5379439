using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Json;

namespace Orleans.Sessions.Gateway.Rest;

/// <summary>Writes failures on REST: <c>google.rpc.Status</c> as JSON with ZITADEL's detail messages.</summary>
internal static class ErrorAnswer
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers with a failure.</summary>
    public static async Task WriteAsync(HttpContext http, CallFailure failure)
    {
        failure = failure.In(ErrorTexts.Of(http.Request));
        SetHeaders(http.Response, failure);
        http.Response.StatusCode = failure.Status;
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, s_options);
        json.WriteStartObject();
        json.WriteNumber("code"u8, (int)failure.Code);
        json.WriteString("message"u8, failure.Message);
        if (failure.Details is { Count: > 0 } details)
        {
            json.WriteStartArray("details"u8);
            foreach (var detail in details)
            {
                json.WriteStartObject();
                json.WriteString("@type"u8, $"type.googleapis.com/{detail.Descriptor.FullName}");
                MessageJson.WriteFields(json, detail);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        await json.FlushAsync(http.RequestAborted);
    }

    /// <summary>The response headers of a failure, for surfaces that have HTTP semantics.</summary>
    public static void SetHeaders(HttpResponse response, CallFailure failure)
    {
        if (failure.Challenge is { } challenge)
        {
            response.Headers.WWWAuthenticate = challenge;
        }

        if (failure.Language is { } language)
        {
            response.Headers.ContentLanguage = language;
        }

        SetRetryAfter(response, failure.RetryAfter);
    }

    /// <summary>Says when the caller may try again, in whole seconds.</summary>
    public static void SetRetryAfter(HttpResponse response, TimeSpan? retryAfter)
    {
        if (retryAfter is { } time)
        {
            response.Headers.RetryAfter = Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }
}
