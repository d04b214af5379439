using Orleans.Sessions.Codes;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Otp;

/// <summary>
/// The <c>otp_sms</c> and <c>otp_email</c> checks of a session: the session compares, the user's grain judges and counts.
/// </summary>
internal static class OtpCheck
{
    /// <summary>Checks the code that was sent by SMS, if the request has one.</summary>
    public static async Task RunSmsAsync(SessionDraft draft, Checks checks)
    {
        if (checks.OtpSms is { } code)
        {
            await VerifyAsync(draft, OtpChannel.Sms, draft.Record.OtpSmsChallenge, code);
            draft.Prove(ProvedFactor.OtpSms, new RightOtp(OtpChannel.Sms));
            draft.Update(record => record with { OtpSmsChallenge = null });
        }
    }

    /// <summary>Checks the code that was sent by e-mail, if the request has one.</summary>
    public static async Task RunEmailAsync(SessionDraft draft, Checks checks)
    {
        if (checks.OtpEmail is { } code)
        {
            await VerifyAsync(draft, OtpChannel.Email, draft.Record.OtpEmailChallenge, code);
            draft.Prove(ProvedFactor.OtpEmail, new RightOtp(OtpChannel.Email));
            draft.Update(record => record with { OtpEmailChallenge = null });
        }
    }

    private static async Task VerifyAsync(SessionDraft draft, OtpChannel channel, StoredOtp? expected, string code)
    {
        var user = draft.RequireUser(SessionErrors.OtpUserMissing);
        if (code.Length == 0)
        {
            throw new SessionException(SessionErrors.OtpCodeEmpty);
        }

        await user.VerifyOtpAsync(
            channel,
            expected switch
            {
                null => OtpAttempt.Unexpected,
                _ when expected.ExpiresAt <= draft.Now => OtpAttempt.Expired,
                _ when OneTimeCode.Matches(draft.Services.Secrets, OtpChallenge.Purpose(channel, draft.Record.Id), code, expected.Hash) =>
                    OtpAttempt.Right,
                _ => OtpAttempt.Wrong,
            },
            draft.Origin
        );
    }
}
