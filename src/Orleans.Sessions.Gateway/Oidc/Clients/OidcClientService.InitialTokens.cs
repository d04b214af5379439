using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Protocol.OidcClientsV1;
using Orleans.Sessions.Secrets;
using InitialAccessToken = Orleans.Sessions.Oidc.InitialAccessToken;

namespace Orleans.Sessions.Gateway.Oidc.Clients;

/// <content>The tokens with which applications register themselves.</content>
internal sealed partial class OidcClientService
{
    private const long MaxSeconds = 366L * 24 * 3600;
    private static readonly TimeSpan s_defaultLifetime = TimeSpan.FromDays(1);

    public override async Task<CreateInitialAccessTokenResponse> CreateInitialAccessToken(
        CreateInitialAccessTokenRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        var id = RandomText.NewId();
        var token = OidcTokens.Create(OidcTokens.InitialAccess, id);
        var stored = new InitialAccessToken
        {
            Id = id,
            Hash = [.. TokenHash.Of(token)],
            UsesLeft = request.Uses == 0 ? 1 : (int)Math.Min(request.Uses, int.MaxValue),
            ExpiresAt = EndOf(request),
        };
        await grains.CallAsync(() => grains.OidcClients.AddInitialTokenAsync(caller, stored), context.CancellationToken);
        return new CreateInitialAccessTokenResponse { InitialAccessToken = Message(stored), Token = token };
    }

    public override async Task<ListInitialAccessTokensResponse> ListInitialAccessTokens(
        ListInitialAccessTokensRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        var tokens = await grains.CallAsync(() => grains.OidcClients.ListInitialTokensAsync(caller), context.CancellationToken);
        return new ListInitialAccessTokensResponse { InitialAccessTokens = { tokens.Select(Message) } };
    }

    public override async Task<DeleteInitialAccessTokenResponse> DeleteInitialAccessToken(
        DeleteInitialAccessTokenRequest request,
        ServerCallContext context
    ) => new() { Deleted = await grains.OidcClients.DeleteInitialTokenAsync(context.Caller(), request.TokenId) };

    /// <summary>When the token ends. A lifetime that is no time at all is refused by the registry, as one that is too long.</summary>
    private DateTimeOffset EndOf(CreateInitialAccessTokenRequest request)
    {
        var now = clock.GetUtcNow();
        return request.Lifetime is not { } lifetime ? now + s_defaultLifetime
            : lifetime.Seconds is < 0 or > MaxSeconds ? DateTimeOffset.MaxValue
            : now + lifetime.ToTimeSpan();
    }

    private static Protocol.OidcClientsV1.InitialAccessToken Message(InitialAccessToken token) =>
        new()
        {
            TokenId = token.Id,
            UsesLeft = (uint)token.UsesLeft,
            ExpirationDate = Timestamps.Of(token.ExpiresAt),
        };
}
