using Orleans.Concurrency;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// Finds service accounts by their credentials at the token endpoint. The key is 0; there may be any number of activations.
/// </summary>
[Alias("sessions.IServiceAccountsGrain")]
public interface IServiceAccountsGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// The id of the active machine user with this user name and client secret; <c>null</c> if the name or the secret is wrong.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Authenticate")]
    Task<string?> AuthenticateAsync(string userName, string secret);
}
