using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.UserV2;

namespace Orleans.Sessions.Gateway.Users;

/// <content>The credentials by which service accounts get access tokens: client secrets and keys (contract §14, §11.4).</content>
internal sealed partial class UserService
{
    private const int KeyBits = 2048;
    private const int SecretBytes = 48;

    public override async Task<AddSecretResponse> AddSecret(AddSecretRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var secret = System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var hash = ImmutableArray.Create(TokenHash.Of(secret));
        var addedAt = await grains.CallAsync(() => grains.User(request.UserId).AddSecretAsync(caller, hash), context.CancellationToken);
        return new AddSecretResponse { CreationDate = Timestamps.Of(addedAt), ClientSecret = secret };
    }

    public override async Task<RemoveSecretResponse> RemoveSecret(RemoveSecretRequest request, ServerCallContext context) =>
        new() { DeletionDate = Timestamps.Of(await grains.User(request.UserId).RemoveSecretAsync(context.Caller())) };

    public override async Task<AddKeyResponse> AddKey(AddKeyRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var expiresAt = request.ExpirationDate?.ToDateTimeOffset() ?? throw new SessionException(SessionErrors.TokenExpirationInvalid);
        var keyId = await ids.NextAsync();
        var (publicKey, privateKey) = request.PublicKey.IsEmpty ? await Task.Run(NewKey) : (ReadPublicKey(request.PublicKey), null);
        var addedAt = await grains.CallAsync(
            () => grains.User(request.UserId).AddKeyAsync(caller, keyId, publicKey, expiresAt),
            context.CancellationToken
        );
        return new AddKeyResponse
        {
            CreationDate = Timestamps.Of(addedAt),
            KeyId = keyId,
            KeyContent = privateKey is null
                ? ByteString.Empty
                : ByteString.CopyFromUtf8(
                    new JsonObject
                    {
                        ["type"] = "serviceaccount",
                        ["keyId"] = keyId,
                        ["key"] = privateKey,
                        ["expirationDate"] = expiresAt.ToString(
                            "yyyy-MM-dd'T'HH:mm:ss'Z'",
                            System.Globalization.CultureInfo.InvariantCulture
                        ),
                        ["userId"] = request.UserId,
                    }.ToJsonString()
                ),
        };
    }

    public override async Task<RemoveKeyResponse> RemoveKey(RemoveKeyRequest request, ServerCallContext context) =>
        new() { DeletionDate = Timestamps.Of(await grains.User(request.UserId).RemoveKeyAsync(context.Caller(), request.KeyId)) };

    private static (ImmutableArray<byte> PublicKey, string? PrivateKey) NewKey()
    {
        using var rsa = RSA.Create(KeyBits);
        return ([.. rsa.ExportSubjectPublicKeyInfo()], rsa.ExportRSAPrivateKeyPem());
    }

    private static ImmutableArray<byte> ReadPublicKey(ByteString pem)
    {
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(Encoding.UTF8.GetString(pem.Span));
            return [.. rsa.ExportSubjectPublicKeyInfo()];
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new SessionException(SessionErrors.MachineKeyInvalid);
        }
    }
}
