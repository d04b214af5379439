using Orleans.Concurrency;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>What other grains ask <see cref="IIdentityProvidersGrain"/>'s grain.</summary>
[Alias("sessions.IIdentityProviderRegistry")]
public interface IIdentityProviderRegistry : IGrainWithStringKey
{
    /// <summary>The provider with all that a login needs; <c>null</c>: there is none.</summary>
    [AlwaysInterleave]
    [Alias("Find")]
    Task<StoredProvider?> FindAsync(string id);
}
