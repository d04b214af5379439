namespace Orleans.Sessions.Notifications.Senders;

/// <summary>The body of a webhook request (contract §15).</summary>
internal sealed record WebhookBody(WebhookContext ContextInfo, WebhookTexts TemplateData, WebhookArguments Args)
{
    /// <summary>The body for a message.</summary>
    public static WebhookBody Of(Notification notification)
    {
        var (content, user, texts) = (notification.Content, notification.Content.User, notification.Message.Parts);
        var isEmail = content.Channel == OtpChannel.Email;
        return new WebhookBody(
            new WebhookContext(
                notification.Kind.EventType,
                isEmail ? new WebhookProvider("email", "E-mail webhook") : new WebhookProvider("sms", "SMS webhook"),
                isEmail ? content.Recipient : null,
                isEmail ? null : content.Recipient
            ),
            new WebhookTexts(
                texts.Title,
                texts.PreHeader,
                texts.Subject,
                texts.Greeting,
                isEmail ? texts.Text : notification.Message.Plain,
                content.Url ?? "",
                texts.ButtonText,
                notification.Message.Footer
            ),
            new WebhookArguments
            {
                Code = content.Code,
                UserName = user.LoginName,
                FirstName = user.GivenName,
                LastName = user.FamilyName,
                NickName = user.NickName,
                DisplayName = user.DisplayName,
                LastEmail = user.Email ?? "",
                VerifiedEmail = user.IsEmailVerified ? user.Email! : "",
                LastPhone = user.Phone ?? "",
                VerifiedPhone = user.IsPhoneVerified ? user.Phone! : "",
                PreferredLoginName = user.LoginName,
                LoginName = user.LoginName,
                LoginNames = [user.LoginName],
                CreationDate = user.CreatedAt,
                ChangeDate = user.ChangedAt,
                ApplicationName = content.ApplicationName,
            }
        );
    }
}
