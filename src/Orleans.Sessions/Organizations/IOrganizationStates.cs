using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions.Organizations;

/// <summary>
/// What state each organization should be in, and whether its people have it yet. The grain of the organizations implements it (key
/// <see cref="GrainKeys.Instance"/>), and the grain of each organization carries it out.
/// </summary>
[Alias("sessions.IOrganizationStates")]
internal interface IOrganizationStates : IGrainWithStringKey
{
    /// <summary>
    /// Records durably that the organization shall be in this state. If it already shall, and its people do not have the state yet, it
    /// changes nothing. If the organization's own grain has recorded another state, because a node of an earlier version has lost this one,
    /// it records the state again. Returns the change date. The errors are those of <see cref="IOrganizationGrain"/>.
    /// </summary>
    [Alias("Begin")]
    Task<DateTimeOffset> BeginAsync(string id, OrganizationState state);

    /// <summary>The state that the organization's people must be given; <c>null</c> if they have it.</summary>
    [AlwaysInterleave]
    [Alias("Target")]
    Task<OrganizationState?> TargetAsync(string id);

    /// <summary>Records that the organization's people have this state. A deleted organization is forgotten.</summary>
    [Alias("Settled")]
    Task SettledAsync(string id, OrganizationState state);

    /// <summary>Takes a change back: the last owner of the installation belongs to the organization. It becomes active again.</summary>
    [Alias("Revert")]
    Task RevertAsync(string id);

    /// <summary>The ids of the organizations that are active, with the default organization.</summary>
    [AlwaysInterleave]
    [Alias("ListOpen")]
    Task<ImmutableArray<string>> ListOpenAsync();

    /// <summary>The organizations whose people must still be given a state.</summary>
    [AlwaysInterleave]
    [Alias("ListUnsettled")]
    Task<IReadOnlyList<string>> ListUnsettledAsync();
}
