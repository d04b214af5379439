using System.Collections.Immutable;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Logins;

/// <summary>What the methods of a person mean for the proofs of a session. Pure functions.</summary>
internal static class MethodRules
{
    /// <summary>The methods that a person can add to others.</summary>
    public static readonly ImmutableArray<AuthenticationMethod> Enrollable =
    [
        AuthenticationMethod.Passkey,
        AuthenticationMethod.Totp,
        AuthenticationMethod.U2F,
        AuthenticationMethod.OtpSms,
        AuthenticationMethod.OtpEmail,
    ];

    private static readonly AuthenticationMethod[] s_first =
    [
        AuthenticationMethod.Password,
        AuthenticationMethod.Passkey,
        AuthenticationMethod.IdentityProvider,
    ];

    /// <summary>The methods with which a login may begin, whoever the person is.</summary>
    public static ImmutableArray<AuthenticationMethod> FirstMethods(LoginPolicy policy) =>
        [.. s_first.Where(method => IsAllowed(method, policy))];

    /// <summary>Whether the login policy allows a method.</summary>
    public static bool IsAllowed(AuthenticationMethod method, LoginPolicy policy) =>
        method switch
        {
            AuthenticationMethod.Password => policy.AllowPassword,
            AuthenticationMethod.Passkey => policy.AllowPasskeys,
            AuthenticationMethod.IdentityProvider => policy.AllowExternalProviders,
            AuthenticationMethod.Totp => policy.SecondFactors.Contains(FactorKind.Totp),
            AuthenticationMethod.U2F => policy.SecondFactors.Contains(FactorKind.U2F),
            AuthenticationMethod.OtpSms => policy.SecondFactors.Contains(FactorKind.OtpSms),
            AuthenticationMethod.OtpEmail => policy.SecondFactors.Contains(FactorKind.OtpEmail),
            AuthenticationMethod.RecoveryCode => true,
            _ => false,
        };

    /// <summary>The factor that a method proves.</summary>
    public static ProvedFactor FactorOf(AuthenticationMethod method) =>
        method switch
        {
            AuthenticationMethod.Password => ProvedFactor.Password,
            AuthenticationMethod.Passkey or AuthenticationMethod.U2F => ProvedFactor.WebAuthn,
            AuthenticationMethod.IdentityProvider => ProvedFactor.Intent,
            AuthenticationMethod.Totp => ProvedFactor.Totp,
            AuthenticationMethod.OtpSms => ProvedFactor.OtpSms,
            AuthenticationMethod.OtpEmail => ProvedFactor.OtpEmail,
            AuthenticationMethod.RecoveryCode => ProvedFactor.RecoveryCode,
            _ => ProvedFactor.User,
        };

    /// <summary>The method that made a proof.</summary>
    public static AuthenticationMethod Of(Proof proof) =>
        proof.Factor switch
        {
            ProvedFactor.Password => AuthenticationMethod.Password,
            ProvedFactor.WebAuthn => proof.UserVerified ? AuthenticationMethod.Passkey : AuthenticationMethod.U2F,
            ProvedFactor.Intent => AuthenticationMethod.IdentityProvider,
            ProvedFactor.Totp => AuthenticationMethod.Totp,
            ProvedFactor.OtpSms => AuthenticationMethod.OtpSms,
            ProvedFactor.OtpEmail => AuthenticationMethod.OtpEmail,
            ProvedFactor.RecoveryCode => AuthenticationMethod.RecoveryCode,
            _ => AuthenticationMethod.Unspecified,
        };

    /// <summary>Whether a method is proved in a session. A key that verified the person also counts where any key is wanted.</summary>
    public static bool IsProved(AuthenticationMethod method, SessionRecord session) =>
        ProofRules.Find(session, FactorOf(method)) is { } proof && (method != AuthenticationMethod.Passkey || proof.UserVerified);

    /// <summary>
    /// The session as it would be if the person used the method now. A passkey may be in certified hardware; that shows when it answers.
    /// </summary>
    public static SessionRecord With(SessionRecord session, AuthenticationMethod method, DateTimeOffset now) =>
        method == AuthenticationMethod.Passkey
            ? ProofRules.With(session, new Proof(FactorOf(method), now, UserVerified: true) { IsHardwareBound = true })
            : ProofRules.With(session, new Proof(FactorOf(method), now));

    /// <summary>Whether a proof is older than the login settings accept. A lifetime of zero means any age.</summary>
    public static bool IsStale(Proof proof, LoginPolicy policy, DateTimeOffset now)
    {
        var lifetime = Of(proof) switch
        {
            AuthenticationMethod.Password => policy.PasswordCheckLifetime,
            AuthenticationMethod.IdentityProvider => policy.ExternalLoginCheckLifetime,
            AuthenticationMethod.Passkey => policy.MultiFactorCheckLifetime,
            _ => policy.SecondFactorCheckLifetime,
        };
        return lifetime > TimeSpan.Zero && now - proof.At > lifetime;
    }
}
