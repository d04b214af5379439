using Orleans.Concurrency;

namespace Orleans.Sessions.Saml;

/// <summary>
/// A service provider's request on its way through the login frontend (key <see cref="GrainKeys.SamlRequest"/>). Its id is derived from the
/// service provider's own id of the request (<see cref="SamlRequestIds"/>), so that the cluster accepts each request only once.
/// </summary>
[Alias("sessions.ISamlRequestGrain")]
public interface ISamlRequestGrain : IGrainWithStringKey
{
    /// <summary>
    /// Stores a new request. <paramref name="attempt"/> is a random value by which the grain recognizes a repeated call. Fails with
    /// <c>SAML-Rep01</c> if the request was accepted before.
    /// </summary>
    [Alias("Start")]
    Task StartAsync(SamlRequest request, string attempt);

    /// <summary>
    /// Reads the request. The caller needs <c>session.link</c>, or must be the login client of the request. Fails with
    /// <c>COMMAND-GH3PVLSfXC</c>.
    /// </summary>
    [AlwaysInterleave]
    [Alias("GetRequest")]
    Task<PendingSamlRequest> GetRequestAsync(Caller caller);

    /// <summary>
    /// Why this user cannot complete the request, whatever the login proves; <c>null</c> if the user can. Fails with <c>SAML-Sp001</c> if
    /// the service provider is no longer registered. In-cluster only, for callers who have read the request.
    /// </summary>
    [AlwaysInterleave]
    [Alias("FindRefusal")]
    Task<SessionError?> FindRefusalAsync(string userId);

    /// <summary>
    /// Completes the request. The caller needs <c>session.link</c>, or must be the login client of the request. Fails with
    /// <c>COMMAND-GH3PVLSfXC</c> (unknown or expired), <c>COMMAND-ttPKNdAIFT</c> or <c>COMMAND-32lGj1Fhjt</c> (already handled),
    /// <c>COMMAND-Flk38</c>, <c>COMMAND-Hewfq</c>, <c>COMMAND-Hkl3d</c>, <c>COMMAND-sGr42</c> (session or token), <c>OIDCS-kj3g2</c> (user
    /// not active), <c>OIDC-Acr01</c> to <c>OIDC-Acr08</c>, <c>OIDC-Acr10</c> or <c>SESSION-Pol02</c> (the login does not prove enough),
    /// <c>SAML-Nam01</c> (the login name would not arrive unchanged), and <c>SAML-Sp001</c> (the service provider or its address is no
    /// longer registered).
    /// </summary>
    [Alias("Complete")]
    Task<SamlAnswer> CompleteAsync(SamlCompletion completion);

    /// <summary>
    /// The answer that the service provider received about a login. It is kept for as long as its session may end. <c>null</c> if nobody
    /// logged in. In-cluster only.
    /// </summary>
    [AlwaysInterleave]
    [Alias("GetLogin")]
    Task<SamlAnswer?> GetLoginAsync();

    /// <summary>
    /// Like <see cref="GetLoginAsync"/>, if the person could still use the login: the session is alive, what it rests on was not removed,
    /// and the person may use the service provider, which is still registered. In-cluster only.
    /// </summary>
    [AlwaysInterleave]
    [Alias("GetLiveLogin")]
    Task<SamlAnswer?> GetLiveLoginAsync();
}
