using Orleans.Sessions.Protocol.UserV2;

namespace Orleans.Sessions.Gateway.Users;

/// <summary>
/// Converts the parts of requests about codes to the types of the grains. If a request says nothing, the code is sent if there is a
/// channel: an installation without a channel must still be able to create users.
/// </summary>
internal static class CodeRequests
{
    private static readonly CodeRequest s_unsaid = new(CodeDelivery.SendIfPossible);
    private static readonly CodeRequest s_send = new(CodeDelivery.Send);
    private static readonly CodeRequest s_return = new(CodeDelivery.Return);

    /// <summary>For a new or changed e-mail address; <c>null</c> if it is declared verified, or if there is no address.</summary>
    public static CodeRequest? Of(SetHumanEmail? email) =>
        email?.VerificationCase switch
        {
            null => null,
            SetHumanEmail.VerificationOneofCase.IsVerified => email.IsVerified ? null : s_unsaid,
            SetHumanEmail.VerificationOneofCase.SendCode => Send(email.SendCode),
            SetHumanEmail.VerificationOneofCase.ReturnCode => s_return,
            _ => s_unsaid,
        };

    /// <summary>For a new or changed phone number; <c>null</c> if it is declared verified, or if there is no number.</summary>
    public static CodeRequest? Of(SetHumanPhone? phone) =>
        phone?.VerificationCase switch
        {
            null or SetHumanPhone.VerificationOneofCase.IsVerified => null,
            SetHumanPhone.VerificationOneofCase.SendCode => s_send,
            SetHumanPhone.VerificationOneofCase.ReturnCode => s_return,
            _ => s_unsaid,
        };

    /// <summary>For another e-mail address.</summary>
    public static CodeRequest? Of(SetEmailRequest request) =>
        request.VerificationCase switch
        {
            SetEmailRequest.VerificationOneofCase.IsVerified => null,
            SetEmailRequest.VerificationOneofCase.SendCode => Send(request.SendCode),
            SetEmailRequest.VerificationOneofCase.ReturnCode => s_return,
            _ => s_unsaid,
        };

    /// <summary>For another phone number.</summary>
    public static CodeRequest? Of(SetPhoneRequest request) =>
        request.VerificationCase switch
        {
            SetPhoneRequest.VerificationOneofCase.IsVerified => null,
            SetPhoneRequest.VerificationOneofCase.SendCode => s_send,
            SetPhoneRequest.VerificationOneofCase.ReturnCode => s_return,
            _ => s_unsaid,
        };

    /// <summary>For the present e-mail address, again.</summary>
    public static CodeRequest Of(ResendEmailCodeRequest request) =>
        request.VerificationCase == ResendEmailCodeRequest.VerificationOneofCase.ReturnCode ? s_return : Send(request.SendCode);

    /// <summary>For the present e-mail address.</summary>
    public static CodeRequest Of(SendEmailCodeRequest request) =>
        request.VerificationCase == SendEmailCodeRequest.VerificationOneofCase.ReturnCode ? s_return : Send(request.SendCode);

    /// <summary>For the present phone number, again.</summary>
    public static CodeRequest Of(ResendPhoneCodeRequest request) =>
        request.VerificationCase == ResendPhoneCodeRequest.VerificationOneofCase.ReturnCode ? s_return : s_send;

    /// <summary>For a password reset, with the channel of the code.</summary>
    public static (CodeRequest Code, OtpChannel Channel) Of(PasswordResetRequest request) =>
        request switch
        {
            { MediumCase: PasswordResetRequest.MediumOneofCase.ReturnCode } => (s_return, OtpChannel.Email),
            { SendLink: { } link } => (
                new CodeRequest(CodeDelivery.Send, link.HasUrlTemplate ? link.UrlTemplate : null),
                link.NotificationType == NotificationType.Sms ? OtpChannel.Sms : OtpChannel.Email
            ),
            _ => (s_send, OtpChannel.Email),
        };

    /// <summary>For an invitation.</summary>
    public static CodeRequest Of(CreateInviteCodeRequest request) =>
        request switch
        {
            { VerificationCase: CreateInviteCodeRequest.VerificationOneofCase.ReturnCode } => s_return,
            { SendCode: { } send } => new CodeRequest(
                CodeDelivery.Send,
                send.HasUrlTemplate ? send.UrlTemplate : null,
                send.HasApplicationName ? send.ApplicationName : null
            ),
            _ => s_send,
        };

    private static CodeRequest Send(SendEmailVerificationCode? send) =>
        send is { HasUrlTemplate: true } ? new CodeRequest(CodeDelivery.Send, send.UrlTemplate) : s_send;
}
