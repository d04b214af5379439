using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Users;
using Orleans.Sessions.Protocol.OrgV2;

namespace Orleans.Sessions.Gateway.Organizations;

/// <content>The domains of organizations.</content>
internal sealed partial class OrganizationService
{
    public override async Task<AddOrganizationDomainResponse> AddOrganizationDomain(
        AddOrganizationDomainRequest request,
        ServerCallContext context
    ) =>
        new()
        {
            CreationDate = Timestamps.Of(
                await grains.Organizations.AddDomainAsync(context.Caller(), request.OrganizationId, request.Domain)
            ),
        };

    public override async Task<ListOrganizationDomainsResponse> ListOrganizationDomains(
        ListOrganizationDomainsRequest request,
        ServerCallContext context
    )
    {
        var (caller, id) = (context.Caller(), request.OrganizationId);
        var organization = await grains.CallAsync(() => grains.Organizations.GetAsync(caller, id), context.CancellationToken);
        var found = (organization.Domains ?? []).Where(domain => request.Filters.All(filter => IsNamed(domain, filter.DomainFilter)));
        var sorted =
            request.SortingColumn == DomainFieldName.CreationDate
                ? found.OrderBy(domain => domain.CreatedAt)
                : found.OrderBy(domain => domain.Name, StringComparer.Ordinal);
        var (page, pagination) = ListPage.Of(
            (request.Pagination is { Asc: true } ? sorted : sorted.Reverse()).ToList(),
            request.Pagination
        );
        return new ListOrganizationDomainsResponse
        {
            Pagination = pagination,
            Domains =
            {
                page.Select(domain => new Domain
                {
                    OrganizationId = id,
                    Domain_ = domain.Name,
                    IsVerified = domain.IsVerified,
                    IsPrimary = domain.IsPrimary,
                    ValidationType = (DomainValidationType)domain.Validation,
                }),
            },
        };
    }

    public override async Task<DeleteOrganizationDomainResponse> DeleteOrganizationDomain(
        DeleteOrganizationDomainRequest request,
        ServerCallContext context
    ) =>
        new()
        {
            DeletionDate = Timestamps.Of(
                await grains.Organizations.RemoveDomainAsync(context.Caller(), request.OrganizationId, request.Domain)
            ),
        };

    public override async Task<GenerateOrganizationDomainValidationResponse> GenerateOrganizationDomainValidation(
        GenerateOrganizationDomainValidationRequest request,
        ServerCallContext context
    )
    {
        var challenge = await grains.Organizations.ChallengeDomainAsync(
            context.Caller(),
            request.OrganizationId,
            request.Domain,
            (DomainValidation)request.Type
        );
        return new() { Token = challenge.Token, Url = DomainProofs.PlaceOf(challenge) };
    }

    public override async Task<VerifyOrganizationDomainResponse> VerifyOrganizationDomain(
        VerifyOrganizationDomainRequest request,
        ServerCallContext context
    )
    {
        var (caller, id) = (context.Caller(), request.OrganizationId);
        var challenge = await grains.CallAsync(
            () => grains.Organizations.ChallengeOfAsync(caller, id, request.Domain),
            context.CancellationToken
        );
        if (!await proofs.IsFoundAsync(challenge, context.CancellationToken))
        {
            throw new SessionException(SessionErrors.DomainNotProved);
        }

        return new() { ChangeDate = Timestamps.Of(await grains.Organizations.ConfirmDomainAsync(caller, id, challenge)) };
    }
}
