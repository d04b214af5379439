using MailKit.Net.Smtp;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Orleans.Sessions.Notifications.Senders;

/// <summary>E-mail through an SMTP server (MailKit).</summary>
internal sealed class SmtpSender(IOptions<NotificationOptions> options) : INotificationSender
{
    /// <summary>Replies from this code on are final (RFC 5321 §4.2.1).</summary>
    private const int FirstFinalReply = 500;

    public OtpChannel Channel => OtpChannel.Email;

    public async Task SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        var smtp = options.Value.Smtp!;
        using var message = Message(smtp, notification);
        using var client = new SmtpClient();
        await client.ConnectAsync(smtp.Host, smtp.Port, smtp.Security, cancellationToken);
        if (smtp.User is not null)
        {
            await client.AuthenticateAsync(smtp.User, smtp.Password ?? "", cancellationToken);
        }

        try
        {
            await client.SendAsync(message, cancellationToken);
        }
        catch (SmtpCommandException exception)
            when (exception.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)exception.StatusCode >= FirstFinalReply)
        {
            throw new UndeliverableException("The server does not know the recipient.", exception);
        }

        await client.DisconnectAsync(quit: true, cancellationToken);
    }

    private static MimeMessage Message(SmtpOptions smtp, Notification notification)
    {
        var message = new MimeMessage
        {
            // The id is the same for every attempt, so that mailboxes recognise a repetition.
            MessageId = $"{notification.Id}@{MailboxAddress.Parse(smtp.From).Domain}",
            Subject = string.Concat(notification.Message.Parts.Subject.Where(character => !char.IsControl(character))),
            Body = new BodyBuilder { TextBody = notification.Message.Plain, HtmlBody = notification.Message.Html }.ToMessageBody(),
        };
        message.From.Add(MailboxAddress.Parse(smtp.From));
        message.To.Add(new MailboxAddress(notification.Content.User.DisplayName, notification.Content.Recipient));
        if (smtp.ReplyTo is not null)
        {
            message.ReplyTo.Add(MailboxAddress.Parse(smtp.ReplyTo));
        }

        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
