using Orleans.Sessions.IdentityProviders.Upstream;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.IdentityProviders;

/// <content>What is done with a login that has succeeded.</content>
internal sealed partial class IntentGrain
{
    /// <inheritdoc/>
    public async Task<RetrievedIntent> RetrieveAsync(Caller caller, string token)
    {
        var intent = IntentRules.Readable(await LoadAsync(), caller, token, Now);
        var result = ResultOf(intent);
        return new RetrievedIntent
        {
            Details = IntentRules.Details(intent, InstanceId),
            Identity = IntentRules.Identity(intent),
            UserId = intent.UserId,
            AccessToken = result.AccessToken,
            IdToken = result.IdToken,
            RefreshToken = result.RefreshToken,
            RawInformation = result.Claims,
            Person = result.Person ?? StandardClaims.Describe(result.Claims),
            IsAutoUpdate =
                intent.UserId is not null && await Registry.FindAsync(intent.ProviderId) is { Settings.Policy.IsAutoUpdate: true },
        };
    }

    /// <inheritdoc/>
    public async Task<string> VerifyAsync(Caller caller, string token, string userId)
    {
        var intent = IntentRules.Usable(await LoadAsync(), caller, token, userId, Now);
        if (await Registry.FindAsync(intent.ProviderId) is null)
        {
            throw new SessionException(SessionErrors.IntentNotSucceeded);
        }

        // The user who was linked when the login succeeded may not be linked any more.
        if (!await GrainFactory.GetGrain<IUserFactors>(GrainKeys.User(userId)).HasLinkAsync(intent.ProviderId, intent.ExternalId!))
        {
            throw new SessionException(SessionErrors.IntentOtherUser);
        }

        return LinkRules.HandleOf(intent.ProviderId, intent.ExternalId!);
    }

    /// <inheritdoc/>
    public async Task<IdentityLink> IdentifyAsync(Caller caller, string token, string userId) =>
        IntentRules.Identity(IntentRules.Usable(await LoadAsync(), caller, token, userId, Now));

    /// <inheritdoc/>
    public async Task ConsumeAsync(Caller caller, string token, string userId)
    {
        var intent = IntentRules.Usable(await LoadAsync(), caller, token, userId, Now);
        await WriteAsync(intent with { State = IntentState.Consumed, Result = null });
    }
}
