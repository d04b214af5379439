using System.Collections.Immutable;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Projects;

/// <summary>
/// The applications of projects, for the administrators of their organizations. It decides who may do what, and leaves everything else to
/// the registries of clients and of service providers. Reading needs <c>project.read</c>, and changing <c>project.write</c>, on the
/// organization of the application's project; on the instance if it belongs to none. A caller without the permission does not learn what
/// exists. Fails with <c>APP-Id001</c> if a permitted caller names an application that does not exist, and with the errors of the
/// registries. Changes, except deletions, fail with <c>PROJECT-Org02</c> if that organization is deactivated or deleted.
/// </summary>
[Alias("sessions.IApplicationsGrain")]
public interface IApplicationsGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Adds a client to its project. A client id is an audience of tokens, so choosing it needs the permission on the instance. Fails with
    /// <c>COMMAND-3M9sd</c> (no such project), or <c>APP-Mx001</c> if the organization has its share.
    /// </summary>
    [Alias("CreateClient")]
    Task<OidcClient> CreateClientAsync(Caller caller, OidcClient client, bool isIdChosen);

    /// <summary>Adds a service provider to its project. Fails as <see cref="CreateClientAsync"/>.</summary>
    [Alias("CreateServiceProvider")]
    Task<ServiceProvider> CreateServiceProviderAsync(Caller caller, ServiceProviderRegistration registration, bool isIdChosen);

    /// <summary>The application.</summary>
    [Alias("Get")]
    Task<Application> GetAsync(Caller caller, string applicationId);

    /// <summary>The application, if the caller may change it.</summary>
    [Alias("GetChangeable")]
    Task<Application> GetChangeableAsync(Caller caller, ApplicationName application);

    /// <summary>The applications that the caller may read.</summary>
    [Alias("List")]
    Task<ImmutableArray<Application>> ListAsync(Caller caller);

    /// <summary>
    /// Changes a client. Fails with <c>APP-Kind1</c> if it is a service provider, or an API where <paramref name="isApi"/> is not set, or
    /// the other way round. <c>null</c> means either.
    /// </summary>
    [Alias("ChangeClient")]
    Task<OidcClient> ChangeClientAsync(
        Caller caller,
        ApplicationName application,
        ClientChange change,
        ImmutableArray<byte>? secretHash,
        bool? isApi
    );

    /// <summary>Changes a service provider. Fails with <c>APP-Kind1</c> if it is a client.</summary>
    [Alias("ChangeServiceProvider")]
    Task<ServiceProvider> ChangeServiceProviderAsync(Caller caller, ApplicationName application, ServiceProviderChange change);

    /// <summary>Renames an application of any kind. Returns when.</summary>
    [Alias("Rename")]
    Task<DateTimeOffset> RenameAsync(Caller caller, ApplicationName application, string name);

    /// <summary>
    /// Deactivates or activates an application. Returns when. Fails with <c>APP-St001</c> or <c>APP-St002</c> if it already is.
    /// </summary>
    [Alias("SetActive")]
    Task<DateTimeOffset> SetActiveAsync(Caller caller, ApplicationName application, bool isActive);

    /// <summary>Deletes an application. Returns when; <c>null</c> if there is none.</summary>
    [Alias("Delete")]
    Task<DateTimeOffset?> DeleteAsync(Caller caller, ApplicationName application);

    /// <summary>Replaces a client's secret. Returns when. Fails with <c>APP-Sec01</c> if the client uses none.</summary>
    [Alias("SetSecret")]
    Task<DateTimeOffset> SetSecretAsync(Caller caller, ApplicationName application, ImmutableArray<byte> secretHash);

    /// <summary>Adds a public key. Fails with <c>APP-Key01</c> (the client uses none) or <c>APP-Key03</c> (20 keys).</summary>
    [Alias("AddKey")]
    Task AddKeyAsync(Caller caller, ApplicationName application, ApplicationKey key);

    /// <summary>Removes a public key. Returns when; <c>null</c> if there is none.</summary>
    [Alias("RemoveKey")]
    Task<DateTimeOffset?> RemoveKeyAsync(Caller caller, ApplicationName application, string keyId);
}
