using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Users;
using Orleans.Sessions.Protocol.ApplicationV2;
using Application = Orleans.Sessions.Projects.Application;
using ApplicationKey = Orleans.Sessions.Oidc.ApplicationKey;

namespace Orleans.Sessions.Gateway.Projects;

/// <content>The keys by which applications authenticate (private_key_jwt).</content>
internal sealed partial class ApplicationService
{
    private const int KeyBits = 2048;

    public override async Task<CreateApplicationKeyResponse> CreateApplicationKey(
        CreateApplicationKeyRequest request,
        ServerCallContext context
    )
    {
        var (caller, name) = (context.Caller(), Name(request.ApplicationId, request.ProjectId));
        var expiresAt = request.ExpirationDate?.ToDateTimeOffset();

        // Making a key takes long, so the caller's right is checked before.
        await grains.CallAsync(() => grains.Applications.GetChangeableAsync(caller, name), context.CancellationToken);
        var (publicKey, privateKey) = await Task.Run(NewKey);
        var key = new ApplicationKey(await ids.NextAsync(), [.. publicKey], clock.GetUtcNow(), expiresAt);
        await grains.CallAsync(() => grains.Applications.AddKeyAsync(caller, name, key), context.CancellationToken);
        return new CreateApplicationKeyResponse
        {
            KeyId = key.Id,
            CreationDate = Timestamps.Of(key.CreatedAt),
            KeyDetails = ByteString.CopyFromUtf8(
                new JsonObject
                {
                    ["type"] = "application",
                    ["keyId"] = key.Id,
                    ["key"] = privateKey,
                    ["appId"] = request.ApplicationId,
                    ["clientId"] = request.ApplicationId,
                }.ToJsonString()
            ),
        };
    }

    public override async Task<DeleteApplicationKeyResponse> DeleteApplicationKey(
        DeleteApplicationKeyRequest request,
        ServerCallContext context
    )
    {
        var name = Name(request.ApplicationId, request.ProjectId);
        var at = await grains.Applications.RemoveKeyAsync(context.Caller(), name, request.KeyId);
        return new DeleteApplicationKeyResponse { DeletionDate = at is { } deletedAt ? Timestamps.Of(deletedAt) : null };
    }

    public override async Task<GetApplicationKeyResponse> GetApplicationKey(GetApplicationKeyRequest request, ServerCallContext context)
    {
        var (_, key) = (await KeysAsync(context)).FirstOrDefault(entry => entry.Key.Id == request.KeyId);
        if (key is null)
        {
            context.Caller().Require(Permission.ProjectRead);
            throw new SessionException(SessionErrors.ApplicationKeyUnknown);
        }

        return new GetApplicationKeyResponse
        {
            KeyId = key.Id,
            CreationDate = Timestamps.Of(key.CreatedAt),
            ExpirationDate = ApplicationMessages.Expiration(key),
        };
    }

    public override async Task<ListApplicationKeysResponse> ListApplicationKeys(
        ListApplicationKeysRequest request,
        ServerCallContext context
    )
    {
        var found = (await KeysAsync(context))
            .Select(entry => ApplicationMessages.Key(entry.Application, entry.Key))
            .Where(key => request.Filters.All(filter => ApplicationMessages.Matches(key, filter)))
            .OrderBy(key => key.KeyId, StringComparer.Ordinal);
        IEnumerable<Protocol.ApplicationV2.ApplicationKey> sorted = request.SortingColumn switch
        {
            ApplicationKeysSorting.ApplicationKeysSortByProjectId => found.OrderBy(key => key.ProjectId, StringComparer.Ordinal),
            ApplicationKeysSorting.ApplicationKeysSortByApplicationId => found.OrderBy(key => key.ApplicationId, StringComparer.Ordinal),
            ApplicationKeysSorting.ApplicationKeysSortByOrganizationId => found.OrderBy(key => key.OrganizationId, StringComparer.Ordinal),
            ApplicationKeysSorting.ApplicationKeysSortByCreationDate => found.OrderBy(key => key.CreationDate.ToDateTimeOffset()),
            ApplicationKeysSorting.ApplicationKeysSortByExpiration => found.OrderBy(key =>
                key.ExpirationDate?.ToDateTimeOffset() ?? DateTimeOffset.MaxValue
            ),
            _ => found,
        };
        var (page, pagination) = ListPage.Of(ProjectMessages.Ordered(sorted, request.Pagination), request.Pagination);
        return new ListApplicationKeysResponse { Keys = { page }, Pagination = pagination };
    }

    private async Task<List<(Application Application, ApplicationKey Key)>> KeysAsync(ServerCallContext context)
    {
        var caller = context.Caller();
        var applications = await grains.CallAsync(() => grains.Applications.ListAsync(caller), context.CancellationToken);
        return [.. from application in applications from key in application.Client?.Keys ?? [] select (application, key)];
    }

    private static (byte[] PublicKey, string PrivateKey) NewKey()
    {
        using var rsa = RSA.Create(KeyBits);
        return (rsa.ExportSubjectPublicKeyInfo(), rsa.ExportRSAPrivateKeyPem());
    }
}
