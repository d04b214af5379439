using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Sessions.Instance;
using Orleans.Sessions.State;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Organizations;

/// <summary>
/// The only writer of the organizations. An organization that comes with administrators is added in four durable steps: the plan
/// (<see cref="UnsettledOrganization"/>), the new persons, the organization, the roles. Every reason for a refusal is found before the
/// organization exists, and then the persons are deleted again. If the node dies in between, the repeated call goes on where the first one
/// stopped. Without a repeated call, the next activation settles the plan: it gives the roles if the organization exists, and deletes the
/// persons if it does not.
/// </summary>
[GrainType("organizations")]
internal sealed partial class OrganizationsGrain : Grain, IOrganizationsGrain
{
    /// <summary>Longer than a caller repeats a call whose node has died.</summary>
    private static readonly TimeSpan s_untilSettled = TimeSpan.FromMinutes(1);

    private readonly InstanceAccessor _instance;
    private readonly TimeProvider _clock;
    private readonly string _defaultName;
    private readonly DurableState<OrganizationsRecord> _state;
    private readonly ILogger<OrganizationsGrain> _log;

    /// <summary>Called by the runtime.</summary>
    public OrganizationsGrain(
        IGrainContext context,
        InstanceAccessor instance,
        TimeProvider clock,
        IOptions<OrganizationOptions> options,
        StateServices state,
        ILogger<OrganizationsGrain> log
    )
    {
        (_instance, _clock, _log) = (instance, clock, log);
        _defaultName = options.Value.DefaultName;
        _state = new(StateNames.Organizations, context, state);
    }

    private OrganizationView Default => new(_instance.Identity.OrganizationId, _defaultName, DateTimeOffset.UnixEpoch, IsDefault: true);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        SettleLater();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<AddedOrganization> AddAsync(AddOrganization command)
    {
        OrganizationRules.EnsureSound(command);
        var known = await ReadAsync();
        var isPlanned = IsPlanned(known, command);
        var added = known.Organizations.FirstOrDefault(organization => organization.Id == command.Id && organization.Name == command.Name);
        if (added is null || !(isPlanned || command.Administrators.IsEmpty))
        {
            OrganizationRules.EnsureMayAdd(known, Default, command);
        }

        if (!command.Administrators.IsEmpty && !isPlanned)
        {
            await PlanAsync(command);
        }

        try
        {
            var persons = await CreatePersonsAsync(command);
            added ??= await AddAsync(new StoredOrganization(command.Id, command.Name, _clock.GetMicroNow()));
            await GrantAsync(command);
            return new(View(added), persons);
        }
        catch when (!command.Administrators.IsEmpty)
        {
            await SettleAsync(command.Id);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<OrganizationView> AddAsync(Caller caller, string id, string name)
    {
        var command = new AddOrganization
        {
            Caller = caller,
            Id = id,
            Name = name,
        };
        return (await AddAsync(command)).Organization;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<OrganizationView>> ListAsync(Caller caller)
    {
        var known = await ReadAsync();
        return
        [
            .. known
                .Organizations.Select(View)
                .Prepend(Default)
                .Where(organization => caller.May(Permission.OrganizationRead, organization.Id)),
        ];
    }

    /// <inheritdoc/>
    public async Task<string?> NameOfAsync(string id) =>
        id == Default.Id ? Default.Name : (await ReadAsync()).Organizations.FirstOrDefault(organization => organization.Id == id)?.Name;

    private static OrganizationView View(StoredOrganization organization) =>
        new(organization.Id, organization.Name, organization.CreatedAt, IsDefault: false);

    private async Task<StoredOrganization> AddAsync(StoredOrganization organization)
    {
        var known = await ReadAsync();
        await _state.ReplaceAsync(known with { Organizations = known.Organizations.Add(organization) });
        return organization;
    }

    private async ValueTask<OrganizationsRecord> ReadAsync() => await _state.ReadAsync() ?? new OrganizationsRecord();
}
