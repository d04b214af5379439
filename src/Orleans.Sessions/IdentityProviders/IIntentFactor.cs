namespace Orleans.Sessions.IdentityProviders;

/// <summary>What a session asks of an intent (key <see cref="GrainKeys.Intent"/>); implemented by the grain of <see cref="IIntentGrain"/>.</summary>
[Alias("sessions.IIntentFactor")]
public interface IIntentFactor : IGrainWithStringKey
{
    /// <summary>
    /// Whether this caller may use the login in a session of this user; changes nothing. Returns the handle of the user's link to the person. Fails with
    /// <c>CRYPTO-…</c>, <c>IDP-Strt1</c>, <c>Df4bw</c>, <c>SAf42</c> or <c>O8xk3w</c>.
    /// </summary>
    [Alias("Verify")]
    Task<string> VerifyAsync(Caller caller, string token, string userId);

    /// <summary>Uses the login up, durably. Fails as <see cref="VerifyAsync"/>: of parallel uses one wins.</summary>
    [Alias("Consume")]
    Task ConsumeAsync(Caller caller, string token, string userId);
}
