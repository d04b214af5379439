using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.IdentityProviders;
using Orleans.Sessions.Protocol.ObjectV2;
using Orleans.Sessions.Protocol.UserV2;

namespace Orleans.Sessions.Gateway.Users;

/// <content>Logins at external identity providers, and links to identities there.</content>
internal sealed partial class UserService
{
    public override async Task<StartIdentityProviderIntentResponse> StartIdentityProviderIntent(
        StartIdentityProviderIntentRequest request,
        ServerCallContext context
    )
    {
        if (request.ContentCase == StartIdentityProviderIntentRequest.ContentOneofCase.Ldap)
        {
            throw new SessionException(SessionErrors.NotOffered);
        }

        var urls = request.Urls ?? throw new SessionException(SessionErrors.IntentSuccessUrlInvalid);
        var here = origin.Of(context.Request());
        var command = new StartIntent(
            request.IdpId,
            urls.SuccessUrl,
            urls.FailureUrl,
            here + CallbackEndpoint.Path,
            here + StartEndpoint.Path,
            request.HasBindToBrowser ? request.BindToBrowser : null
        )
        {
            LoginHint = urls.LoginHint.Length > 0 ? urls.LoginHint : null,
        };
        limits.StartIntent(context.Caller());
        var started = await grains.Intent(await ids.NextAsync()).StartAsync(context.Caller(), command);
        return new StartIdentityProviderIntentResponse { Details = IntentResponses.Details(started.Details), AuthUrl = started.AuthUrl };
    }

    public override async Task<RetrieveIdentityProviderIntentResponse> RetrieveIdentityProviderIntent(
        RetrieveIdentityProviderIntentRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        return IntentResponses.Retrieved(
            await grains.CallAsync(
                () => grains.Intent(request.IdpIntentId).RetrieveAsync(caller, request.IdpIntentToken),
                context.CancellationToken
            )
        );
    }

    public override async Task<AddIDPLinkResponse> AddIDPLink(AddIDPLinkRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        bool? endOtherSessions = request.HasEndOtherSessions ? request.EndOtherSessions : null;
        if (request.ProvedIdpLink is { } proved)
        {
            return request.IdpLink is not null
                ? throw new SessionException(SessionErrors.LinkUnclear)
                : new AddIDPLinkResponse
                {
                    Details = UserResponses.Details(
                        await grains
                            .User(request.UserId)
                            .AddProvedIdentityLinkAsync(caller, proved.IdpIntentId, proved.IdpIntentToken, endOtherSessions)
                    ),
                };
        }

        var link = UserRequests.Link(request.IdpLink ?? new IDPLink());
        return new AddIDPLinkResponse
        {
            Details = UserResponses.Details(
                await grains.CallAsync(
                    () => grains.User(request.UserId).AddIdentityLinkAsync(caller, link, endOtherSessions),
                    context.CancellationToken
                )
            ),
        };
    }

    public override async Task<ListIDPLinksResponse> ListIDPLinks(ListIDPLinksRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var links = await grains.CallAsync(() => grains.User(request.UserId).ListIdentityLinksAsync(caller), context.CancellationToken);
        return new ListIDPLinksResponse
        {
            Details = new ListDetails { TotalResult = (ulong)links.Length, Timestamp = Timestamps.Of(clock.GetUtcNow()) },
            Result = { IntentResponses.Page(links, request.Query).Select(IntentResponses.Link) },
        };
    }

    public override async Task<RemoveIDPLinkResponse> RemoveIDPLink(RemoveIDPLinkRequest request, ServerCallContext context) =>
        new()
        {
            Details = UserResponses.Details(
                await grains
                    .User(request.UserId)
                    .RemoveIdentityLinkAsync(
                        context.Caller(),
                        request.IdpId,
                        request.LinkedUserId,
                        request.HasEndOtherSessions ? request.EndOtherSessions : null
                    )
            ),
        };
}
