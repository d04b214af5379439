using Orleans.Sessions.Otp;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Users;

/// <summary>The second factors of a user, ready or not, in the order they are shown. A new kind of factor is one more line.</summary>
internal static class UserFactorList
{
    private static readonly Func<UserRecord, IEnumerable<AuthenticationFactor>>[] s_kinds =
    [
        AuthenticatorApp,
        WebAuthnRules.SecondFactors,
        user => Codes(user, FactorKind.OtpSms, OtpChannel.Sms),
        user => Codes(user, FactorKind.OtpEmail, OtpChannel.Email),
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<AuthenticationFactor> Of(UserRecord user) => s_kinds.SelectMany(kind => kind(user));

    private static IEnumerable<AuthenticationFactor> AuthenticatorApp(UserRecord user) => user.Totp is { } totp
        ? [new AuthenticationFactor(FactorKind.Totp, totp.IsReady ? FactorState.Ready : FactorState.NotReady)]
        : [];

    /// <summary>Not ready while the number or address they go to is not verified.</summary>
    private static IEnumerable<AuthenticationFactor> Codes(UserRecord user, FactorKind kind, OtpChannel channel) => OtpRules.IsSetUp(user, channel)
        ? [new AuthenticationFactor(kind, OtpRules.IsReady(user, channel) ? FactorState.Ready : FactorState.NotReady)]
        : [];
}
