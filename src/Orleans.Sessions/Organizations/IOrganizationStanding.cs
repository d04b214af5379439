using Orleans.Concurrency;

namespace Orleans.Sessions.Organizations;

/// <summary>What grains ask the grain of an organization (key <see cref="GrainKeys.Organization"/>).</summary>
[Alias("sessions.IOrganizationStanding")]
internal interface IOrganizationStanding : IGrainWithStringKey
{
    /// <summary>
    /// The state of the organization; active if nobody ever changed it, whether it exists or not. Whoever makes somebody active in the
    /// organization asks before and after: either this answer has the new state, or the organization's grain finds that person.
    /// </summary>
    [AlwaysInterleave]
    [Alias("State")]
    Task<OrganizationState> StateAsync();

    /// <summary>Gives the organization's people its state, if a node died before that was done. The sweeper calls it.</summary>
    [ResponseTimeout("00:05:00")]
    [Alias("Settle")]
    Task SettleAsync();
}
