using System.Collections.Immutable;
using Orleans.Sessions.Codes;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Otp;

/// <summary>
/// The <c>otp_sms</c> and <c>otp_email</c> challenges of a session (contract §4.2, §4.3). A code is valid for this session only, replaces
/// an earlier code, and is sent or returned. A message is written with the session and delivered later: the answer does not wait for it.
/// </summary>
internal static class OtpChallenge
{
    /// <summary>The purpose in the stored hash of a session's code.</summary>
    public static string Purpose(OtpChannel channel, string sessionId) => $"otp:{channel}:{sessionId}";

    /// <summary>Makes a code for the user's phone, if the request asks for one.</summary>
    public static async Task RunSmsAsync(SessionDraft draft, RequestedChallenges challenges)
    {
        if (challenges.OtpSms is not { } sms)
        {
            return;
        }

        var user = draft.RequireUser(SessionErrors.OtpSmsChallengeUserMissing);
        var sentAt = SentAt(draft, draft.Record.OtpSmsChallenge, sms.ReturnCode);
        var recipient = await user.PrepareOtpAsync(OtpChannel.Sms, isSent: !sms.ReturnCode);
        var (code, stored) = NewCode(draft, OtpChannel.Sms, sentAt);
        draft.Apply(record => record with { OtpSmsChallenge = stored });
        if (sms.ReturnCode)
        {
            draft.Issued = draft.Issued! with { OtpSms = code };
            return;
        }

        draft.Send(
            NotificationKind.OtpSms,
            new NotificationContent
            {
                User = recipient,
                Channel = OtpChannel.Sms,
                Recipient = recipient.Phone!,
                Code = code,
                ExpiresAt = stored.ExpiresAt,
            }
        );
    }

    /// <summary>Makes a code for the user's e-mail address, if the request asks for one.</summary>
    public static async Task RunEmailAsync(SessionDraft draft, RequestedChallenges challenges)
    {
        if (challenges.OtpEmail is not { } email)
        {
            return;
        }

        var user = draft.RequireUser(SessionErrors.OtpEmailChallengeUserMissing);
        var sentAt = SentAt(draft, draft.Record.OtpEmailChallenge, email.ReturnCode);
        var recipient = await user.PrepareOtpAsync(OtpChannel.Email, isSent: !email.ReturnCode);
        var (code, stored) = NewCode(draft, OtpChannel.Email, sentAt);
        draft.Apply(record => record with { OtpEmailChallenge = stored });
        if (email.ReturnCode)
        {
            draft.Issued = draft.Issued! with { OtpEmail = code };
            return;
        }

        draft.Send(
            NotificationKind.OtpEmail,
            new NotificationContent
            {
                User = recipient,
                Channel = OtpChannel.Email,
                Recipient = recipient.Email!,
                Code = code,
                ExpiresAt = stored.ExpiresAt,
                Url = draft.Services.Notifier.Link(
                    NotificationKind.OtpEmail,
                    email.UrlTemplate,
                    LinkValues(draft.Record.Id, recipient, code)
                ),
            }
        );
    }

    private static Dictionary<string, string> LinkValues(string sessionId, NotificationUser user, string code) =>
        new()
        {
            ["Code"] = code,
            ["UserID"] = user.Id,
            ["LoginName"] = user.LoginName,
            ["DisplayName"] = user.DisplayName,
            ["PreferredLanguage"] = user.PreferredLanguage,
            ["SessionID"] = sessionId,
        };

    private static (string Code, StoredOtp Stored) NewCode(SessionDraft draft, OtpChannel channel, ImmutableArray<DateTimeOffset>? sentAt)
    {
        var code = OneTimeCode.NewOtp();
        var hash = OneTimeCode.Hash(draft.Services.Secrets, Purpose(channel, draft.Record.Id), code);
        return (code, new StoredOtp(hash, draft.Now + draft.Services.Codes.OtpLifetime, sentAt));
    }

    /// <summary>
    /// The times at which codes were sent for the session. A returned code costs nothing, so it is neither counted nor delayed.
    /// </summary>
    private static ImmutableArray<DateTimeOffset>? SentAt(SessionDraft draft, StoredOtp? earlier, bool isReturned) =>
        isReturned
            ? earlier?.SentAt
            : SendLimit.Take(earlier?.SentAt, draft.Now, draft.Services.Codes.SendsPerSession, draft.Services.Codes.Cooldown);
}
