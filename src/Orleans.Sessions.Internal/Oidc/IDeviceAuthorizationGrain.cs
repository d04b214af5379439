using Orleans.Concurrency;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// The authorization of a device whose user logs in on another device (RFC 8628; key <see cref="GrainKeys.Authorization"/> of
/// <see cref="UserCodes.IdOf"/>). After the user allows it, the same grain is the family of the device's tokens:
/// <see cref="ITokenFamilyGrain"/>.
/// </summary>
[Alias("sessions.IDeviceAuthorizationGrain")]
public interface IDeviceAuthorizationGrain : IGrainWithStringKey
{
    /// <summary>
    /// Stores a new request. Storing the same request again succeeds. Returns <c>false</c> if the user code is already in use, so that the
    /// caller must create another code.
    /// </summary>
    [Alias("StartDevice")]
    Task<bool> StartAsync(DeviceRequest request, string deviceCode);

    /// <summary>Reads the request. Needs <c>session.link</c>. Fails with <c>COMMAND-D2hf2</c>.</summary>
    [AlwaysInterleave]
    [Alias("GetDevice")]
    Task<DeviceRequest> GetAsync(Caller caller);

    /// <summary>
    /// Allows the device to act for the session's user. Needs <c>session.link</c>. Fails with <c>COMMAND-D2hf2</c>, <c>COMMAND-D30Jf</c>
    /// (already handled), and the session errors of <see cref="IAuthorizationRequestGrain.CompleteAsync"/>.
    /// </summary>
    [Alias("AllowDevice")]
    Task AllowAsync(Caller caller, string sessionId, string sessionToken);

    /// <summary>Refuses the device. Needs <c>session.link</c>. Fails with <c>COMMAND-D2hf2</c> or <c>COMMAND-D30Jf</c>.</summary>
    [Alias("DenyDevice")]
    Task DenyAsync(Caller caller);

    /// <summary>
    /// Whether the device may have its tokens now. Fails with <c>OIDC-Dev01</c> (wait), <c>OIDC-Dev02</c> (asked too soon),
    /// <c>OIDC-Dev03</c> (denied), <c>OIDC-Dev04</c> (expired) or <c>OIDC-Dev05</c> (unknown or used).
    /// </summary>
    [Alias("PollDevice")]
    Task<RedeemableCode> PollAsync(string deviceCode);

    /// <summary>Uses up the device code. Fails as <see cref="PollAsync"/> and <see cref="ITokenFamilyGrain.RedeemCodeAsync"/>.</summary>
    [Alias("RedeemDevice")]
    Task<TokenGrant> RedeemAsync(string deviceCode, NewTokens tokens);
}
