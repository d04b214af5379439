using static Orleans.Sessions.ErrorCode;

namespace Orleans.Sessions;

/// <content>Messages to people, and the codes in them.</content>
public static partial class SessionErrors
{
#pragma warning disable CS1591 // The rows are their own documentation.
    public static readonly SessionError UrlTemplateInvalid = new(
        "DOMAIN-oGh5e",
        InvalidArgument,
        "URL Template is invalid: it must be an absolute http or https URL of at most 200 characters with placeholders such as {{.Code}}"
    );
    public static readonly SessionError UrlTemplateForeign = new(
        "DOMAIN-oGh5e",
        InvalidArgument,
        "URL Template must be an https URL (http only on loopback) at a registered origin"
    );
    public static readonly SessionError UrlTemplateFieldUnknown = new(
        "DOMAIN-ieYa7",
        InvalidArgument,
        "URL Template is invalid: its placeholders can be {{.Code}}, {{.UserID}}, {{.OrgID}}, and {{.CodeID}} for passkeys"
    );
    public static readonly SessionError ChallengeTemplateFieldUnknown = new(
        "DOMAIN-ieYa7",
        InvalidArgument,
        "URL Template is invalid: its placeholders can be {{.Code}}, {{.UserID}}, {{.LoginName}}, {{.DisplayName}}, "
            + "{{.PreferredLanguage}}, {{.SessionID}}"
    );
    public static readonly SessionError EmailChannelMissing = new(
        "MAIL-w8nfow",
        FailedPrecondition,
        "No e-mail channel is configured: use returnCode"
    );
    public static readonly SessionError SmsChannelMissing = new(
        "PHONE-w8nfow",
        FailedPrecondition,
        "No SMS channel is configured: use returnCode"
    );
    public static readonly SessionError CodesTooOften = new(
        "SESSION-Cool1",
        ResourceExhausted,
        "Codes for this user are requested too often: wait before the next request"
    );
    public static readonly SessionError TooManyMessagesForUser = new(
        "SESSION-Day01",
        ResourceExhausted,
        "This person has reached the daily limit of messages"
    );
    public static readonly SessionError TooManyMessages = new(
        "SESSION-Day02",
        ResourceExhausted,
        "This service has reached its daily limit of messages"
    );
#pragma warning restore CS1591
}
