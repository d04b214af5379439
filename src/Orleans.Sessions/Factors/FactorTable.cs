using Orleans.Sessions.IdentityProviders;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Otp;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.RecoveryCodes;
using Orleans.Sessions.Totp;
using Orleans.Sessions.Users;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Factors;

/// <summary>
/// All factors, in the order in which the contract checks them, whatever the order in the request. CONTRIBUTING says what else a new factor
/// needs.
/// </summary>
internal static class FactorTable
{
    /// <summary>The rows.</summary>
    public static readonly Factor[] All =
    [
        PasswordFactor.Row,
        IntentFactor.Row,
        WebAuthnKeyFactor.Row,
        TotpFactor.Row,
        OtpFactor.Sms,
        OtpFactor.Email,
        RecoveryCodeFactor.Row,
    ];

    /// <summary>The factors with answers that can be guessed.</summary>
    public static readonly GuessedFactor[] Guessed = [.. All.Select(factor => factor.Guesses).OfType<GuessedFactor>()];

    /// <summary>The methods of all factors, in the order of their kinds.</summary>
    public static readonly (Factor Factor, FactorMethod Method)[] Methods =
    [
        .. All.SelectMany(factor => factor.Methods, (factor, method) => (factor, method)).OrderBy(row => row.method.Kind),
    ];

    /// <summary>The row of a proof; <c>null</c> if only a newer version of the service knows the kind.</summary>
    public static Factor? Find(ProvedFactor kind) => All.FirstOrDefault(factor => factor.Kind == kind);

    /// <summary>The second factors of a user, ready or not, in the order of their kinds.</summary>
    public static IEnumerable<AuthenticationFactor> SecondFactorsOf(UserRecord user) =>
        All.SelectMany(factor => factor.SecondFactors(user)).OrderBy(factor => factor.Kind);

    /// <summary>The names of a user's factors that count.</summary>
    public static IEnumerable<string> NamesOf(UserRecord user) => All.SelectMany(factor => factor.Names(user));
}
