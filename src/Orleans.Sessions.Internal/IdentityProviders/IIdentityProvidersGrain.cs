using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions;

/// <summary>
/// The external providers of this installation (key <see cref="GrainKeys.Instance"/>): those of the configuration section
/// <c>Sessions:IdentityProviders</c>, and those that were added through this grain. Every method fails with <see cref="SessionException"/>.
/// When a method returns, its change is durable. Every method checks permission first.
/// </summary>
[Alias("sessions.IIdentityProvidersGrain")]
public interface IIdentityProvidersGrain : IGrainWithStringKey
{
    /// <summary>
    /// Adds a provider, which is active at once. Needs <c>iam.idp.write</c>. Fails with <c>COMMAND-idpIn</c> (input, or its discovery
    /// document names another issuer) or <c>COMMAND-idpMx</c> (more than 100 providers). If the id was already added, it changes nothing
    /// and returns the same answer.
    /// </summary>
    [Alias("Add")]
    Task<IdentityProviderDetails> AddAsync(Caller caller, string id, ProviderSettings settings);

    /// <summary>
    /// Replaces the settings. Needs <c>iam.idp.write</c>. Fails with <c>COMMAND-idpIn</c>, <c>COMMAND-idpSe</c> (another issuer or token
    /// endpoint without a secret of its own), <c>COMMAND-idpNf</c> (unknown, or of another kind), or <c>COMMAND-idpCf</c> for a provider of
    /// the configuration.
    /// </summary>
    [Alias("Update")]
    Task<IdentityProviderDetails> UpdateAsync(Caller caller, string id, ProviderSettings settings);

    /// <summary>
    /// Removes the provider. Links of users stay but have no effect. Needs <c>iam.idp.write</c>. Fails as <see cref="UpdateAsync"/>.
    /// </summary>
    [Alias("Remove")]
    Task<IdentityProviderDetails> RemoveAsync(Caller caller, string id);

    /// <summary>Reads one provider. Needs <c>iam.idp.read</c>. Fails with <c>QUERY-SAFrt</c>.</summary>
    [AlwaysInterleave]
    [Alias("Get")]
    Task<IdentityProvider> GetAsync(Caller caller, string id);

    /// <summary>All providers, ordered by name. Needs <c>policy.read</c> on <paramref name="organizationId"/> or the instance.</summary>
    [AlwaysInterleave]
    [Alias("List")]
    Task<ImmutableArray<IdentityProvider>> ListAsync(Caller caller, string? organizationId);
}
