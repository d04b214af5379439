using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Users;

/// <summary>The second factors of a user, ready or not, in the order they are shown. A new kind of factor is one more line.</summary>
internal static class UserFactorList
{
    private static readonly Func<UserRecord, IEnumerable<AuthenticationFactor>>[] s_kinds =
    [
        AuthenticatorApp,
        WebAuthnRules.SecondFactors,
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<AuthenticationFactor> Of(UserRecord user) => s_kinds.SelectMany(kind => kind(user));

    private static IEnumerable<AuthenticationFactor> AuthenticatorApp(UserRecord user) => user.Totp is { } totp
        ? [new AuthenticationFactor(FactorKind.Totp, totp.IsReady ? FactorState.Ready : FactorState.NotReady)]
        : [];
}
