using Orleans.Concurrency;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>What other grains ask the grain of <see cref="IIdentityProvidersGrain"/>.</summary>
[Alias("sessions.IIdentityProviderRegistry")]
internal interface IIdentityProviderRegistry : IGrainWithStringKey
{
    /// <summary>The provider with everything a login needs; <c>null</c> if there is no such provider.</summary>
    [AlwaysInterleave]
    [Alias("Find")]
    Task<StoredProvider?> FindAsync(string id);
}
