using Orleans.Sessions.Cluster;

namespace Orleans.Sessions;

/// <summary>Finds sessions. Every key works: use 0.</summary>
[OpenToClusterClients]
[Alias("sessions.ISessionSearchGrain")]
public interface ISessionSearchGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// A page of the sessions that match and that the caller may see. It includes every change that was acknowledged before the call.
    /// Expired sessions are listed; terminated ones are not. Fails as <see cref="IUserSearchGrain.SearchAsync"/>.
    /// </summary>
    [Alias("Search")]
    Task<SessionPage> SearchAsync(Caller caller, SessionQuery query);
}

/// <summary>A page of sessions.</summary>
/// <param name="Sessions">The sessions.</param>
/// <param name="Total">The number of sessions that match and that the caller may see.</param>
/// <param name="AsOf">When the search ran.</param>
[GenerateSerializer, Immutable, Alias("sessions.SessionPage")]
public sealed record SessionPage(
    [property: Id(0)] System.Collections.Immutable.ImmutableArray<SessionView> Sessions,
    [property: Id(1)] long Total,
    [property: Id(2)] DateTimeOffset AsOf
);
