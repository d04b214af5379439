using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Oidc.Keys;
using Orleans.Sessions.Protocol.WebKeyV2;
using Orleans.Sessions.SigningKeys;
using KeyCase = Orleans.Sessions.Protocol.WebKeyV2.CreateWebKeyRequest.KeyOneofCase;
using State = Orleans.Sessions.Protocol.WebKeyV2.State;

namespace Orleans.Sessions.Gateway.SigningKeys;

/// <summary>
/// The keys that sign tokens, as ZITADEL's clients manage them. They are those of <see cref="SigningKeyService"/>.
/// </summary>
internal sealed class WebKeyService(Grains grains, KeyRing ring) : Protocol.WebKeyV2.WebKeyService.WebKeyServiceBase
{
    public override async Task<CreateWebKeyResponse> CreateWebKey(CreateWebKeyRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        caller.Require(Permission.SigningKeyWrite);
        var form = request.KeyCase switch
        {
            KeyCase.Ecdsa => WebKeyForms.Of(request.Ecdsa),
            KeyCase.Ed25519 => throw new SessionException(SessionErrors.NotOffered),
            _ => WebKeyForms.Of(request.Rsa),
        };
        var key = await grains.CallOnceAsync(() => grains.SigningKeys.CreateAsync(caller, form), context.CancellationToken);
        ring.Forget();
        return new CreateWebKeyResponse { Id = key.Id, CreationDate = Timestamps.Of(key.CreatedAt ?? key.SignsFrom) };
    }

    public override async Task<ActivateWebKeyResponse> ActivateWebKey(ActivateWebKeyRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var at = await grains.CallAsync(() => grains.SigningKeys.ActivateAsync(caller, request.Id), context.CancellationToken);
        ring.Forget();
        return new ActivateWebKeyResponse { ChangeDate = Timestamps.Of(at) };
    }

    public override async Task<DeleteWebKeyResponse> DeleteWebKey(DeleteWebKeyRequest request, ServerCallContext context)
    {
        var at = await grains.SigningKeys.RemoveAsync(context.Caller(), request.Id);
        ring.Forget();
        return new DeleteWebKeyResponse { DeletionDate = at is { } deletedAt ? Timestamps.Of(deletedAt) : null };
    }

    public override async Task<ListWebKeysResponse> ListWebKeys(ListWebKeysRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var keys = await grains.CallAsync(() => grains.SigningKeys.ListAsync(caller), context.CancellationToken);
        return new ListWebKeysResponse { WebKeys = { keys.Select(Key) } };
    }

    private static WebKey Key(PublishedKey key)
    {
        var message = new WebKey
        {
            Id = key.Id,
            CreationDate = Timestamps.Of(key.CreatedAt ?? key.SignsFrom),
            ChangeDate = Timestamps.Of(
                key.State == PublishedKeyState.Announced && key.CreatedAt is { } createdAt ? createdAt : key.SignsFrom
            ),
            State = key.State switch
            {
                PublishedKeyState.Announced => State.Initial,
                PublishedKeyState.Signing => State.Active,
                _ => State.Inactive,
            },
        };
        if (key.Form.Curve is null)
        {
            message.Rsa = WebKeyForms.Rsa(key.Form);
        }
        else
        {
            message.Ecdsa = WebKeyForms.Ecdsa(key.Form);
        }

        return message;
    }
}
