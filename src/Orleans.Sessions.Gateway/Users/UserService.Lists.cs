using System.Collections.Immutable;
using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.UserV2;
using KeyFilter = Orleans.Sessions.Protocol.UserV2.KeysSearchFilter.FilterOneofCase;
using TokenFilter = Orleans.Sessions.Protocol.UserV2.PersonalAccessTokensSearchFilter.FilterOneofCase;

namespace Orleans.Sessions.Gateway.Users;

/// <content>Lists of users' keys, personal access tokens and metadata.</content>
internal sealed partial class UserService
{
    public override async Task<ListKeysResponse> ListKeys(ListKeysRequest request, ServerCallContext context)
    {
        var filters = request.Filters.Select(filter =>
            filter.FilterCase switch
            {
                KeyFilter.KeyIdFilter => CredentialFilter.Id(filter.KeyIdFilter),
                KeyFilter.UserIdFilter => CredentialFilter.User(filter.UserIdFilter),
                KeyFilter.OrganizationIdFilter => CredentialFilter.Organization(filter.OrganizationIdFilter),
                KeyFilter.CreatedDateFilter => CredentialFilter.Created(filter.CreatedDateFilter),
                _ => CredentialFilter.Expiring(filter.ExpirationDateFilter),
            }
        );
        var found = await CredentialsAsync([.. filters], (user, caller) => user.ListKeysAsync(caller), context);
        var (page, pagination) = ListPage.Of(
            CredentialFilter.Sort(found, (CredentialField)request.SortingColumn, request.Pagination),
            request.Pagination
        );
        return new ListKeysResponse
        {
            Pagination = pagination,
            Result =
            {
                page.Select(key => new Key
                {
                    Id = key.Id,
                    UserId = key.UserId,
                    OrganizationId = key.OrganizationId,
                    CreationDate = Timestamps.Of(key.CreatedAt),
                    ChangeDate = Timestamps.Of(key.CreatedAt),
                    ExpirationDate = key.ExpiresAt is { } expiresAt ? Timestamps.Of(expiresAt) : null,
                }),
            },
        };
    }

    public override async Task<ListPersonalAccessTokensResponse> ListPersonalAccessTokens(
        ListPersonalAccessTokensRequest request,
        ServerCallContext context
    )
    {
        var filters = request.Filters.Select(filter =>
            filter.FilterCase switch
            {
                TokenFilter.TokenIdFilter => CredentialFilter.Id(filter.TokenIdFilter),
                TokenFilter.UserIdFilter => CredentialFilter.User(filter.UserIdFilter),
                TokenFilter.OrganizationIdFilter => CredentialFilter.Organization(filter.OrganizationIdFilter),
                TokenFilter.CreatedDateFilter => CredentialFilter.Created(filter.CreatedDateFilter),
                _ => CredentialFilter.Expiring(filter.ExpirationDateFilter),
            }
        );
        var found = await CredentialsAsync([.. filters], (user, caller) => user.ListPersonalAccessTokensAsync(caller), context);
        var (page, pagination) = ListPage.Of(
            CredentialFilter.Sort(found, (CredentialField)request.SortingColumn, request.Pagination),
            request.Pagination
        );
        return new ListPersonalAccessTokensResponse
        {
            Pagination = pagination,
            Result =
            {
                page.Select(token => new Protocol.UserV2.PersonalAccessToken
                {
                    Id = token.Id,
                    UserId = token.UserId,
                    OrganizationId = token.OrganizationId,
                    CreationDate = Timestamps.Of(token.CreatedAt),
                    ChangeDate = Timestamps.Of(token.CreatedAt),
                    ExpirationDate = token.ExpiresAt is { } expiresAt ? Timestamps.Of(expiresAt) : null,
                }),
            },
        };
    }

    public override async Task<ListUserMetadataResponse> ListUserMetadata(ListUserMetadataRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var user = await grains.CallAsync(() => grains.User(request.UserId).GetAsync(caller), context.CancellationToken);

        // Users may read themselves, but only administrators may read the metadata.
        caller.Require(Permission.UserRead, user.Details.OrganizationId);
        var found = user
            .Metadata.Where(entry =>
                request.Filters.All(filter => TextMatch.Is(entry.Key, filter.KeyFilter.Key, (TextMethod)filter.KeyFilter.Method))
            )
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .ToList();
        if (request.Pagination is not { Asc: true })
        {
            found.Reverse();
        }

        var (page, pagination) = ListPage.Of(found, request.Pagination);
        return new ListUserMetadataResponse
        {
            Pagination = pagination,
            Metadata =
            {
                page.Select(entry => new Protocol.MetadataV2.Metadata
                {
                    Key = entry.Key,
                    Value = Google.Protobuf.ByteString.CopyFrom(entry.Value.AsSpan()),
                }),
            },
        };
    }

    /// <summary>The credentials of the named user or, without a user, of all service accounts that the caller may read.</summary>
    private async Task<List<MachineCredential>> CredentialsAsync(
        ImmutableArray<CredentialFilter> filters,
        Func<IUserGrain, Caller, Task<ImmutableArray<MachineCredential>>> list,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        var named = filters.Select(filter => filter.UserId).OfType<string>().Distinct().ToList();
        var owners = named.Count > 0 ? named : await MachinesAsync(caller, filters, context);
        var found = new List<MachineCredential>();
        foreach (var some in owners.Chunk(64))
        {
            foreach (var credentials in await Task.WhenAll(some.Select(owner => OfAsync(owner, caller, list, context))))
            {
                found.AddRange(credentials.Where(credential => filters.All(filter => filter.Matches(credential))));
            }
        }

        return found;
    }

    /// <summary>A user who does not exist, or whom the caller may not see, adds nothing to a list.</summary>
    private async Task<ImmutableArray<MachineCredential>> OfAsync(
        string owner,
        Caller caller,
        Func<IUserGrain, Caller, Task<ImmutableArray<MachineCredential>>> list,
        ServerCallContext context
    )
    {
        try
        {
            return await grains.CallAsync(() => list(grains.User(owner), caller), context.CancellationToken);
        }
        catch (SessionException exception)
            when (exception.Error == SessionErrors.PermissionMissing || exception.Error == SessionErrors.UserNotFound)
        {
            return [];
        }
    }

    private async Task<List<string>> MachinesAsync(Caller caller, ImmutableArray<CredentialFilter> filters, ServerCallContext context)
    {
        var query = new UserQuery
        {
            Filters =
            [
                new UserFilter.Kind(UserKind.Machine),
                .. filters.Select(filter => filter.OrganizationId).OfType<string>().Select(id => new UserFilter.Organization(id)),
            ],
            Limit = UserQuery.MaxLimit,
        };
        var machines = await grains.CallOnceAsync(() => grains.UserSearch.SearchAsync(caller, query), context.CancellationToken);
        return machines.Total <= UserQuery.MaxLimit
            ? [.. machines.Users.Select(user => user.Id)]
            : throw new SessionException(SessionErrors.TooManyMachines);
    }
}
