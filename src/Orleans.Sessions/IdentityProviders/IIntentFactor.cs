namespace Orleans.Sessions.IdentityProviders;

/// <summary>What a session or a user asks of an intent (key <see cref="GrainKeys.Intent"/>); implemented by the grain of <see cref="IIntentGrain"/>.</summary>
[Alias("sessions.IIntentFactor")]
public interface IIntentFactor : IGrainWithStringKey
{
    /// <summary>
    /// Whether this caller may use the login in a session of this user; changes nothing. Returns the handle of the user's link to the person. Fails with
    /// <c>CRYPTO-…</c>, <c>IDP-Strt1</c>, <c>Df4bw</c>, <c>SAf42</c> or <c>O8xk3w</c>.
    /// </summary>
    [Alias("Verify")]
    Task<string> VerifyAsync(Caller caller, string token, string userId);

    /// <summary>
    /// The person there, if this caller may use the login to link this user, who need not be linked yet; changes nothing. Fails as <see cref="VerifyAsync"/>.
    /// </summary>
    [Alias("Identify")]
    Task<IdentityLink> IdentifyAsync(Caller caller, string token, string userId);

    /// <summary>Uses the login up, durably. Fails as <see cref="VerifyAsync"/>: of parallel uses one wins.</summary>
    [Alias("Consume")]
    Task ConsumeAsync(Caller caller, string token, string userId);
}
