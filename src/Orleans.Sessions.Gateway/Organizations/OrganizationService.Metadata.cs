using System.Collections.Immutable;
using Google.Protobuf;
using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Users;
using Orleans.Sessions.Protocol.OrgV2;

namespace Orleans.Sessions.Gateway.Organizations;

/// <content>The metadata of organizations.</content>
internal sealed partial class OrganizationService
{
    public override async Task<SetOrganizationMetadataResponse> SetOrganizationMetadata(
        SetOrganizationMetadataRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        caller.Require(Permission.OrganizationWrite, request.OrganizationId);
        if (request.Metadata.Count == 0)
        {
            throw new SessionException(SessionErrors.MetadataMissing);
        }

        var entries = UserRequests.Metadata(request.Metadata.Select(entry => (entry.Key, entry.Value)));
        var setAt = await grains.Organization(request.OrganizationId).SetMetadataAsync(caller, entries);
        return new() { SetDate = Timestamps.Of(setAt) };
    }

    public override async Task<ListOrganizationMetadataResponse> ListOrganizationMetadata(
        ListOrganizationMetadataRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        var organization = grains.Organization(request.OrganizationId);
        var all = await grains.CallAsync(() => organization.ListMetadataAsync(caller), context.CancellationToken);
        var found = all.Where(entry =>
                request.Filters.All(filter => TextMatch.Is(entry.Key, filter.KeyFilter.Key, (TextMethod)filter.KeyFilter.Method))
            )
            .ToList();
        if (request.Pagination is not { Asc: true })
        {
            found.Reverse();
        }

        var (page, pagination) = ListPage.Of(found, request.Pagination);
        return new ListOrganizationMetadataResponse
        {
            Pagination = pagination,
            Metadata =
            {
                page.Select(entry => new Protocol.MetadataV2.Metadata
                {
                    Key = entry.Key,
                    Value = ByteString.CopyFrom(entry.Value.AsSpan()),
                    CreationDate = Timestamps.Of(entry.CreatedAt),
                    ChangeDate = Timestamps.Of(entry.ChangedAt),
                }),
            },
        };
    }

    public override async Task<DeleteOrganizationMetadataResponse> DeleteOrganizationMetadata(
        DeleteOrganizationMetadataRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        caller.Require(Permission.OrganizationWrite, request.OrganizationId);
        if (request.Keys.Count == 0)
        {
            throw new SessionException(SessionErrors.MetadataKeysMissing);
        }

        ImmutableArray<string> keys = [.. request.Keys.Distinct()];
        return new() { DeletionDate = Timestamps.Of(await grains.Organization(request.OrganizationId).DeleteMetadataAsync(caller, keys)) };
    }
}
