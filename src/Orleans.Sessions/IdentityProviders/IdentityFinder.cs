using Orleans.Sessions.Storage;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>Finds the user of an external identity.</summary>
internal sealed class IdentityFinder(IUserDirectory directory, IGrainFactory grains)
{
    private const int MaxCandidates = 20;

    /// <summary>The user who is linked to the identity; <c>null</c> if no user is.</summary>
    public async Task<string?> FindAsync(IdentityLink identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        try
        {
            return await directory.FindByIdentityAsync(identity.ProviderId, identity.ExternalId, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }
    }

    /// <summary>
    /// The user who is linked to the identity, or whom the provider's policy permits to link now because it must be the same person. The
    /// provider must vouch for the e-mail address. With <see cref="AutoLinking.Email"/>, exactly one user must have the address, verified
    /// here too. With <see cref="AutoLinking.UserName"/>, the user with the provider's login name must have the verified address: people
    /// choose such names themselves (OpenID Connect Core §5.7), so a name alone proves nothing. A user with administrator roles is never
    /// linked this way.
    /// </summary>
    public async Task<string?> FindOrLinkAsync(IdentityLink identity, ExternalPerson person, IdentityProviderPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(policy);
        if (await FindAsync(identity) is { } linked)
        {
            return linked;
        }

        if (
            !policy.IsLinkingAllowed
            || policy.AutoLinking == AutoLinking.None
            || person.Email is not { IsVerified: true, Address: var address }
        )
        {
            return null;
        }

        var (field, value) =
            policy.AutoLinking == AutoLinking.Email ? (UserTextField.Email, address) : (UserTextField.LoginName, person.UserName);
        var page = await grains
            .GetGrain<IUserSearchGrain>(0)
            .SearchAsync(
                Caller.InCluster,
                new UserQuery { Filters = [new UserFilter.Text(field, value, TextMethod.EqualsIgnoreCase)], Limit = MaxCandidates }
            );
        var candidates = page.Users.Where(user => user.Human is { Email.IsVerified: true }).ToList();
        return
            page.Total <= MaxCandidates
            && candidates is [var only]
            && await grains.GetGrain<IUserFactors>(GrainKeys.User(only.Id)).TryLinkAsync(identity, address)
            ? only.Id
            : null;
    }
}
