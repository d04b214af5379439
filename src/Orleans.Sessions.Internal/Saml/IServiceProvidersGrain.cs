using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions.Saml;

/// <summary>
/// The registry of SAML service providers (key <see cref="GrainKeys.SamlServiceProviders"/>), at most 500. A change is durable when the
/// method returns, and every node knows it within a second.
/// </summary>
[Alias("sessions.IServiceProvidersGrain")]
public interface IServiceProvidersGrain : IGrainWithStringKey
{
    /// <summary>
    /// Finds the service provider with an entity id, for the protocol endpoints. <c>null</c> if no service provider has this entity id, if
    /// it is inactive, or if the validity of its metadata is over.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Find")]
    Task<ServiceProvider?> FindAsync(string entityId);

    /// <summary>The service provider with this id, active or not; <c>null</c> if there is none. In-cluster only.</summary>
    [AlwaysInterleave]
    [Alias("TryGet")]
    Task<ServiceProvider?> TryGetAsync(string id);

    /// <summary>Whether a service provider has this id, or is being registered with it. In-cluster only.</summary>
    [AlwaysInterleave]
    [Alias("Has")]
    Task<bool> HasAsync(string id);

    /// <summary>Reads a service provider. Needs <c>saml.sp.read</c>. Fails with <c>SAML-Sp001</c>.</summary>
    [AlwaysInterleave]
    [Alias("Get")]
    Task<ServiceProvider> GetAsync(Caller caller, string id);

    /// <summary>All service providers, ordered by id. Needs <c>saml.sp.read</c>.</summary>
    [AlwaysInterleave]
    [Alias("List")]
    Task<ImmutableArray<ServiceProvider>> ListAsync(Caller caller);

    /// <summary>
    /// Registers a service provider. Registering exactly the same one again returns the same answer. Needs <c>saml.sp.write</c>. Fails with
    /// <c>SAML-Sp002</c> (a service provider or client has the id, or a service provider has the entity id), <c>SAML-Sp003</c> (invalid
    /// value), <c>SAML-Sp006</c> (unusable metadata), <c>COMMAND-3M9sd</c> (no such project), <c>SAML-Sp005</c> (500 service providers
    /// reached) or <c>APP-Mx001</c> (the share is used up).
    /// </summary>
    [Alias("Create")]
    Task<ServiceProvider> CreateAsync(Caller caller, ServiceProviderRegistration registration, Projects.ApplicationShare? share = null);

    /// <summary>
    /// Replaces the settings of a service provider, except its project and whether it is inactive. Needs <c>saml.sp.write</c>. Fails with
    /// <c>SAML-Sp001</c>, <c>SAML-Sp002</c>, <c>SAML-Sp003</c>, <c>SAML-Sp006</c>, or <c>SAML-Sp004</c> (it comes from the configuration).
    /// </summary>
    [Alias("Update")]
    Task<ServiceProvider> UpdateAsync(Caller caller, ServiceProviderRegistration registration);

    /// <summary>
    /// Changes some settings of a service provider. Needs <c>saml.sp.write</c>. Fails as <see cref="UpdateAsync"/>.
    /// </summary>
    [Alias("Change")]
    Task<ServiceProvider> ChangeAsync(Caller caller, string id, ServiceProviderChange change);

    /// <summary>
    /// Takes over metadata that were read again. After a failure the service provider stays as it is, and its
    /// <see cref="ServiceProvider.MetadataCopy"/> says why. Nothing happens if the address or the certificate has
    /// changed meanwhile. Needs <c>saml.sp.write</c>. Fails with <c>SAML-Sp001</c>.
    /// </summary>
    [Alias("Refresh")]
    Task<ServiceProvider> RefreshAsync(Caller caller, string id, MetadataFetch fetch);

    /// <summary>
    /// The service providers whose metadata are to be read again, those that wait longest first, at most 32. For two minutes only this
    /// caller gets them. In-cluster only.
    /// </summary>
    [Alias("ClaimDue")]
    Task<ImmutableArray<ServiceProvider>> ClaimDueAsync();

    /// <summary>Removes a service provider. Returns whether it existed. Needs <c>saml.sp.write</c>. Fails with <c>SAML-Sp004</c>.</summary>
    [Alias("Delete")]
    Task<bool> DeleteAsync(Caller caller, string id);

    /// <summary>The number of service providers of these projects. In-cluster only.</summary>
    [AlwaysInterleave]
    [Alias("CountOfProjects")]
    Task<int> CountOfProjectsAsync(ImmutableArray<string> projectIds);

    /// <summary>Removes the service providers of a project that were created until <paramref name="until"/>. In-cluster only.</summary>
    [Alias("DeleteOfProject")]
    Task DeleteOfProjectAsync(string projectId, DateTimeOffset until);

    /// <summary>
    /// Replaces the service providers of the configuration with <paramref name="registrations"/>. In-cluster only. Fails as
    /// <see cref="CreateAsync"/>.
    /// </summary>
    [Alias("Configure")]
    Task ConfigureAsync(ImmutableArray<ServiceProviderRegistration> registrations);
}
