using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Protocol.GrantsV1;
using UserGrant = Orleans.Sessions.Oidc.UserGrant;

namespace Orleans.Sessions.Gateway.Oidc.Grants;

/// <summary>Lists and revokes the access that users have granted to applications.</summary>
internal sealed class UserGrantService(Grains grains) : Protocol.GrantsV1.UserGrantService.UserGrantServiceBase
{
    public override async Task<ListUserGrantsResponse> ListUserGrants(ListUserGrantsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var query = new UserGrantQuery(
            request.ClientId.Length > 0 ? request.ClientId : null,
            request.Limit == 0 ? UserGrantQuery.MaxLimit : (int)Math.Min(request.Limit, UserGrantQuery.MaxLimit),
            request.PageToken.Length > 0 ? PageTokens.Parse(request.PageToken) : null
        );
        var page = await grains.CallAsync(() => grains.UserGrants(request.UserId).ListAsync(caller, query), context.CancellationToken);
        var response = new ListUserGrantsResponse { NextPageToken = page.Next is { } next ? PageTokens.Of(next) : "" };
        response.Grants.AddRange(page.Grants.Select(Message));
        return response;
    }

    public override async Task<RevokeUserGrantsResponse> RevokeUserGrants(RevokeUserGrantsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        UserGrantSelection selection = request.WhichCase switch
        {
            RevokeUserGrantsRequest.WhichOneofCase.GrantId when request.GrantId.Length > 0 => new UserGrantSelection.Grant(request.GrantId),
            RevokeUserGrantsRequest.WhichOneofCase.ClientId when request.ClientId.Length > 0 => new UserGrantSelection.Client(
                request.ClientId
            ),
            _ => throw new SessionException(SessionErrors.GrantUnnamed),
        };
        var revoked = await grains.CallAsync(
            () => grains.UserGrants(request.UserId).RevokeAsync(caller, selection),
            context.CancellationToken
        );
        return new RevokeUserGrantsResponse { Revoked = (uint)revoked };
    }

    private static Protocol.GrantsV1.UserGrant Message(UserGrant grant)
    {
        var message = new Protocol.GrantsV1.UserGrant
        {
            GrantId = grant.Id,
            ClientId = grant.ClientId,
            ClientName = grant.ClientName,
            SessionId = grant.SessionId,
            FirstGranted = Timestamps.Of(grant.GrantedAt),
            LastUsed = Timestamps.Of(grant.LastUsedAt),
            ExpiresAt = Timestamps.Of(grant.ExpiresAt),
            Refreshable = grant.IsRefreshable,
        };
        message.Scopes.AddRange(grant.Scopes);
        message.Audiences.AddRange(grant.Audiences);
        return message;
    }
}
