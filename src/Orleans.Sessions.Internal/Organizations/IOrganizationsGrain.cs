using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions;

/// <summary>
/// The organizations of this installation, which group users and administrators. The key is <see cref="GrainKeys.Instance"/>. The default
/// organization always exists; <see cref="MaxOrganizations"/> more can be added.
/// </summary>
[Alias("sessions.IOrganizationsGrain")]
public interface IOrganizationsGrain : IGrainWithStringKey
{
    /// <summary>The maximum number of organizations that can be added.</summary>
    const int MaxOrganizations = 1000;

    /// <summary>The maximum number of administrators that an organization can be added with.</summary>
    const int MaxFirstAdministrators = 100;

    /// <summary>The maximum number of domains of an organization.</summary>
    const int MaxDomains = 20;

    /// <summary>
    /// Adds an organization, with its first administrators. Either everything exists afterwards or nothing does. Adding the same
    /// organization again without administrators returns the same answer. Needs <c>org.create</c>, and <c>org.member.write</c> on the
    /// organization if it has administrators. Fails with <c>COMMAND-OrgEx</c> (id or name taken), <c>COMMAND-OrgMx</c> (too many),
    /// <c>COMMAND-m8fSs</c> (role), <c>QUERY-Dfbg2</c> (no such user), <c>COMMA-095xh8fll1</c> (input), or with an error of the creation of
    /// a person.
    /// </summary>
    [Alias("AddWithAdministrators")]
    [ResponseTimeout("00:01:00")]
    Task<AddedOrganization> AddAsync(AddOrganization command);

    /// <summary>Adds an organization without administrators, like <see cref="AddAsync(AddOrganization)"/>.</summary>
    [Alias("Add")]
    Task<OrganizationView> AddAsync(Caller caller, string id, string name);

    /// <summary>
    /// The organizations that the caller may see (<c>org.read</c> on the instance or on the organization): the default organization first,
    /// then the others in order of their creation.
    /// </summary>
    [AlwaysInterleave]
    [Alias("List")]
    Task<ImmutableArray<OrganizationView>> ListAsync(Caller caller);

    /// <summary>What the organization is called; <c>null</c>: there is none with this id.</summary>
    [AlwaysInterleave]
    [Alias("NameOf")]
    Task<string?> NameOfAsync(string id);

    /// <summary>
    /// Renames an organization. Needs <c>org.write</c>. Fails with <c>ORG-1MRds</c> (no such organization), <c>EVENT-4VSdf</c> (it has this
    /// name) or <c>COMMAND-OrgEx</c> (another one has it). Returns the change date.
    /// </summary>
    [Alias("Rename")]
    Task<DateTimeOffset> RenameAsync(Caller caller, string id, string name);

    /// <summary>The organization. Needs <c>org.read</c>. Fails with <c>ORG-1MRds</c> if it does not exist.</summary>
    [AlwaysInterleave]
    [Alias("Get")]
    Task<OrganizationView> GetAsync(Caller caller, string id);

    /// <summary>
    /// Adds a domain, which is not verified yet. Needs <c>org.write</c>. Fails with <c>ORG-1MRds</c> (no such organization),
    /// <c>ORG-R24hb</c> (no DNS name), <c>COMMA-Bd2jj</c> (it has this domain) or <c>COMMAND-OrgDm</c> (too many). Returns the change date.
    /// </summary>
    [Alias("AddDomain")]
    Task<DateTimeOffset> AddDomainAsync(Caller caller, string id, string domain);

    /// <summary>
    /// Removes a domain. Needs <c>org.write</c>. Fails with <c>ORG-1MRds</c> (no such organization) or <c>ORG-GDfA3</c> (it does not have
    /// this domain). Returns the change date.
    /// </summary>
    [Alias("RemoveDomain")]
    Task<DateTimeOffset> RemoveDomainAsync(Caller caller, string id, string domain);

    /// <summary>
    /// Makes a new token that proves a domain, which replaces the one before. Needs <c>org.write</c>. Fails with <c>ORG-1MRds</c> (no such
    /// organization), <c>ORG-Gsw31</c> (no kind of validation), <c>ORG-AGD31</c> (it does not have this domain) or <c>ORG-HGw21</c>
    /// (already verified).
    /// </summary>
    [Alias("ChallengeDomain")]
    Task<DomainChallenge> ChallengeDomainAsync(Caller caller, string id, string domain, DomainValidation validation);

    /// <summary>
    /// What must be found before the domain is verified. Needs <c>org.write</c>. Fails with <c>ORG-1MRds</c> (no such organization),
    /// <c>ORG-Sjdi3</c> (it does not have this domain), <c>ORG-HGw21</c> (already verified) or <c>ORG-SFBB3</c> (no token was made).
    /// </summary>
    [AlwaysInterleave]
    [Alias("ChallengeOf")]
    Task<DomainChallenge> ChallengeOfAsync(Caller caller, string id, string domain);

    /// <summary>
    /// Records that the token was found: the domain is verified. Needs <c>org.write</c>. Fails like <see cref="ChallengeOfAsync"/>, with
    /// <c>ORG-GH3s</c> if another token was made meanwhile, and with <c>COMMAND-OrgDo</c> if another organization has verified the domain.
    /// Returns the change date.
    /// </summary>
    [Alias("ConfirmDomain")]
    Task<DateTimeOffset> ConfirmDomainAsync(Caller caller, string id, DomainChallenge found);
}
