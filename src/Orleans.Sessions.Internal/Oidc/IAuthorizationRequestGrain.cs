using Orleans.Concurrency;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// An authorization request on its way through the login frontend (key <see cref="GrainKeys.Authorization"/>). After its completion, the
/// same grain is the family of the tokens of this authorization: <see cref="ITokenFamilyGrain"/>.
/// </summary>
[Alias("sessions.IAuthorizationRequestGrain")]
public interface IAuthorizationRequestGrain : IGrainWithStringKey
{
    /// <summary>Stores a new request. Storing the same request again has no effect and succeeds.</summary>
    [Alias("Start")]
    Task StartAsync(AuthorizationRequest request);

    /// <summary>
    /// Stores a request that a client pushes (RFC 9126), until a browser comes with its id. Storing the same request again has no effect
    /// and succeeds.
    /// </summary>
    /// <param name="clientId">The client.</param>
    /// <param name="issuer">The issuer, without trailing slash.</param>
    /// <param name="request">The request as the gateway reads it again.</param>
    /// <param name="lifetime">How long it waits for the browser.</param>
    [Alias("Push")]
    Task PushAsync(string clientId, string issuer, string request, TimeSpan lifetime);

    /// <summary>The pushed request; <c>null</c> if there is none, or if it has expired.</summary>
    [AlwaysInterleave]
    [Alias("FindPushed")]
    Task<string?> FindPushedAsync();

    /// <summary>
    /// Makes a pushed request one that waits for its login. Returns <c>false</c> if there is none, or if its login has ended. Until then a
    /// repetition has no effect and returns <c>true</c>.
    /// </summary>
    [Alias("StartPushed")]
    Task<bool> StartPushedAsync(AuthorizationRequest request);

    /// <summary>
    /// Reads the request. The caller needs <c>session.link</c>, or must be the login client of the request. Fails with <c>QUERY-Thee9</c>.
    /// </summary>
    [AlwaysInterleave]
    [Alias("GetRequest")]
    Task<PendingRequest> GetRequestAsync(Caller caller);

    /// <summary>
    /// Why this user cannot complete the request, whatever the login proves; <c>null</c> if the user can. Fails with <c>OIDC-Cli01</c> if
    /// the client is no longer registered. In-cluster only, for callers who have read the request.
    /// </summary>
    [AlwaysInterleave]
    [Alias("FindRefusal")]
    Task<SessionError?> FindRefusalAsync(string userId);

    /// <summary>
    /// Completes the request. The caller needs <c>session.link</c>, or must be the login client of the request. Fails with
    /// <c>COMMAND-jae5P</c> (unknown or expired), <c>COMMAND-Sx208nt</c> or <c>COMMAND-Sx202nt</c> (already handled), <c>COMMAND-Flk38</c>,
    /// <c>COMMAND-Hewfq</c>, <c>COMMAND-Hkl3d</c>, <c>COMMAND-sGr42</c> (session or token), <c>OIDCS-kj3g2</c> (user not active),
    /// <c>OIDC-Acr01</c> to <c>OIDC-Acr08</c>, <c>OIDC-Acr10</c> or <c>SESSION-Pol02</c> (the login does not prove enough;
    /// <see cref="PendingRequest"/> then tells what it lacked), and <c>OIDC-Cli01</c> or <c>OIDC-Red01</c> (the client, or its redirect
    /// URI, is no longer registered).
    /// </summary>
    [Alias("Complete")]
    Task<RequestAnswer> CompleteAsync(RequestCompletion completion);

    /// <summary>
    /// Returns the answer again, for the page that takes it to the client. The code is the permission to read the answer. Fails with
    /// <c>COMMAND-Iung5</c>.
    /// </summary>
    [AlwaysInterleave]
    [Alias("GetAnswer")]
    Task<RequestAnswer> GetAnswerAsync(string code);
}
