using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Audit;

/// <summary>Puts the audit trail into a silo.</summary>
internal static class AuditExtensions
{
    /// <summary>Adds it, with what tells it the meaning of changes: one line for each kind of record.</summary>
    public static IServiceCollection AddAuditTrail(this IServiceCollection services)
    {
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<IAuditSink, AuditSink>();
        services.TryAddSingleton<FailureCounts>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FailureFlush>());
        services.AddSingleton<FailedLogins>();
        services.AddSingleton<ChangeTrail<SessionRecord>>(SessionTrail.Of);
        services.AddSingleton<ChangeTrail<UserRecord>>(UserTrail.Of);
        return services;
    }
}
