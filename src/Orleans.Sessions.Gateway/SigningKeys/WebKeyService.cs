using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Oidc.Keys;
using Orleans.Sessions.Protocol.WebKeyV2;
using Orleans.Sessions.SigningKeys;
using State = Orleans.Sessions.Protocol.WebKeyV2.State;

namespace Orleans.Sessions.Gateway.SigningKeys;

/// <summary>
/// The keys that sign tokens, as ZITADEL's clients manage them. They are those of <see cref="SigningKeyService"/>: RSA with SHA-256.
/// </summary>
internal sealed class WebKeyService(Grains grains, KeyRing ring) : Protocol.WebKeyV2.WebKeyService.WebKeyServiceBase
{
    private const int DefaultBits = 2048;

    public override async Task<CreateWebKeyResponse> CreateWebKey(CreateWebKeyRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        caller.Require(Permission.OidcClientWrite);
        if (
            request.KeyCase is CreateWebKeyRequest.KeyOneofCase.Ecdsa or CreateWebKeyRequest.KeyOneofCase.Ed25519
            || request.Rsa is { Hasher: not (RSAHasher.Unspecified or RSAHasher.Sha256) }
        )
        {
            throw new SessionException(SessionErrors.NotOffered);
        }

        var bits = request.Rsa?.Bits switch
        {
            RSABits._3072 => 3072,
            RSABits._4096 => 4096,
            _ => DefaultBits,
        };
        var key = await grains.CallOnceAsync(() => grains.SigningKeys.CreateAsync(caller, bits), context.CancellationToken);
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

    private static WebKey Key(PublishedKey key) =>
        new()
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
            Rsa = new RSA
            {
                Hasher = RSAHasher.Sha256,
                Bits = key.Bits switch
                {
                    3072 => RSABits._3072,
                    4096 => RSABits._4096,
                    _ => RSABits._2048,
                },
            },
        };
}
