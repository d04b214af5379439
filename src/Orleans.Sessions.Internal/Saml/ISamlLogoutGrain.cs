namespace Orleans.Sessions.Saml;

/// <summary>
/// A logout that notifies the service providers of the sessions that it ends (key <see cref="GrainKeys.SamlLogout"/>, a random id; SAML
/// core §3.7.3.2). The sessions end first. Then the browser visits one service provider after the other. There is no other way to notify
/// them, so the sequence stops at a service provider that does not send the browser back.
/// </summary>
[Alias("sessions.ISamlLogoutGrain")]
public interface ISamlLogoutGrain : IGrainWithStringKey
{
    /// <summary>
    /// Ends those sessions of a service provider's request that are alive, and returns where the browser goes first. Only the service
    /// providers of these sessions are notified. A repeated call returns the same answer. In-cluster only.
    /// </summary>
    [Alias("EndFor")]
    Task<SamlLogoutStep> EndForAsync(SamlLogoutRequest request);

    /// <summary>
    /// Ends a session for a logout that did not come from a SAML service provider, and returns where the browser goes first. The last step
    /// is <paramref name="returnTo"/>. No service provider is notified if the session is over. A repeated call returns the same answer.
    /// In-cluster only.
    /// </summary>
    [Alias("End")]
    Task<SamlLogoutStep> EndAsync(string sessionId, string returnTo);

    /// <summary>
    /// Takes the answer of the service provider that was notified last, and returns where the browser goes next. Fails with
    /// <c>SAML-Log01</c> if this is not the expected answer, or if no answer is expected any more. In-cluster only.
    /// </summary>
    [Alias("Continue")]
    Task<SamlLogoutStep> ContinueAsync(SamlLogoutAnswer answer);
}
