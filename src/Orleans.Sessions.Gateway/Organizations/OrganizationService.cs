using System.Collections.Immutable;
using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Users;
using Orleans.Sessions.Protocol.ObjectV2;
using Orleans.Sessions.Protocol.OrgV2;
using Admin = Orleans.Sessions.Protocol.OrgV2.AddOrganizationRequest.Types.Admin;
using CreatedAdmin = Orleans.Sessions.Protocol.OrgV2.AddOrganizationResponse.Types.CreatedAdmin;
using ProtocolState = Orleans.Sessions.Protocol.OrgV2.OrganizationState;

namespace Orleans.Sessions.Gateway.Organizations;

/// <summary>The organization service of the contract. States, domains and metadata have files of their own.</summary>
internal sealed partial class OrganizationService(Grains grains, DomainProofs proofs, IdGenerator ids, TimeProvider clock)
    : Protocol.OrgV2.OrganizationService.OrganizationServiceBase
{
    /// <summary>The maximum number of organizations on one page, and the number if the caller gives none.</summary>
    private const int MaxLimit = 1000;
    private const int DefaultLimit = 100;
    private const string DefaultRole = "ORG_OWNER";

    public override async Task<AddOrganizationResponse> AddOrganization(AddOrganizationRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        caller.Require(Permission.OrganizationCreate);
        var id = IdOf(request) ?? await ids.NextAsync();
        var administrators = ImmutableArray.CreateBuilder<FirstAdministrator>(request.Admins.Count);
        foreach (var admin in request.Admins)
        {
            administrators.Add(await AdministratorAsync(admin, caller, id));
        }

        var command = new AddOrganization
        {
            Caller = caller,
            Id = id,
            Name = request.Name,
            Administrators = administrators.ToImmutable(),
        };
        var added = await grains.CallAsync(() => grains.Organizations.AddAsync(command), context.CancellationToken);
        return new AddOrganizationResponse
        {
            OrganizationId = added.Organization.Id,
            Details = DetailsOf(added.Organization),
            CreatedAdmins =
            {
                added.Persons.Select(person =>
                    UserResponses.WithCodes(
                        new CreatedAdmin { UserId = person.UserId },
                        person.Change,
                        (message, code) => message.EmailCode = code,
                        (message, code) => message.PhoneCode = code
                    )
                ),
            },
        };
    }

    public override async Task<UpdateOrganizationResponse> UpdateOrganization(
        UpdateOrganizationRequest request,
        ServerCallContext context
    ) =>
        new()
        {
            ChangeDate = Timestamps.Of(await grains.Organizations.RenameAsync(context.Caller(), request.OrganizationId, request.Name)),
        };

    public override async Task<ListOrganizationsResponse> ListOrganizations(ListOrganizationsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var limit = request.Query is { Limit: > 0 } query ? query.Limit : DefaultLimit;
        if (limit > MaxLimit)
        {
            throw new SessionException(SessionErrors.LimitExceeded);
        }

        var visible = await grains.CallAsync(() => grains.Organizations.ListAsync(caller), context.CancellationToken);
        var found = Sort(
            visible.Where(organization =>
                organization.State != OrganizationState.Removed && request.Queries.All(part => Matches(organization, part))
            ),
            request
        );
        var page = found.Skip((int)Math.Min(request.Query?.Offset ?? 0, int.MaxValue)).Take((int)limit);
        return new ListOrganizationsResponse
        {
            Details = new ListDetails { TotalResult = (ulong)found.Count, Timestamp = Timestamps.Of(clock.GetUtcNow()) },
            SortingColumn = request.SortingColumn,
            Result =
            {
                page.Select(organization => new Protocol.OrgV2.Organization
                {
                    Id = organization.Id,
                    Name = organization.Name,
                    State = StateOf(organization),
                    PrimaryDomain = organization.PrimaryDomain ?? "",
                    Details = DetailsOf(organization),
                }),
            },
        };
    }

    /// <summary>The id that the request wants; <c>null</c> if it wants none. The older field has the same meaning.</summary>
    private static string? IdOf(AddOrganizationRequest request) =>
        request switch
        {
            { HasOrganizationId: true, HasOrgId: true } when request.OrganizationId != request.OrgId => throw new SessionException(
                SessionErrors.OrganizationIdsDiffer
            ),
            { HasOrganizationId: true } => request.OrganizationId,
            { HasOrgId: true } => request.OrgId,
            _ => null,
        };

    private async Task<FirstAdministrator> AdministratorAsync(Admin admin, Caller caller, string organizationId)
    {
        ImmutableArray<string> roles = admin.Roles.Count > 0 ? [.. admin.Roles] : [DefaultRole];
        return admin.Human is not { } human
            ? new FirstAdministrator { UserId = admin.UserId, Roles = roles }
            : new FirstAdministrator
            {
                UserId = human.HasUserId ? human.UserId : await ids.NextAsync(),
                Roles = roles,
                Person = UserRequests.Create(human, caller, organizationId) with { RequestId = Guid.NewGuid().ToString("N") },
            };
    }

    /// <summary>Only a verified domain is one of the organization's: anybody can claim the others.</summary>
    private static bool Matches(OrganizationView organization, SearchQuery query) =>
        query.QueryCase switch
        {
            SearchQuery.QueryOneofCase.NameQuery => TextMatch.Is(
                organization.Name,
                query.NameQuery.Name,
                (TextMethod)query.NameQuery.Method
            ),
            SearchQuery.QueryOneofCase.DomainQuery => (organization.Domains ?? []).Any(domain =>
                domain.IsVerified && IsNamed(domain, query.DomainQuery)
            ),
            SearchQuery.QueryOneofCase.StateQuery => query.StateQuery.State == StateOf(organization),
            SearchQuery.QueryOneofCase.IdQuery => organization.Id == query.IdQuery.Id,
            SearchQuery.QueryOneofCase.DefaultQuery => organization.IsDefault,
            _ => false,
        };

    private static bool IsNamed(OrganizationDomain domain, OrganizationDomainQuery query) =>
        TextMatch.Is(domain.Name, query.Domain, (TextMethod)query.Method);

    /// <summary>Without a column: the default organization first, then the others in the order of their creation.</summary>
    private static List<OrganizationView> Sort(IEnumerable<OrganizationView> found, ListOrganizationsRequest request)
    {
        if (request.SortingColumn == OrganizationFieldName.Unspecified)
        {
            return [.. found];
        }

        var sorted =
            request.SortingColumn == OrganizationFieldName.Name
                ? found.OrderBy(organization => organization.Name, StringComparer.Ordinal)
                : found.OrderBy(organization => organization.CreatedAt);
        return [.. request.Query is { Asc: true } ? sorted : sorted.Reverse()];
    }

    private static ProtocolState StateOf(OrganizationView organization) =>
        organization.State == OrganizationState.Unspecified ? ProtocolState.Active : (ProtocolState)organization.State;

    private static Details DetailsOf(OrganizationView organization) =>
        new()
        {
            Sequence = (ulong)(1 + organization.Changes),
            ChangeDate = Timestamps.Of(organization.ChangedAt ?? organization.CreatedAt),
            CreationDate = Timestamps.Of(organization.CreatedAt),
            ResourceOwner = organization.Id,
        };
}
