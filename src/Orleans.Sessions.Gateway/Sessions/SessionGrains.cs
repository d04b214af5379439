using Orleans.Metadata;
using Orleans.Runtime;

namespace Orleans.Sessions.Gateway.Sessions;

/// <summary>
/// References to session grains. <c>GetGrain&lt;T&gt;</c> looks up attributes and formats type names each time, which shows on a path of some
/// ten microseconds; here that is done once.
/// </summary>
internal sealed class SessionGrains(IGrainFactory grains, GrainInterfaceTypeResolver interfaces)
{
    private static readonly GrainType s_type = GrainType.Create("session");

    private readonly GrainInterfaceType _interface = interfaces.GetGrainInterfaceType(typeof(ISessionGrain));

    /// <summary>The session with this id, whether it exists or not.</summary>
    public ISessionGrain Get(string sessionId) =>
        (ISessionGrain)grains.GetGrain(GrainId.Create(s_type, GrainKeys.Session(sessionId)), _interface);
}
