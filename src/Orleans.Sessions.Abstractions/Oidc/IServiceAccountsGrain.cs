using Orleans.Concurrency;

namespace Orleans.Sessions.Oidc;

/// <summary>Finds service accounts by what they present at the token endpoint (key 0; any number of activations).</summary>
[Alias("sessions.IServiceAccountsGrain")]
public interface IServiceAccountsGrain : IGrainWithIntegerKey
{
    /// <summary>The id of the active machine user with this user name and client secret; <c>null</c>: they are wrong.</summary>
    [AlwaysInterleave]
    [Alias("Authenticate")]
    Task<string?> AuthenticateAsync(string userName, string secret);
}
