using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>Finds administrators. Every key works: use 0.</summary>
[Alias("sessions.IAdministratorsGrain")]
public interface IAdministratorsGrain : IGrainWithIntegerKey
{
    /// <summary>The maximum number of users whose roles a call reads.</summary>
    const int MaxUsers = 10_000;

    /// <summary>
    /// The roles of users, one entry for each resource, that the caller may see: the roles on resources where the caller has
    /// <c>iam.member.read</c> or <c>org.member.read</c>, and the caller's own. In no order. Fails with <c>QUERY-Adm01</c> if the database
    /// would have to read more than <see cref="MaxUsers"/> users.
    /// </summary>
    /// <param name="caller">The caller.</param>
    /// <param name="userIds">Only these users, at most 1000; <c>null</c>: all users.</param>
    [Alias("List")]
    Task<ImmutableArray<AdministratorView>> ListAsync(Caller caller, ImmutableArray<string>? userIds);
}
