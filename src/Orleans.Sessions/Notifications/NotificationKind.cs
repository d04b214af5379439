namespace Orleans.Sessions.Notifications;

/// <summary>A kind of message.</summary>
/// <param name="EventType">The event that causes it, named as in webhooks and the outbox.</param>
/// <param name="Text">The name of its texts.</param>
/// <param name="SentEvent">The event of its delivery.</param>
/// <param name="DefaultLink">The link, relative to the login page's address; <c>null</c> if there is none.</param>
/// <param name="LinkFields">The placeholders allowed in a link.</param>
internal sealed record NotificationKind(
    string EventType,
    string Text,
    string? SentEvent,
    string? DefaultLink,
    IReadOnlyCollection<string> LinkFields
)
{
    private const char Separator = '#';
    private static readonly string[] s_otpFields = ["Code", "UserID", "LoginName", "DisplayName", "PreferredLanguage", "SessionID"];
    private static readonly string[] s_passkeyFields = ["Code", "CodeID", "UserID", "OrgID"];
    private static readonly string[] s_userFields = ["Code", "UserID", "OrgID"];

    /// <summary>A session's code by e-mail.</summary>
    public static readonly NotificationKind OtpEmail = new(
        "session.otp.email.challenged",
        "VerifyEmailOTP",
        "session.otp.email.sent",
        "/otp/email?code={{.Code}}&userId={{.UserID}}&sessionId={{.SessionID}}",
        s_otpFields
    );

    /// <summary>A session's code by SMS.</summary>
    public static readonly NotificationKind OtpSms = new(
        "session.otp.sms.challenged",
        "VerifySMSOTP",
        "session.otp.sms.sent",
        null,
        s_otpFields
    );

    /// <summary>The code that proves an e-mail address.</summary>
    public static readonly NotificationKind VerifyEmail = new(
        "user.human.email.code.added",
        "VerifyEmail",
        null,
        "/verify?code={{.Code}}&userId={{.UserID}}&organization={{.OrgID}}",
        s_userFields
    );

    /// <summary>The code that proves a phone number.</summary>
    public static readonly NotificationKind VerifyPhone = new("user.human.phone.code.added", "VerifyPhone", null, null, s_userFields);

    /// <summary>The code that resets a password.</summary>
    public static readonly NotificationKind PasswordReset = new(
        "user.human.password.code.added",
        "PasswordReset",
        null,
        "/password/set?code={{.Code}}&userId={{.UserID}}&organization={{.OrgID}}",
        s_userFields
    );

    /// <summary>An invitation.</summary>
    public static readonly NotificationKind Invite = new(
        "user.human.invite.code.added",
        "InviteUser",
        null,
        "/verify?code={{.Code}}&userId={{.UserID}}&organization={{.OrgID}}&invite=true",
        s_userFields
    );

    /// <summary>The code that permits registering a passkey.</summary>
    public static readonly NotificationKind PasskeyRegistration = new(
        "user.human.passwordless.initialization.code.requested",
        "PasswordlessRegistration",
        null,
        "/passkey/set?code={{.Code}}&codeId={{.CodeID}}&userId={{.UserID}}&organization={{.OrgID}}",
        s_passkeyFields
    );

    /// <summary>A notice: the password was changed.</summary>
    public static readonly NotificationKind PasswordChanged = Notice("user.human.password.changed", "PasswordChange");

    /// <summary>A notice: the e-mail address was changed.</summary>
    public static readonly NotificationKind EmailChanged = Notice("user.human.email.changed", "EmailChange");

    /// <summary>A notice: the phone number was changed or removed.</summary>
    public static readonly NotificationKind PhoneChanged = Notice("user.human.phone.changed", "PhoneChange");

    /// <summary>A notice: the user name, which is also the login name, was changed.</summary>
    public static readonly NotificationKind UserNameChanged = Notice("user.username.changed", "UserNameChange");

    /// <summary>A notice: a way to log in, or a factor, was added.</summary>
    public static readonly NotificationKind FactorAdded = Notice("user.human.factor.added", "FactorAdded");

    /// <summary>A notice: a way to log in, or a factor, was removed.</summary>
    public static readonly NotificationKind FactorRemoved = Notice("user.human.factor.removed", "FactorRemoved");

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<NotificationKind> All =>
        [
            OtpEmail,
            OtpSms,
            VerifyEmail,
            VerifyPhone,
            PasswordReset,
            Invite,
            PasskeyRegistration,
            PasswordChanged,
            EmailChanged,
            PhoneChanged,
            UserNameChanged,
            FactorAdded,
            FactorRemoved,
        ];

    /// <summary>The error of a link template with a placeholder that is not allowed.</summary>
    public SessionError UnknownLinkField =>
        LinkFields == s_otpFields ? SessionErrors.ChallengeTemplateFieldUnknown : SessionErrors.UrlTemplateFieldUnknown;

    /// <summary>
    /// Whether it reports an event that has happened. Such a notice is not replaced by a newer one, because it stays true.
    /// </summary>
    public bool IsNotice { get; private init; }

    /// <summary>The kind with this name in the outbox.</summary>
    public static NotificationKind Of(string stored)
    {
        var eventType = stored.Split(Separator)[0];
        return All.First(kind => kind.EventType == eventType);
    }

    /// <summary>The name in the outbox of the message with this id. The outbox holds one message per name and user or session.</summary>
    public string Stored(string id) => IsNotice ? $"{EventType}{Separator}{id}" : EventType;

    private static NotificationKind Notice(string eventType, string text) => new(eventType, text, null, null, []) { IsNotice = true };
}
