namespace Orleans.Sessions.Projects;

/// <summary>Finds the authorizations of all users.</summary>
[Alias("sessions.IRoleAssignmentsGrain")]
public interface IRoleAssignmentsGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// A page of the authorizations that the caller may see: the own ones, and those that organizations gave on which the caller has
    /// <c>user.grant.read</c>. The names of users whom the caller may not read (<c>user.read</c>) are left out, and are not searched. Fails
    /// with <c>QUERY-4M0fs</c>, <c>QUERY-Busy1</c>, <c>QUERY-Count1</c> or <c>SESSION-Store</c>.
    /// </summary>
    [Alias("Search")]
    Task<RoleAssignmentPage> SearchAsync(Caller caller, RoleAssignmentQuery query);

    /// <summary>
    /// The user who has an authorization; <c>null</c> if there is none with this id and the caller has <paramref name="permission"/> on the
    /// instance. Fails with <c>AUTH-AWfge</c> unless the caller has the permission on the instance or on some organization; for a deletion
    /// <c>user.write</c> is enough.
    /// </summary>
    [Alias("Locate")]
    Task<string?> LocateAsync(Caller caller, Permission permission, string id);
}
