using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Cluster;
using Orleans.Sessions.States;
using Orleans.Sessions.Storage;
using Orleans.Storage;

namespace Orleans.Sessions.State;

/// <summary>The services that every <see cref="DurableState{T}"/> of a silo shares.</summary>
public sealed class StateServices(
    [FromKeyedServices(StateNames.Provider)] IGrainStorage storage,
    IStorageFaults faults,
    AuditTrail audit,
    TakeoverFence fence,
    TimeProvider clock,
    IServiceProvider services,
    ILogger<StateServices> log
)
{
    internal TakeoverFence Fence => fence;

    /// <summary>Only a cluster uses this service, and only a cluster registers it.</summary>
    internal IStateVersions Versions => services.GetRequiredService<IStateVersions>();

    internal GrainRegistration RegistrationOf(IGrainContext activation) => new(activation, fence, services);

    internal IGrainStorage Storage => storage;

    internal IStorageFaults Faults => faults;

    internal AuditTrail Audit => audit;

    internal TimeProvider Clock => clock;

    internal ILogger Log => log;

    /// <summary>Makes the columns and effects of such records; <c>null</c> if they have none.</summary>
    internal Projector<T>? ProjectorOf<T>()
        where T : class => services.GetService<Projector<T>>();

    /// <summary>Returns the audit events of changes of such records; <c>null</c> if they have none.</summary>
    internal ChangeTrail<T>? TrailOf<T>()
        where T : class => services.GetService<ChangeTrail<T>>();
}
