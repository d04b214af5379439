using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Oidc.Keys;
using Orleans.Sessions.Gateway.Saml.Keys;
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
        var grain = Grain(request.Purpose);
        if (request.KeyId.Length > 0 && !request.UseAnnounced)
        {
            throw new InvalidRequestException("key_id: it needs use_announced");
        }

        var rotation = request.UseAnnounced
            ? new KeyRotation(await UseAnnouncedAsync(grain, caller, request, context.CancellationToken), IsNew: false)
            : await grains.CallOnceAsync(() => grain.RotateAsync(caller, request.WithdrawOthers), context.CancellationToken);
        ring.Forget();
        certificates.Forget();
        return new RotateSigningKeysResponse
        {
            Keys = { rotation.Keys.Select(Key) },
            Outcome =
                request.UseAnnounced ? SigningKeyRotation.Activated
                : request.WithdrawOthers ? SigningKeyRotation.Replaced
                : rotation.IsNew ? SigningKeyRotation.Announced
                : SigningKeyRotation.AlreadyAnnounced,
        };
    }

    /// <summary>
    /// Makes the announced key sign now. Fails with <c>COMMAND-teiG3</c> if there is no such key, and with <c>WEBKEY-Old01</c> if it has
    /// signed before.
    /// </summary>
    private async Task<ImmutableArray<PublishedKey>> UseAnnouncedAsync(
        ISigningKeysGrain grain,
        Caller caller,
        RotateSigningKeysRequest request,
        CancellationToken cancellationToken
    )
    {
        var keys = await grains.CallAsync(() => grain.ListAsync(caller), cancellationToken);
        var next = keys.FirstOrDefault(key => request.KeyId.Length > 0 ? key.Id == request.KeyId : key.State == PublishedKeyState.Announced)
            ?? throw new SessionException(SessionErrors.WebKeyUnknown);
        await grains.CallAsync(() => grain.ActivateAsync(caller, next.Id), cancellationToken);
        foreach (var other in keys.Where(key => request.WithdrawOthers && key.Id != next.Id))
        {
            await grains.CallAsync(() => grain.RemoveAsync(caller, other.Id), cancellationToken);
        }

        return await grains.CallAsync(() => grain.ListAsync(caller), cancellationToken);
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
