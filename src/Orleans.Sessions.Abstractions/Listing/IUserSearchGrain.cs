using Orleans.Sessions.Cluster;

namespace Orleans.Sessions;

/// <summary>Finds users. Every key works: use 0.</summary>
[OpenToClusterClients]
[Alias("sessions.IUserSearchGrain")]
public interface IUserSearchGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// A page of the users that match and that the caller may see (with <c>user.read</c>, or the caller's own user). It includes every
    /// change that was acknowledged before the call. Deleted users are not listed. Fails with <c>QUERY-4M0fs</c>, <c>QUERY-Deep1</c> or
    /// <c>QUERY-Long1</c>. Fails with <c>QUERY-Slow1</c> if the search takes too long, with <c>QUERY-Count1</c> if an exact total does, and
    /// with <c>QUERY-Busy1</c> if too many searches are running.
    /// </summary>
    [Alias("Search")]
    Task<UserPage> SearchAsync(Caller caller, UserQuery query);
}
