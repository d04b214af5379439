using Orleans.Sessions.Audit;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Projects;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.SigningKeys;
using Orleans.Sessions.UsedOnce;

namespace Orleans.Sessions.Gateway.Cluster;

/// <summary>
/// Every grain that the gateway calls, and the two ways to call one so that the death of its node costs latency and not errors. A change
/// that is called without either of them is neither repeated nor safe to repeat.
/// </summary>
internal sealed class Grains(
    IGrainFactory grains,
    GrainReferences<ISessionGrain> sessions,
    GrainReferences<IUserGrain> users,
    GrainReferences<ITokenFamilyGrain> families,
    TimeProvider clock
)
{
    public ISessionSearchGrain SessionSearch => grains.GetGrain<ISessionSearchGrain>(0);

    public IUserSearchGrain UserSearch => grains.GetGrain<IUserSearchGrain>(0);

    public IServiceAccountsGrain ServiceAccounts => grains.GetGrain<IServiceAccountsGrain>(0);

    public IOrganizationsGrain Organizations => grains.GetGrain<IOrganizationsGrain>(GrainKeys.Instance);

    public IPoliciesGrain Policies => grains.GetGrain<IPoliciesGrain>(0);

    public IPasswordRulesGrain PasswordRules => grains.GetGrain<IPasswordRulesGrain>(0);

    public IIdentityProvidersGrain IdentityProviders => grains.GetGrain<IIdentityProvidersGrain>(GrainKeys.Instance);

    public IOidcClientsGrain OidcClients => grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients);

    public IProjectsGrain Projects => grains.GetGrain<IProjectsGrain>(GrainKeys.Instance);

    public IApplicationsGrain Applications => grains.GetGrain<IApplicationsGrain>(0);

    public IRoleAssignmentsGrain RoleAssignments => grains.GetGrain<IRoleAssignmentsGrain>(0);

    public ILogoutLedgerGrain LogoutLedger => grains.GetGrain<ILogoutLedgerGrain>(0);

    /// <summary>The keys that sign tokens.</summary>
    public ISigningKeysGrain SigningKeys => grains.GetGrain<ISigningKeysGrain>(GrainKeys.SigningKeys);

    /// <summary>The keys and certificates that sign SAML messages.</summary>
    public ISigningKeysGrain SamlCertificates => grains.GetGrain<ISigningKeysGrain>(GrainKeys.SamlCertificates);

    public IServiceProvidersGrain SamlServiceProviders => grains.GetGrain<IServiceProvidersGrain>(GrainKeys.SamlServiceProviders);

    public ISamlSubjectsGrain SamlSubjects => grains.GetGrain<ISamlSubjectsGrain>(0);

    public IInstanceSettingsGrain InstanceSettings => grains.GetGrain<IInstanceSettingsGrain>(GrainKeys.Instance);

    public IAdministratorsGrain Administrators => grains.GetGrain<IAdministratorsGrain>(0);

    public IAuditGrain Audit => grains.GetGrain<IAuditGrain>(0);

    public IDebugOutboxGrain DebugOutbox => grains.GetGrain<IDebugOutboxGrain>(0);

    public IOrganizationGrain Organization(string organizationId) =>
        grains.GetGrain<IOrganizationGrain>(GrainKeys.Organization(organizationId));

    /// <summary>The texts of login pages for one organization; <c>null</c>: for the installation.</summary>
    public ILoginTextsGrain LoginTexts(string? organizationId) =>
        grains.GetGrain<ILoginTextsGrain>(organizationId is null ? GrainKeys.LoginTexts : GrainKeys.LoginTextsOf(organizationId));

    public ISessionGrain Session(string sessionId) => sessions.Get(GrainKeys.Session(sessionId));

    public ILoginSession LoginSession(string sessionId) => grains.GetGrain<ILoginSession>(GrainKeys.Session(sessionId));

    public IUserGrain User(string userId) => users.Get(GrainKeys.User(userId));

    public IUserRolesGrain UserRoles(string userId) => grains.GetGrain<IUserRolesGrain>(GrainKeys.User(userId));

    public IWebAuthnRegistration WebAuthnKeys(string userId) => grains.GetGrain<IWebAuthnRegistration>(GrainKeys.User(userId));

    public IUserGrantsGrain UserGrants(string userId) => grains.GetGrain<IUserGrantsGrain>(GrainKeys.User(userId));

    public IIntentGrain Intent(string intentId) => grains.GetGrain<IIntentGrain>(GrainKeys.Intent(intentId));

    public IAuthorizationRequestGrain AuthorizationRequest(string authorizationId) =>
        grains.GetGrain<IAuthorizationRequestGrain>(GrainKeys.Authorization(authorizationId));

    public IDeviceAuthorizationGrain DeviceAuthorization(string authorizationId) =>
        grains.GetGrain<IDeviceAuthorizationGrain>(GrainKeys.Authorization(authorizationId));

    public ITokenFamilyGrain TokenFamily(string authorizationId) => families.Get(GrainKeys.Authorization(authorizationId));

    public ISamlRequestGrain SamlRequest(string requestId) => grains.GetGrain<ISamlRequestGrain>(GrainKeys.SamlRequest(requestId));

    public ISamlLogoutGrain SamlLogout(string logoutId) => grains.GetGrain<ISamlLogoutGrain>(GrainKeys.SamlLogout(logoutId));

    public ISamlArtifactGrain SamlArtifact(string artifactId) => grains.GetGrain<ISamlArtifactGrain>(GrainKeys.SamlArtifact(artifactId));

    /// <summary>
    /// Calls until a node answers in time. For cheap reads, and for cheap changes that the grain recognizes when they are repeated: the
    /// call may run twice at the same time.
    /// </summary>
    public Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) =>
        GrainCalls.RepeatIdempotentAsync(call, clock, cancellationToken);

    /// <summary>Like the other overload, for calls without a result.</summary>
    public Task CallAsync(Func<Task> call, CancellationToken cancellationToken) =>
        GrainCalls.RepeatIdempotentAsync(call, clock, cancellationToken);

    /// <summary>Like the other overloads, for callers that avoid a closure.</summary>
    public Task<T> CallAsync<TCall, T>(Func<TCall, Task<T>> call, TCall with, CancellationToken cancellationToken) =>
        GrainCalls.RepeatIdempotentAsync(call, with, clock, cancellationToken);

    /// <summary>Calls until a node takes the call. For expensive calls, and for those that must not run twice at the same time.</summary>
    public Task<T> CallOnceAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) =>
        GrainCalls.RepeatAsync(call, clock, cancellationToken);

    /// <summary>Marks a value as used until an instant. Returns whether it was never used before, on any node.</summary>
    public Task<bool> TryUseAsync(string what, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var attempt = RandomText.NewId();
        return CallAsync(() => grains.GetGrain<IUsedOnceGrain>(0).TryUseAsync(what, attempt, until), cancellationToken);
    }
}
