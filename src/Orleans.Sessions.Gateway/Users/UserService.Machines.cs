using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.UserV2;

namespace Orleans.Sessions.Gateway.Users;

/// <content>Personal access tokens, and metadata.</content>
internal sealed partial class UserService
{
    public override async Task<AddPersonalAccessTokenResponse> AddPersonalAccessToken(
        AddPersonalAccessTokenRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        var expiresAt = request.ExpirationDate?.ToDateTimeOffset() ?? throw new SessionException(SessionErrors.TokenExpirationInvalid);

        // The token is generated here, so that the grain recognises a repeated call.
        var tokenId = await ids.NextAsync();
        var token = PersonalAccessToken.Create(request.UserId, tokenId);
        var addedAt = await grains.CallAsync(
            () => grains.User(request.UserId).AddPersonalAccessTokenAsync(caller, token, expiresAt),
            context.CancellationToken
        );
        return new AddPersonalAccessTokenResponse
        {
            CreationDate = Timestamps.Of(addedAt),
            TokenId = tokenId,
            Token = token,
        };
    }

    public override async Task<RemovePersonalAccessTokenResponse> RemovePersonalAccessToken(
        RemovePersonalAccessTokenRequest request,
        ServerCallContext context
    ) =>
        new()
        {
            DeletionDate = Timestamps.Of(
                await grains.User(request.UserId).RemovePersonalAccessTokenAsync(context.Caller(), request.TokenId)
            ),
        };

    public override async Task<SetUserMetadataResponse> SetUserMetadata(SetUserMetadataRequest request, ServerCallContext context)
    {
        var changes = UserRequests.Metadata(request.Metadata.Select(entry => (entry.Key, entry.Value)));
        var details = await grains.User(request.UserId).SetMetadataAsync(context.Caller(), changes);
        return new SetUserMetadataResponse { SetDate = Timestamps.Of(details.ChangeDate) };
    }

    public override async Task<DeleteUserMetadataResponse> DeleteUserMetadata(DeleteUserMetadataRequest request, ServerCallContext context)
    {
        var changes = UserRequests.Metadata(request.Keys.Select(key => (key, Google.Protobuf.ByteString.Empty)));
        var details = await grains.User(request.UserId).SetMetadataAsync(context.Caller(), changes);
        return new DeleteUserMetadataResponse { DeletionDate = Timestamps.Of(details.ChangeDate) };
    }
}
