using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Oidc.Keys;
using Orleans.Sessions.Gateway.Saml.Keys;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Protocol.KeysV1;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Gateway.SigningKeys;

/// <summary>Manages the signing keys for operators. This node applies a change at once, other nodes within a minute.</summary>
internal sealed class SigningKeyService(Grains grains, KeyRing ring, SigningCertificates certificates)
    : Protocol.KeysV1.SigningKeyService.SigningKeyServiceBase
{
    public override async Task<ListSigningKeysResponse> ListSigningKeys(ListSigningKeysRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var keys = await grains.CallAsync(() => Grain(request.Purpose).ListAsync(caller), context.CancellationToken);
        return new ListSigningKeysResponse { Keys = { keys.Select(Key) } };
    }

    public override async Task<RotateSigningKeysResponse> RotateSigningKeys(RotateSigningKeysRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var rotation = await grains.CallOnceAsync(
            () => Grain(request.Purpose).RotateAsync(caller, request.WithdrawOthers),
            context.CancellationToken
        );
        ring.Forget();
        certificates.Forget();
        return new RotateSigningKeysResponse
        {
            Keys = { rotation.Keys.Select(Key) },
            Outcome =
                request.WithdrawOthers ? SigningKeyRotation.Replaced
                : rotation.IsNew ? SigningKeyRotation.Announced
                : SigningKeyRotation.AlreadyAnnounced,
        };
    }

    private static Protocol.KeysV1.SigningKey Key(PublishedKey key) =>
        new()
        {
            KeyId = key.Id,
            State = (SigningKeyState)key.State,
            SignsFrom = Timestamps.Of(key.SignsFrom),
            Algorithm = key.Form.Algorithm,
        };

    private ISigningKeysGrain Grain(SigningKeyPurpose purpose) =>
        purpose == SigningKeyPurpose.Saml ? grains.SamlCertificates : grains.SigningKeys;
}
