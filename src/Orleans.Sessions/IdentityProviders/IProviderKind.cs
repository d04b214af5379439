using Orleans.Sessions.IdentityProviders.Upstream;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>
/// How people log in at providers of one kind. An implementation stores nothing of a login: state, nonce and code verifier belong to the
/// intent, so any node can finish what another node began. Every method fails with <see cref="UpstreamException"/>. What the settings of a
/// kind must be is in its <see cref="KindRules"/>.
/// </summary>
internal interface IProviderKind
{
    /// <summary>Where the browser goes to log in.</summary>
    Task<string> AuthorizeUrlAsync(StoredProvider provider, LoginStart start);

    /// <summary>
    /// Prevents mix-up attacks between providers (RFC 9207 §2.4): the issuer named in an answer, be it a code or an error, must be the
    /// provider that was asked.
    /// </summary>
    Task EnsureAnswersAsync(StoredProvider provider, string? issuer);

    /// <summary>Whether something came back with the browser that can be exchanged or verified.</summary>
    bool IsAnswer(IntentCallback callback) => callback.Code is not null;

    /// <summary>Exchanges the code, or verifies the token, and returns the person who logged in.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="callbackUrl">The address that the login began with; the code is only valid together with it.</param>
    /// <param name="callback">What came back with the browser: an answer.</param>
    /// <param name="login">What was kept since the login began.</param>
    Task<UpstreamLogin> AuthenticateAsync(StoredProvider provider, string callbackUrl, IntentCallback callback, LoginSecrets login);
}
