using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions.Saml;

/// <summary>
/// The registry of SAML service providers (key <see cref="GrainKeys.SamlServiceProviders"/>), at most 500. Every change is durable when it is answered and known
/// everywhere within a second.
/// </summary>
[Alias("sessions.IServiceProvidersGrain")]
public interface IServiceProvidersGrain : IGrainWithStringKey
{
    /// <summary>The service provider with an entity id, for the protocol endpoints; <c>null</c>: there is none.</summary>
    [AlwaysInterleave]
    [Alias("Find")]
    Task<ServiceProvider?> FindAsync(string entityId);

    /// <summary>A service provider. Needs <c>saml.sp.read</c>. Fails with <c>SAML-Sp001</c>.</summary>
    [AlwaysInterleave]
    [Alias("Get")]
    Task<ServiceProvider> GetAsync(Caller caller, string id);

    /// <summary>All service providers in the order of their ids. Needs <c>saml.sp.read</c>.</summary>
    [AlwaysInterleave]
    [Alias("List")]
    Task<ImmutableArray<ServiceProvider>> ListAsync(Caller caller);

    /// <summary>
    /// Registers one; registering the very same one again answers again. Needs <c>saml.sp.write</c>. Fails with <c>SAML-Sp002</c> (id or entity id taken),
    /// <c>SAML-Sp003</c> (a value that cannot work), <c>SAML-Sp006</c> (metadata that cannot be used) or <c>SAML-Sp005</c> (500 reached).
    /// </summary>
    [Alias("Create")]
    Task<ServiceProvider> CreateAsync(Caller caller, ServiceProviderRegistration registration);

    /// <summary>
    /// Replaces what is known of one. Needs <c>saml.sp.write</c>. Fails with <c>SAML-Sp001</c>, <c>SAML-Sp002</c>, <c>SAML-Sp003</c>, <c>SAML-Sp006</c>, or
    /// <c>SAML-Sp004</c> when it comes from the configuration.
    /// </summary>
    [Alias("Update")]
    Task<ServiceProvider> UpdateAsync(Caller caller, ServiceProviderRegistration registration);

    /// <summary>Removes one. Returns whether there was one. Needs <c>saml.sp.write</c>. Fails with <c>SAML-Sp004</c>.</summary>
    [Alias("Delete")]
    Task<bool> DeleteAsync(Caller caller, string id);

    /// <summary>Takes over those of the configuration, in-cluster only; what they were before is replaced. Fails as <see cref="CreateAsync"/>.</summary>
    [Alias("Configure")]
    Task ConfigureAsync(ImmutableArray<ServiceProviderRegistration> registrations);
}
