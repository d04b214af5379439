using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Notifications.Senders;

/// <summary>SMS through Twilio's REST API (2010-04-01, resource Messages).</summary>
internal sealed class TwilioSender(IOptions<NotificationOptions> options, SenderHttp http) : INotificationSender
{
    /// <summary>The prefix of messaging service ids; anything else is a sender's number or name.</summary>
    private const string MessagingService = "MG";

    /// <summary>
    /// Twilio's error codes about the recipient: not a number, opted out, not a mobile number. The operator may be able to fix any other
    /// error.
    /// </summary>
    private static readonly HashSet<int> s_undeliverable = [21211, 21610, 21614];

    public OtpChannel Channel => OtpChannel.Sms;

    public async Task SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        var twilio = options.Value.Twilio!;
        var path = $"2010-04-01/Accounts/{Uri.EscapeDataString(twilio.AccountSid)}/Messages.json";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(twilio.Api, path))
        {
            Content = new FormUrlEncodedContent([
                new("To", notification.Content.Recipient),
                new(twilio.From.StartsWith(MessagingService, StringComparison.Ordinal) ? "MessagingServiceSid" : "From", twilio.From),
                new("Body", notification.Message.Plain),
            ]),
        };
        var credentials = Encoding.UTF8.GetBytes($"{twilio.AccountSid}:{twilio.AuthToken}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
        using var response = await http.Client.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.BadRequest)
        {
            var code = CodeOf(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            throw code is { } known && s_undeliverable.Contains(known)
                ? new UndeliverableException($"Twilio takes no message for this number (error {known}).")
                : new HttpRequestException(
                    $"Twilio refused the message (400, error {code?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}).",
                    null,
                    response.StatusCode
                );
        }

        response.EnsureSuccessStatusCode();
    }

    /// <summary>The <c>code</c> in Twilio's error description; <c>null</c> if the body is not such a description.</summary>
    private static int? CodeOf(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("code", out var code)
                && code.ValueKind == JsonValueKind.Number
                && code.TryGetInt32(out var number)
                ? number
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
