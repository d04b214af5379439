using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Sessions.Instance;
using Orleans.Sessions.State;
using Orleans.Sessions.States;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Organizations;

/// <summary>
/// The only writer of the organizations. An organization that comes with administrators is added in four durable steps: the plan
/// (<see cref="UnsettledOrganization"/>), the new persons, the organization, the roles. Every reason for a refusal is found before the
/// organization exists, and then the persons are deleted again. If the node dies in between, the repeated call goes on where the first one
/// stopped. Without a repeated call, the next activation settles the plan: it gives the roles if the organization exists, and deletes the
/// persons if it does not.
/// </summary>
[GrainType("organizations")]
internal sealed partial class OrganizationsGrain : Grain, IOrganizationsGrain, IOrganizationStates
{
    /// <summary>Longer than a caller repeats a call whose node has died.</summary>
    private static readonly TimeSpan s_untilSettled = TimeSpan.FromMinutes(1);

    private readonly InstanceAccessor _instance;
    private readonly IUserDirectory _users;
    private readonly TimeProvider _clock;
    private readonly string _defaultName;
    private readonly DurableState<OrganizationsRecord> _state;
    private readonly ILogger<OrganizationsGrain> _log;

    /// <summary>Called by the runtime.</summary>
    public OrganizationsGrain(
        IGrainContext context,
        InstanceAccessor instance,
        IUserDirectory users,
        TimeProvider clock,
        IOptions<OrganizationOptions> options,
        StateServices state,
        ILogger<OrganizationsGrain> log
    )
    {
        (_instance, _users, _clock, _log) = (instance, users, clock, log);
        _defaultName = options.Value.DefaultName;
        _state = new(StateNames.Organizations, context, state);
    }

    private string DefaultId => _instance.Identity.OrganizationId;

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
        var added = known.Organizations.FirstOrDefault(organization =>
            organization.Id == command.Id && organization.Name == command.Name && organization.State != OrganizationState.Removed
        );
        if (added is null || !(isPlanned || command.Administrators.IsEmpty))
        {
            OrganizationRules.EnsureMayAdd(known, ViewOfDefault(known), command);
            await EnsureNeverRemovedAsync(command.Id);
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
                .Prepend(ViewOfDefault(known))
                .Where(organization => caller.May(Permission.OrganizationRead, organization.Id)),
        ];
    }

    /// <inheritdoc/>
    public async Task<string?> NameOfAsync(string id)
    {
        var known = await ReadAsync();
        return id == DefaultId ? ViewOfDefault(known).Name : OrganizationRules.Find(known, id)?.Name;
    }

    /// <inheritdoc/>
    public async Task<OrganizationView> GetAsync(Caller caller, string id)
    {
        caller.Require(Permission.OrganizationRead, id);
        var known = await ReadAsync();
        return id == DefaultId ? ViewOfDefault(known) : View(Existing(known, id, SessionErrors.OrganizationNotFound));
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset> RenameAsync(Caller caller, string id, string name)
    {
        caller.Require(Permission.OrganizationWrite, id);
        var known = await ReadAsync();
        var organization = Existing(known, id, SessionErrors.OrganizationNotFound);
        OrganizationRules.EnsureMayRename(known, ViewOfDefault(known), id, name);
        return await ChangeAsync(known, organization, organization with { Name = name });
    }

    private static OrganizationView View(StoredOrganization organization) =>
        new(organization.Id, organization.Name, organization.CreatedAt, IsDefault: false)
        {
            State = organization.State ?? OrganizationState.Active,
            IsSettling = organization.IsSettling ?? false,
            ChangedAt = organization.ChangedAt,
            Changes = organization.Changes ?? 0,
            Domains = DomainRules.View(organization.Domains),
        };

    private OrganizationView ViewOfDefault(OrganizationsRecord known)
    {
        var view = View(Default(known));
        return view with { Name = view.Name.Length > 0 ? view.Name : _defaultName, IsDefault = true };
    }

    /// <summary>The default organization, which began with the installation.</summary>
    private StoredOrganization Default(OrganizationsRecord known) =>
        known.Default ?? new StoredOrganization(DefaultId, "", _instance.Identity.CreatedAt ?? DateTimeOffset.UnixEpoch);

    private StoredOrganization Existing(OrganizationsRecord known, string id, SessionError missing) =>
        id == DefaultId ? Default(known) : OrganizationRules.Find(known, id) ?? throw new SessionException(missing);

    /// <summary>Writes a change of an organization. Returns its date.</summary>
    private async Task<DateTimeOffset> ChangeAsync(
        OrganizationsRecord known,
        StoredOrganization before,
        StoredOrganization after,
        string? reason = null
    )
    {
        var now = _clock.GetMicroNow();
        var next = after with { ChangedAt = now, Changes = (before.Changes ?? 0) + 1 };
        await WriteAsync(known, before, next, reason);
        return now;
    }

    private async Task WriteAsync(OrganizationsRecord known, StoredOrganization before, StoredOrganization after, string? reason = null)
    {
        var next =
            before.Id == DefaultId
                ? known with
                {
                    Default = after,
                }
                : known with
                {
                    Organizations = known.Organizations.Replace(before, after),
                };
        await _state.ReplaceAsync(next, reason);
    }

    private async Task<StoredOrganization> AddAsync(StoredOrganization organization)
    {
        var known = await ReadAsync();
        await _state.ReplaceAsync(known with { Organizations = known.Organizations.Add(organization) });
        return organization;
    }

    private async ValueTask<OrganizationsRecord> ReadAsync() => await _state.ReadAsync() ?? new OrganizationsRecord();
}
