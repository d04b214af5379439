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

/// <summary>The event and recipient of the message.</summary>
internal sealed record WebhookContext(
    string EventType,
    WebhookProvider Provider,
    string? RecipientEmailAddress,
    string? RecipientPhoneNumber
);

/// <summary>The channel of the message.</summary>
internal sealed record WebhookProvider(string Id, string Description);

/// <summary>The texts in the person's language.</summary>
internal sealed record WebhookTexts(
    string Title,
    string PreHeader,
    string Subject,
    string Greeting,
    string Text,
    string Url,
    string ButtonText,
    string FooterText
)
{
    public string PrimaryColor { get; } = "#5469d4";

    public string BackgroundColor { get; } = "#fafafa";

    public string FontColor { get; } = "#1a1a1a";

    public string FontFamily { get; } = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";
}

/// <summary>The values, for receivers that write their own texts.</summary>
internal sealed record WebhookArguments
{
    public required string Code { get; init; }

    public required string UserName { get; init; }

    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    public required string NickName { get; init; }

    public required string DisplayName { get; init; }

    public required string LastEmail { get; init; }

    public required string VerifiedEmail { get; init; }

    public required string LastPhone { get; init; }

    public required string VerifiedPhone { get; init; }

    public required string PreferredLoginName { get; init; }

    public required string LoginName { get; init; }

    public required IReadOnlyList<string> LoginNames { get; init; }

    public required DateTimeOffset CreationDate { get; init; }

    public required DateTimeOffset ChangeDate { get; init; }

    public string? ApplicationName { get; init; }

    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("LoginName = ").Append(LoginName);
        return true;
    }
}
