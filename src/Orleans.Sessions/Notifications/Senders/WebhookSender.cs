using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Orleans.Sessions.Notifications.Senders;

/// <summary>
/// Delivery through an HTTP endpoint (contract §15). Body and signature are ZITADEL's; any 2xx status means delivered. The header
/// <c>Idempotency-Key</c> is the same for every attempt.
/// </summary>
internal sealed class WebhookSender(OtpChannel channel, WebhookOptions options, SenderHttp http, TimeProvider clock) : INotificationSender
{
    public OtpChannel Channel => channel;

    public async Task SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(WebhookBody.Of(notification), NotificationJsonContext.Default.WebhookBody);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json) } },
        };
        request.Headers.Add("Idempotency-Key", notification.Id);
        if (options.SigningKey is { Length: > 0 } key)
        {
            request.Headers.Add("ZITADEL-Signature", Signature(key, body, clock.GetUtcNow()));
        }

        using var response = await http.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The time, and a keyed hash of time and body with which the receiver verifies both.</summary>
    private static string Signature(string key, byte[] body, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{time}."), .. body];
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), signed);
        return $"t={time},v1={Convert.ToHexStringLower(hash)}";
    }
}
