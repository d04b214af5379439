namespace Orleans.Sessions.IdentityProviders;

/// <summary>
/// What a session or a user asks an intent (key <see cref="GrainKeys.Intent"/>). The grain of <see cref="IIntentGrain"/> implements it.
/// </summary>
[Alias("sessions.IIntentFactor")]
internal interface IIntentFactor : IGrainWithStringKey
{
    /// <summary>
    /// Checks whether this caller may use the login in a session of this user; changes nothing. Returns the handle of the user's link to
    /// the external identity. Fails with <c>CRYPTO-…</c>, <c>IDP-Strt1</c>, <c>Df4bw</c>, <c>SAf42</c> or <c>O8xk3w</c>.
    /// </summary>
    [Alias("Verify")]
    Task<string> VerifyAsync(Caller caller, string token, string userId);

    /// <summary>
    /// The external identity, if this caller may use the login to link this user, who need not be linked yet; changes nothing. Fails like
    /// <see cref="VerifyAsync"/>.
    /// </summary>
    [Alias("Identify")]
    Task<IdentityLink> IdentifyAsync(Caller caller, string token, string userId);

    /// <summary>
    /// Durably uses up the login. Fails like <see cref="VerifyAsync"/>. If several calls use it at the same time, only one succeeds.
    /// </summary>
    [Alias("Consume")]
    Task ConsumeAsync(Caller caller, string token, string userId);
}
