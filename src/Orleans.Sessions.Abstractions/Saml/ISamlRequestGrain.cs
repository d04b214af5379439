using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Orleans.Concurrency;

namespace Orleans.Sessions.Saml;

/// <summary>
/// A service provider's request on its way through the login frontend (key <see cref="GrainKeys.SamlRequest"/>). Its id comes of the service provider's own
/// (<see cref="SamlRequestIds"/>), so that no node takes the same request twice.
/// </summary>
[Alias("sessions.ISamlRequestGrain")]
public interface ISamlRequestGrain : IGrainWithStringKey
{
    /// <summary>
    /// Stores a new request. <paramref name="attempt"/> is random, by which a repeated call is recognised. Fails with <c>SAML-Rep01</c> when the request was accepted before.
    /// </summary>
    [Alias("Start")]
    Task StartAsync(SamlRequest request, string attempt);

    /// <summary>The request. Needs <c>session.link</c>, or to be its login client. Fails with <c>COMMAND-GH3PVLSfXC</c>.</summary>
    [AlwaysInterleave]
    [Alias("GetRequest")]
    Task<PendingSamlRequest> GetRequestAsync(Caller caller);

    /// <summary>
    /// Completes the request. Needs <c>session.link</c>, or to be its login client. Fails with <c>COMMAND-GH3PVLSfXC</c> (unknown), <c>COMMAND-ttPKNdAIFT</c> or
    /// <c>COMMAND-32lGj1Fhjt</c> (handled already), <c>COMMAND-Flk38</c>, <c>COMMAND-Hewfq</c>, <c>COMMAND-Hkl3d</c>, <c>COMMAND-sGr42</c> (session or token),
    /// <c>OIDCS-kj3g2</c> (user not active), <c>OIDC-Acr01</c> to <c>OIDC-Acr07</c> for what the login does not prove, <c>SAML-Nam01</c> for a login name that would not
    /// arrive as it is, and <c>SAML-Sp001</c> when the service provider or its address is not registered any more.
    /// </summary>
    [Alias("Complete")]
    Task<SamlAnswer> CompleteAsync(SamlCompletion completion);

    /// <summary>What the service provider was told about a login, for as long as its session may end; <c>null</c>: nobody logged in. In-cluster only.</summary>
    [AlwaysInterleave]
    [Alias("GetLogin")]
    Task<SamlAnswer?> GetLoginAsync();
}

/// <summary>The ids of stored requests.</summary>
public static class SamlRequestIds
{
    /// <summary>The id of the request that a service provider calls <paramref name="requestId"/>.</summary>
    public static string Of(string entityId, string requestId) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{entityId}\n{requestId}")));
}
