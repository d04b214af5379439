using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Sessions.IdentityProviders;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Oidc.Authorizations;
using Orleans.Sessions.Oidc.Clients;
using Orleans.Sessions.Organizations;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Saml.Requests;
using Orleans.Sessions.Saml.ServiceProviders;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.SigningKeys;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Audit;

/// <summary>Registers the audit trail of a silo.</summary>
internal static class AuditExtensions
{
    /// <summary>Adds the audit trail and the functions that derive its events from changes: one line for each kind of record.</summary>
    public static IServiceCollection AddAuditTrail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<IAuditSink, AuditSink>();
        services.TryAddSingleton<FailureCounts>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FailureFlush>());
        services.AddSingleton<FailedLogins>();
        services.AddSingleton<ChangeTrail<SessionRecord>>(SessionTrail.Of);
        services.AddSingleton<ChangeTrail<UserRecord>>(provider =>
        {
            var lockout = provider.GetRequiredService<IOptions<LockoutOptions>>().Value;
            return change => UserTrail.Of(change, lockout);
        });
        services.AddSingleton<ChangeTrail<OrganizationsRecord>>(OrganizationsTrail.Of);
        services.AddSingleton<ChangeTrail<OrganizationRecord>>(OrganizationsTrail.OfMetadata);
        services.AddSingleton<ChangeTrail<ProvidersRecord>>(ProvidersTrail.Of);
        services.AddSingleton<ChangeTrail<IntentRecord>>(ProvidersTrail.Of);
        services.AddSingleton<ChangeTrail<ClientsRecord>>(ClientsTrail.Of);
        services.AddSingleton<ChangeTrail<AuthorizationRecord>>(AuthorizationTrail.Of);
        services.AddSingleton<ChangeTrail<SigningKeysRecord>>(SigningKeysTrail.Of);
        services.AddSingleton<ChangeTrail<ServiceProvidersRecord>>(SamlTrail.Of);
        services.AddSingleton<ChangeTrail<SamlRequestRecord>>(SamlTrail.Of);
        services.AddCheckedOptions<AuditOptions>(configuration.GetSection(AuditOptions.Section));
        return services;
    }
}
