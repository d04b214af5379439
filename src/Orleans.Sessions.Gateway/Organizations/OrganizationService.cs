using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Users;
using Orleans.Sessions.Protocol.ObjectV2;
using Orleans.Sessions.Protocol.OrgV2;

namespace Orleans.Sessions.Gateway.Organizations;

/// <summary>The organization service of the contract, as far as login frontends and provisioning need it.</summary>
internal sealed class OrganizationService(IGrainFactory grains, FirstAdministrators administrators, IdGenerator ids, TimeProvider clock)
    : Protocol.OrgV2.OrganizationService.OrganizationServiceBase
{
    /// <summary>The maximum number of organizations on one page, and the number if the caller gives none.</summary>
    private const int MaxLimit = 1000;
    private const int DefaultLimit = 100;

    private IOrganizationsGrain Organizations => grains.GetGrain<IOrganizationsGrain>(GrainKeys.Instance);

    public override async Task<AddOrganizationResponse> AddOrganization(AddOrganizationRequest request, ServerCallContext context)
    {
        var (caller, id) = (context.Caller(), request.HasOrgId ? request.OrgId : await ids.NextAsync());
        var admins = await administrators.PrepareAsync(caller, id, request.Name, request.Admins, context);
        try
        {
            var added = await GrainCalls.RepeatIdempotentAsync(
                () => Organizations.AddAsync(caller, id, request.Name),
                clock,
                context.CancellationToken
            );
            return new AddOrganizationResponse
            {
                OrganizationId = added.Id,
                Details = DetailsOf(added),
                CreatedAdmins = { await administrators.GrantAsync(caller, id, admins, context) },
            };
        }
        catch (SessionException exception)
            when (exception.Error == SessionErrors.OrganizationTaken || exception.Error == SessionErrors.TooManyOrganizations)
        {
            await administrators.UndoAsync(admins);
            throw;
        }
    }

    public override async Task<ListOrganizationsResponse> ListOrganizations(ListOrganizationsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var limit = request.Query is { Limit: > 0 } query ? query.Limit : DefaultLimit;
        if (limit > MaxLimit)
        {
            throw new SessionException(SessionErrors.LimitExceeded);
        }

        var visible = await GrainCalls.RepeatIdempotentAsync(() => Organizations.ListAsync(caller), clock, context.CancellationToken);
        var found = visible.Where(organization => request.Queries.All(part => Matches(organization, part))).ToList();
        if (request.SortingColumn == OrganizationFieldName.Name)
        {
            found.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
            if (request.Query is not { Asc: true })
            {
                found.Reverse();
            }
        }

        var page = found.Skip((int)Math.Min(request.Query?.Offset ?? 0, int.MaxValue)).Take((int)limit);
        return new ListOrganizationsResponse
        {
            Details = new ListDetails { TotalResult = (ulong)found.Count, Timestamp = UserResponses.Time(clock.GetUtcNow()) },
            SortingColumn = request.SortingColumn,
            Result =
            {
                page.Select(organization => new Protocol.OrgV2.Organization
                {
                    Id = organization.Id,
                    Name = organization.Name,
                    State = OrganizationState.Active,
                    Details = DetailsOf(organization),
                }),
            },
        };
    }

    /// <summary>Organizations have no domains here, so a query by domain finds nothing.</summary>
    private static bool Matches(OrganizationView organization, SearchQuery query) =>
        query.QueryCase switch
        {
            SearchQuery.QueryOneofCase.NameQuery => TextMatch.Is(
                organization.Name,
                query.NameQuery.Name,
                (TextMethod)query.NameQuery.Method
            ),
            SearchQuery.QueryOneofCase.StateQuery => query.StateQuery.State == OrganizationState.Active,
            SearchQuery.QueryOneofCase.IdQuery => organization.Id == query.IdQuery.Id,
            SearchQuery.QueryOneofCase.DefaultQuery => organization.IsDefault,
            _ => false,
        };

    private static Details DetailsOf(OrganizationView organization) =>
        new()
        {
            Sequence = 1,
            ChangeDate = UserResponses.Time(organization.CreatedAt),
            CreationDate = UserResponses.Time(organization.CreatedAt),
            ResourceOwner = organization.Id,
        };
}
