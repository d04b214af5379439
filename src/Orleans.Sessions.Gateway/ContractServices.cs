using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Events;
using Orleans.Sessions.Gateway.Features;
using Orleans.Sessions.Gateway.FirstApi;
using Orleans.Sessions.Gateway.IdentityProviders;
using Orleans.Sessions.Gateway.Logins;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.Grants;
using Orleans.Sessions.Gateway.Oidc.Logins;
using Orleans.Sessions.Gateway.Organizations;
using Orleans.Sessions.Gateway.Projects;
using Orleans.Sessions.Gateway.Saml.Logins;
using Orleans.Sessions.Gateway.Saml.ServiceProviders;
using Orleans.Sessions.Gateway.Sessions;
using Orleans.Sessions.Gateway.Settings;
using Orleans.Sessions.Gateway.SigningKeys;
using Orleans.Sessions.Gateway.Users;

namespace Orleans.Sessions.Gateway;

/// <summary>
/// The services of the contract, each with the class that implements it. A row is all that a service needs to be offered on every surface.
/// </summary>
internal static class ContractServices
{
    private static readonly Row[] s_rows =
    [
        Offer<SessionService>(Protocol.SessionV2.SessionService.Descriptor, Protocol.SessionV2.SessionService.BindService),
        Offer<UserService>(Protocol.UserV2.UserService.Descriptor, Protocol.UserV2.UserService.BindService),
        Offer<AdministratorService>(
            Protocol.InternalPermissionV2.InternalPermissionService.Descriptor,
            Protocol.InternalPermissionV2.InternalPermissionService.BindService
        ),
        Offer<IdentityProviderService>(
            Protocol.IdpV2.IdentityProviderService.Descriptor,
            Protocol.IdpV2.IdentityProviderService.BindService
        ),
        Offer<AdminService>(Protocol.AdminV1.AdminService.Descriptor, Protocol.AdminV1.AdminService.BindService),
        Offer<IdentityProviderAdminService>(
            Protocol.AdminV1.IdentityProviderAdminService.Descriptor,
            Protocol.AdminV1.IdentityProviderAdminService.BindService
        ),
        Offer<SettingsService>(Protocol.SettingsV2.SettingsService.Descriptor, Protocol.SettingsV2.SettingsService.BindService),
        Offer<OrganizationService>(Protocol.OrgV2.OrganizationService.Descriptor, Protocol.OrgV2.OrganizationService.BindService),
        Offer<FeatureService>(Protocol.FeatureV2.FeatureService.Descriptor, Protocol.FeatureV2.FeatureService.BindService),
        Offer<ProjectService>(Protocol.ProjectV2.ProjectService.Descriptor, Protocol.ProjectV2.ProjectService.BindService),
        Offer<ApplicationService>(
            Protocol.ApplicationV2.ApplicationService.Descriptor,
            Protocol.ApplicationV2.ApplicationService.BindService
        ),
        Offer<AuthorizationService>(
            Protocol.AuthorizationV2.AuthorizationService.Descriptor,
            Protocol.AuthorizationV2.AuthorizationService.BindService
        ),
        Offer<WebKeyService>(Protocol.WebKeyV2.WebKeyService.Descriptor, Protocol.WebKeyV2.WebKeyService.BindService),
        Offer<OwnProjectService>(Protocol.ProjectsV1.ProjectService.Descriptor, Protocol.ProjectsV1.ProjectService.BindService),
        Offer<UserRoleService>(Protocol.RolesV1.UserRoleService.Descriptor, Protocol.RolesV1.UserRoleService.BindService),
        Offer<OidcService>(Protocol.OidcV2.OIDCService.Descriptor, Protocol.OidcV2.OIDCService.BindService),
        Offer<OidcClientService>(Protocol.OidcClientsV1.OidcClientService.Descriptor, Protocol.OidcClientsV1.OidcClientService.BindService),
        Offer<LoginService>(Protocol.LoginV1.LoginService.Descriptor, Protocol.LoginV1.LoginService.BindService),
        Offer<AccountService>(Protocol.AccountV1.AccountService.Descriptor, Protocol.AccountV1.AccountService.BindService),
        Offer<UserGrantService>(Protocol.GrantsV1.UserGrantService.Descriptor, Protocol.GrantsV1.UserGrantService.BindService),
        Offer<EventService>(Protocol.EventsV1.EventService.Descriptor, Protocol.EventsV1.EventService.BindService),
        Offer<SigningKeyService>(Protocol.KeysV1.SigningKeyService.Descriptor, Protocol.KeysV1.SigningKeyService.BindService),
        Offer<SamlService>(Protocol.SamlV2.SAMLService.Descriptor, Protocol.SamlV2.SAMLService.BindService),
        Offer<SamlServiceProviderService>(
            Protocol.SamlProvidersV1.ServiceProviderService.Descriptor,
            Protocol.SamlProvidersV1.ServiceProviderService.BindService
        ),
        Offer<AuthService>(Protocol.AuthV1.AuthService.Descriptor, Protocol.AuthV1.AuthService.BindService),
        Offer<ManagementService>(Protocol.ManagementV1.ManagementService.Descriptor, Protocol.ManagementV1.ManagementService.BindService),
        Offer<SystemService>(Protocol.SystemV1.SystemService.Descriptor, Protocol.SystemV1.SystemService.BindService),
    ];

    /// <summary>The methods, in the order of the contract. They can be described, but not called.</summary>
    public static List<UnaryMethod> Described => Methods(services: null);

    /// <summary>The described methods that have an implementation. The others answer that they are not offered.</summary>
    public static IEnumerable<UnaryMethod> Offered =>
        s_rows.SelectMany(row =>
            UnaryMethod.Of(row.Descriptor, binder => row.Bind(binder, null)).Where(method => row.Implements(method.Descriptor))
        );

    /// <summary>Adds the services and the list of their methods.</summary>
    public static void AddContract(this IServiceCollection services)
    {
        foreach (var row in s_rows)
        {
            services.AddSingleton(row.Implementation);
        }

        services.AddSingleton<IReadOnlyList<UnaryMethod>>(Methods);
    }

    private static List<UnaryMethod> Methods(IServiceProvider? services) =>
        [.. s_rows.SelectMany(row => UnaryMethod.Of(row.Descriptor, binder => row.Bind(binder, services)))];

    private static Row Offer<T>(Google.Protobuf.Reflection.ServiceDescriptor descriptor, Action<ServiceBinderBase, T?> bind)
        where T : class => new(descriptor, typeof(T), (binder, services) => bind(binder, services?.GetRequiredService<T>()));

    private sealed record Row(
        Google.Protobuf.Reflection.ServiceDescriptor Descriptor,
        Type Implementation,
        Action<ServiceBinderBase, IServiceProvider?> Bind
    )
    {
        /// <summary>Whether the class overrides what the generated base class refuses.</summary>
        public bool Implements(Google.Protobuf.Reflection.MethodDescriptor method) =>
            Implementation.GetMethod(method.Name, [method.InputType.ClrType, typeof(ServerCallContext)])?.DeclaringType?.Assembly
            == Implementation.Assembly;
    }
}
