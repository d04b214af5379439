using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Protocol.OidcClientsV1;
using Orleans.Sessions.Secrets;
using LogoutState = Orleans.Sessions.Oidc.LogoutState;

namespace Orleans.Sessions.Gateway.Oidc.Clients;

/// <summary>The registry of clients for administrators, and the list of logout notifications to clients.</summary>
internal sealed partial class OidcClientService(Grains grains, IdGenerator ids, ClientWarnings warnings, TimeProvider clock)
    : Protocol.OidcClientsV1.OidcClientService.OidcClientServiceBase
{
    private const int DefaultLimit = 100;

    public override async Task<CreateClientResponse> CreateClient(CreateClientRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var settings = ClientMessages.Settings(request.ClientId.Length > 0 ? request.ClientId : await ids.NextAsync(), request.Settings);
        var (client, secret) = WithNewSecret(settings);
        var created = await grains.CallAsync(() => grains.OidcClients.CreateAsync(caller, client), context.CancellationToken);
        return new CreateClientResponse
        {
            Client = ClientMessages.Client(created),
            ClientSecret = secret,
            Warnings = { await warnings.OfAsync(created, context.CancellationToken) },
        };
    }

    public override async Task<GetClientResponse> GetClient(GetClientRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        return new GetClientResponse
        {
            Client = ClientMessages.Client(
                await grains.CallAsync(() => grains.OidcClients.GetAsync(caller, request.ClientId), context.CancellationToken)
            ),
        };
    }

    public override async Task<ListClientsResponse> ListClients(ListClientsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var response = new ListClientsResponse();
        response.Clients.AddRange(
            (await grains.CallAsync(() => grains.OidcClients.ListAsync(caller), context.CancellationToken)).Select(ClientMessages.Client)
        );
        return response;
    }

    public override async Task<UpdateClientResponse> UpdateClient(UpdateClientRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var (client, secret) = WithNewSecret(ClientMessages.Settings(request.ClientId, request.Settings));
        var updated = await grains.CallAsync(() => grains.OidcClients.UpdateAsync(caller, client), context.CancellationToken);
        if (ClientMessages.Change(request.Settings) is { } change)
        {
            updated = await grains.CallAsync(
                () => grains.OidcClients.ChangeAsync(caller, request.ClientId, change, client.SecretHash),
                context.CancellationToken
            );
        }

        var isNew = updated.SecretHash is { } hash && hash.SequenceEqual(client.SecretHash!.Value);
        return new UpdateClientResponse
        {
            Client = ClientMessages.Client(updated),
            ClientSecret = isNew ? secret : "",
            Warnings = { await warnings.OfAsync(updated, context.CancellationToken) },
        };
    }

    public override async Task<RegenerateSecretResponse> RegenerateSecret(RegenerateSecretRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var secret = RandomText.NewSecret();
        var hash = ImmutableArray.Create(TokenHash.Of(secret));
        await grains.CallAsync(() => grains.OidcClients.SetSecretAsync(caller, request.ClientId, hash), context.CancellationToken);
        return new RegenerateSecretResponse { ClientSecret = secret };
    }

    public override async Task<DeleteClientResponse> DeleteClient(DeleteClientRequest request, ServerCallContext context) =>
        new() { Deleted = await grains.OidcClients.DeleteAsync(context.Caller(), request.ClientId) };

    public override async Task<ListLogoutsResponse> ListLogouts(ListLogoutsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var query = new LogoutQuery(
            request.SessionId.Length > 0 ? request.SessionId : null,
            request.ClientId.Length > 0 ? request.ClientId : null,
            request.State == Protocol.OidcClientsV1.LogoutState.Unspecified ? null : (LogoutState)request.State,
            request.Limit == 0 ? DefaultLimit : (int)Math.Min(request.Limit, int.MaxValue)
        );
        var response = new ListLogoutsResponse();
        response.Logouts.AddRange(
            (await grains.CallAsync(() => grains.LogoutLedger.ListAsync(caller, query), context.CancellationToken)).Select(
                entry => new Logout
                {
                    SessionId = entry.SessionId,
                    UserId = entry.UserId,
                    ClientId = entry.ClientId,
                    Reason = entry.Reason,
                    EndedAt = Timestamps.Of(entry.EndedAt),
                    State = (Protocol.OidcClientsV1.LogoutState)entry.State,
                    Attempts = (uint)entry.Attempts,
                    At = Timestamps.Of(entry.At),
                    Outcome = entry.Outcome ?? "",
                }
            )
        );
        return response;
    }

    private static (OidcClient Client, string Secret) WithNewSecret(OidcClient client)
    {
        if (!client.HasSecret())
        {
            return (client, "");
        }

        var secret = RandomText.NewSecret();
        return (client with { SecretHash = [.. TokenHash.Of(secret)] }, secret);
    }
}
