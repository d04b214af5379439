using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Sessions.Directory;
using Orleans.Sessions.Instance;
using Orleans.Sessions.Names;
using Orleans.Sessions.State;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Organizations;

/// <inheritdoc cref="IOrganizationsGrain"/>
[GrainType("organizations")]
internal sealed class OrganizationsGrain : Grain, IOrganizationsGrain
{
    private readonly InstanceAccessor _instance;
    private readonly TimeProvider _clock;
    private readonly string _defaultName;
    private readonly DurableState<OrganizationsRecord> _state;

    /// <summary>Called by the runtime.</summary>
    public OrganizationsGrain(
        IGrainContext context,
        InstanceAccessor instance,
        TimeProvider clock,
        IOptions<OrganizationOptions> options,
        StateServices state
    )
    {
        _instance = instance;
        _clock = clock;
        _defaultName = options.Value.DefaultName;
        _state = new(StateNames.Organizations, context, state);
    }

    private OrganizationView Default => new(_instance.Identity.OrganizationId, _defaultName, DateTimeOffset.UnixEpoch, IsDefault: true);

    /// <inheritdoc/>
    public async Task<OrganizationView> AddAsync(Caller caller, string id, string name)
    {
        caller.Require(Permission.OrganizationCreate);
        var known = await _state.ReadAsync() ?? new OrganizationsRecord();
        if (known.Organizations.FirstOrDefault(organization => organization.Id == id && organization.Name == name) is { } added)
        {
            return View(added);
        }

        if (!VisibleText.IsId(id))
        {
            throw new SessionException(SessionErrors.IdCharacters);
        }

        var key = TextKey.Of(name);
        if (
            id == Default.Id
            || key == TextKey.Of(_defaultName)
            || known.Organizations.Any(organization => organization.Id == id || TextKey.Of(organization.Name) == key)
        )
        {
            throw new SessionException(SessionErrors.OrganizationTaken);
        }

        if (known.Organizations.Length >= IOrganizationsGrain.MaxOrganizations)
        {
            throw new SessionException(SessionErrors.TooManyOrganizations);
        }

        var organization = new StoredOrganization(id, name, _clock.GetMicroNow());
        await _state.ReplaceAsync(known with { Organizations = known.Organizations.Add(organization) });
        return View(organization);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<OrganizationView>> ListAsync(Caller caller)
    {
        var known = await _state.ReadAsync() ?? new OrganizationsRecord();
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
        id == Default.Id
            ? Default.Name
            : (await _state.ReadAsync())?.Organizations.FirstOrDefault(organization => organization.Id == id)?.Name;

    private static OrganizationView View(StoredOrganization organization) =>
        new(organization.Id, organization.Name, organization.CreatedAt, IsDefault: false);
}
