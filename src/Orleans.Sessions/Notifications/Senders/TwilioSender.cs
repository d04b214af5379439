using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Notifications.Senders;

/// <summary>SMS through Twilio's REST API (2010-04-01, resource Messages).</summary>
internal sealed class TwilioSender(IOptions<NotificationOptions> options, SenderHttp http) : INotificationSender
{
    /// <summary>How ids of messaging services begin; anything else is a sender's number or name.</summary>
    private const string MessagingService = "MG";

    public OtpChannel Channel => OtpChannel.Sms;

    public async Task SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        var twilio = options.Value.Twilio!;
        var path = $"2010-04-01/Accounts/{Uri.EscapeDataString(twilio.AccountSid)}/Messages.json";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(twilio.Api, path))
        {
            Content = new FormUrlEncodedContent(
            [
                new("To", notification.Content.Recipient),
                new(twilio.From.StartsWith(MessagingService, StringComparison.Ordinal) ? "MessagingServiceSid" : "From", twilio.From),
                new("Body", notification.Message.Plain),
            ]),
        };
        var credentials = Encoding.UTF8.GetBytes($"{twilio.AccountSid}:{twilio.AuthToken}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
        using var response = await http.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode == HttpStatusCode.BadRequest)
        {
            throw new UndeliverableException("Twilio takes no message for this number.");
        }

        response.EnsureSuccessStatusCode();
    }
}
