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
