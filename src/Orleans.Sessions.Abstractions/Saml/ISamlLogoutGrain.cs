namespace Orleans.Sessions.Saml;

/// <summary>
/// A logout on its way through the service providers of the sessions that it ends (key <see cref="GrainKeys.SamlLogout"/>, a random id; SAML core §3.7.3.2). The
/// sessions end first. Then the browser visits one service provider after the other; it is all they are told by, so one that does not send it back ends the way.
/// </summary>
[Alias("sessions.ISamlLogoutGrain")]
public interface ISamlLogoutGrain : IGrainWithStringKey
{
    /// <summary>
    /// Ends the sessions that a service provider's request means, those that are left, and says where the browser goes first. A repeated call answers again. In-cluster only.
    /// </summary>
    [Alias("EndFor")]
    Task<SamlLogoutStep> EndForAsync(SamlLogoutRequest request);

    /// <summary>
    /// Ends a session because somebody else asks, and says where the browser goes first, at last to <paramref name="returnTo"/>. A repeated call answers again. In-cluster only.
    /// </summary>
    [Alias("End")]
    Task<SamlLogoutStep> EndAsync(string sessionId, string returnTo);

    /// <summary>
    /// Takes the answer of the service provider that was told last, and says where the browser goes next. Fails with <c>SAML-Log01</c> when it is not the answer that is waited
    /// for, or no answer is any more. In-cluster only.
    /// </summary>
    [Alias("Continue")]
    Task<SamlLogoutStep> ContinueAsync(SamlLogoutAnswer answer);
}
