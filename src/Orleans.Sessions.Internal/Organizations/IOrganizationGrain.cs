using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions;

/// <summary>
/// One organization, as far as its people and its metadata are concerned (key <see cref="GrainKeys.Organization"/>). Names and domains,
/// which must be unique, belong to <see cref="IOrganizationsGrain"/>.
/// <para>
/// The three changes of the state are durable before the people are changed, and the work goes on after a crash. They return when nobody of
/// the organization is in another state than the organization. If that takes long, they fail with <c>COMMAND-OrgWt</c> while the work goes
/// on; a repeated call waits for the same work.
/// </para>
/// </summary>
[Alias("sessions.IOrganizationGrain")]
public interface IOrganizationGrain : IGrainWithStringKey
{
    /// <summary>
    /// Deactivates the organization: its people cannot log in, and all their sessions and tokens end. Needs <c>org.write</c> and the rights
    /// of everybody in the organization. Fails with <c>ORG-oL9nT</c> (no such organization), <c>EVENT-Dbs2g</c> (already inactive),
    /// <c>COMMAND-OrgDf</c> (the default organization) or <c>COMMAND-Own03</c> (the last owner belongs to it). Returns the change date.
    /// </summary>
    [Alias("Deactivate")]
    [ResponseTimeout("00:01:00")]
    Task<DateTimeOffset> DeactivateAsync(Caller caller);

    /// <summary>
    /// Activates the organization: its people get back the states that they had before. Needs <c>org.write</c>. Fails with <c>ORG-Dgf3g</c>
    /// (no such organization) or <c>EVENT-bfnrh</c> (already active). Returns the change date.
    /// </summary>
    [Alias("Activate")]
    [ResponseTimeout("00:01:00")]
    Task<DateTimeOffset> ActivateAsync(Caller caller);

    /// <summary>
    /// Deletes the organization with its people, their sessions, its domains, its metadata, its projects, its texts of login pages and all
    /// roles of administrators there. Its id is never used again. Needs <c>org.delete</c> and the rights of everybody in the organization.
    /// Fails with <c>COMMA-aps2n</c> (no such organization), <c>COMMA-wG9p1</c> (the default organization) or <c>COMMAND-Own03</c> (the
    /// last owner belongs to it). Returns the change date.
    /// </summary>
    [Alias("Delete")]
    [ResponseTimeout("00:01:00")]
    Task<DateTimeOffset> DeleteAsync(Caller caller);

    /// <summary>
    /// Sets entries of the metadata. Needs <c>org.write</c>. Fails with <c>ORG-1MRds</c> (no such organization) or <c>SESSION-Meta1</c>
    /// (more than 100 keys or 64 KiB). Returns the change date.
    /// </summary>
    [Alias("SetMetadata")]
    Task<DateTimeOffset> SetMetadataAsync(Caller caller, ImmutableDictionary<string, ImmutableArray<byte>> entries);

    /// <summary>
    /// Removes entries of the metadata, all of them or none. Needs <c>org.write</c>. Fails with <c>ORG-1MRds</c> (no such organization) or
    /// <c>META-2npds</c> (no such key). Returns the change date.
    /// </summary>
    [Alias("DeleteMetadata")]
    Task<DateTimeOffset> DeleteMetadataAsync(Caller caller, ImmutableArray<string> keys);

    /// <summary>The metadata, by key. Needs <c>org.read</c>. Fails with <c>ORG-1MRds</c> (no such organization).</summary>
    [AlwaysInterleave]
    [Alias("ListMetadata")]
    Task<ImmutableArray<OrganizationMetadata>> ListMetadataAsync(Caller caller);
}
