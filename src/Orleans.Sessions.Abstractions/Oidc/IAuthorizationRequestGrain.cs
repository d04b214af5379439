using Orleans.Concurrency;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// An authorization request on its way through the login frontend (key <see cref="GrainKeys.Authorization"/>). Completed, the same grain
/// is the family of the tokens that come of it: <see cref="ITokenFamilyGrain"/>.
/// </summary>
[Alias("sessions.IAuthorizationRequestGrain")]
public interface IAuthorizationRequestGrain : IGrainWithStringKey
{
    /// <summary>Stores a new request; storing the same one again answers again.</summary>
    [Alias("Start")]
    Task StartAsync(AuthorizationRequest request);

    /// <summary>The request. Needs <c>session.link</c>, or to be its login client. Fails with <c>QUERY-Thee9</c>.</summary>
    [AlwaysInterleave]
    [Alias("GetRequest")]
    Task<PendingRequest> GetRequestAsync(Caller caller);

    /// <summary>
    /// Completes the request. Needs <c>session.link</c>, or to be its login client. Fails with <c>COMMAND-jae5P</c> (unknown), <c>COMMAND-Sx208nt</c> or
    /// <c>COMMAND-Sx202nt</c> (handled already), <c>COMMAND-Flk38</c>, <c>COMMAND-Hewfq</c>, <c>COMMAND-Hkl3d</c>, <c>COMMAND-sGr42</c> (session or token),
    /// <c>OIDCS-kj3g2</c> (user not active), <c>OIDC-Acr01</c> to <c>OIDC-Acr07</c> for what the login does not prove, and <c>OIDC-Cli01</c> or <c>OIDC-Red01</c> when the client,
    /// or its address, is not registered any more.
    /// </summary>
    [Alias("Complete")]
    Task<RequestAnswer> CompleteAsync(RequestCompletion completion);

    /// <summary>The answer once more, for the page that posts it; the code says that one may. Fails with <c>COMMAND-Iung5</c>.</summary>
    [AlwaysInterleave]
    [Alias("GetAnswer")]
    Task<RequestAnswer> GetAnswerAsync(string code);
}
