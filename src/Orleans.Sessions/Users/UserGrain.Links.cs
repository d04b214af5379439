using System.Collections.Immutable;
using Orleans.Sessions.IdentityProviders;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Users;

/// <content>
/// Links to identities at external providers. The database ensures that an external identity is linked to at most one user, in the
/// transaction that writes the user. If several users link it at the same time, only one succeeds.
/// </content>
internal sealed partial class UserGrain
{
    /// <inheritdoc/>
    public async Task<UserDetails> AddIdentityLinkAsync(Caller caller, IdentityLink link, bool? endOtherSessions)
    {
        ArgumentNullException.ThrowIfNull(link);
        var user = await AuthorizeAsync(caller, UserAct.AddLink);
        EnsureLinkable(user);
        var policy = await AllowedAsync(user, link);
        return await LinkAsync(caller, UserAct.AddLink, link, policy, endOtherSessions);
    }

    /// <inheritdoc/>
    public async Task<UserDetails> AddProvedIdentityLinkAsync(Caller caller, string intentId, string intentToken, bool? endOtherSessions)
    {
        var user = await AuthorizeAsync(caller, UserAct.AddProvedLink);
        EnsureLinkable(user);
        var intent = GrainFactory.GetGrain<IIntentFactor>(GrainKeys.Intent(intentId));
        var link = await intent.IdentifyAsync(caller, intentToken, Id);
        var policy = await AllowedAsync(user, link);
        await intent.ConsumeAsync(caller, intentToken, Id);
        return await LinkAsync(caller, UserAct.AddProvedLink, link, policy, endOtherSessions);
    }

    /// <inheritdoc/>
    public Task<UserDetails> RemoveIdentityLinkAsync(Caller caller, string providerId, string externalId, bool? endOtherSessions) =>
        EditAsync(caller, UserAct.RemoveLink, user => LinkRules.Remove(user, providerId, externalId), endOtherSessions);

    /// <inheritdoc/>
    public async Task<ImmutableArray<IdentityLink>> ListIdentityLinksAsync(Caller caller) =>
        (await AuthorizeAsync(caller, UserAct.Read)).Links ?? [];

    /// <inheritdoc/>
    public async Task<bool> HasLinkAsync(string providerId, string externalId) =>
        LinkRules.Find(await _state.ReadAsync(), providerId, externalId) is not null;

    /// <inheritdoc/>
    public async Task<bool> TryLinkAsync(IdentityLink link, string verifiedEmail)
    {
        if (!LinkRules.MayLinkAutomatically(await _state.ReadAsync(), verifiedEmail))
        {
            return false;
        }

        try
        {
            var change = await DecideAsync(current =>
            {
                var next = LinkRules.MayLinkAutomatically(current, verifiedEmail) ? LinkRules.Add(current!, link) : current!;
                return new(next == current ? next : Edited(current!, next));
            });
            return LinkRules.Find(change.After, link.ProviderId, link.ExternalId) is not null;
        }
        catch (SessionException exception)
            when (exception.Error == SessionErrors.LinkTaken || exception.Error == SessionErrors.TooManyLinks)
        {
            return false;
        }
    }

    /// <summary>The provider's policy, if it allows the link.</summary>
    private async Task<IdentityProviderPolicy> AllowedAsync(UserRecord user, IdentityLink link)
    {
        LinkRules.EnsureValid(link);
        var policy = await PolicyAsync(link);
        LinkRules.EnsureAllowed(user, link, policy, Now);
        return policy;
    }

    private Task<UserDetails> LinkAsync(
        Caller caller,
        UserAct act,
        IdentityLink link,
        IdentityProviderPolicy policy,
        bool? endOtherSessions
    ) =>
        EditAsync(
            caller,
            act,
            user =>
            {
                EnsureLinkable(user);
                LinkRules.EnsureAllowed(user, link, policy, Now);
                return LinkRules.Add(user, link);
            },
            endOtherSessions
        );

    private static void EnsureLinkable(UserRecord user)
    {
        if (user.Kind != UserKind.Human)
        {
            throw new SessionException(SessionErrors.LinkUserNotFound);
        }
    }

    private async Task<UserRecord> WithLinksAsync(UserRecord user, NewHuman? human)
    {
        foreach (var link in human?.Links ?? [])
        {
            LinkRules.EnsureValid(link);
            user = (await PolicyAsync(link)).IsCreationAllowed
                ? LinkRules.Add(user, link)
                : throw new SessionException(SessionErrors.LinkCreationNotAllowed);
        }

        return user;
    }

    private async Task<IdentityProviderPolicy> PolicyAsync(IdentityLink link) =>
        (await GrainFactory.GetGrain<IIdentityProviderRegistry>(GrainKeys.Instance).FindAsync(link.ProviderId))?.Settings.Policy
        ?? throw new SessionException(SessionErrors.LinkProviderMissing);

    /// <summary>The database only reports that something of the user is taken; the owner of the links shows what it is.</summary>
    private async Task<SessionError> WhatIsTakenAsync(UserRecord refused)
    {
        try
        {
            foreach (var link in refused.Links ?? [])
            {
                if (
                    await _services.Directory.FindByIdentityAsync(link.ProviderId, link.ExternalId, CancellationToken.None) is { } owner
                    && owner != Id
                )
                {
                    return SessionErrors.LinkTaken;
                }
            }

            return
                refused is { HasUniqueEmail: true, Email: { } email }
                && (await FindByVerifiedEmailAsync(email, limit: 2)).Any(id => id != Id)
                ? SessionErrors.EmailTaken
                : SessionErrors.UserNameTaken;
        }
        catch (StoreUnavailableException)
        {
            return SessionErrors.StorageAway;
        }
    }
}
