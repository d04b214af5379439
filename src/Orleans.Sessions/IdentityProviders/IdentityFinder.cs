using Orleans.Sessions.Directory;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>Finds out who a person at an external provider is here.</summary>
public sealed class IdentityFinder(IUserDirectory directory, IGrainFactory grains)
{
    private const int MaxCandidates = 20;

    /// <summary>The user who is linked to it; <c>null</c>: nobody.</summary>
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
    /// The user who is linked, or whom the provider's policy lets us link now because it must be the same person: the provider vouches for
    /// the e-mail address, and exactly one user has it, verified here too (<see cref="AutoLinking.Email"/>), or the user who has it also has the login name the
    /// provider says (<see cref="AutoLinking.UserName"/>): people choose such names themselves (OpenID Connect Core §5.7), so a name alone proves nothing. Who
    /// manages this service is never linked that way.
    /// </summary>
    public async Task<string?> FindOrLinkAsync(IdentityLink identity, ExternalPerson person, IdentityProviderPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(policy);
        if (await FindAsync(identity) is { } linked)
        {
            return linked;
        }

        if (!policy.IsLinkingAllowed || policy.AutoLinking == AutoLinking.None || person.Email is not { IsVerified: true, Address: var address })
        {
            return null;
        }

        var (field, value) = policy.AutoLinking == AutoLinking.Email ? (UserTextField.Email, address) : (UserTextField.LoginName, person.UserName);
        var page = await grains.GetGrain<IUserSearchGrain>(0).SearchAsync(Caller.InCluster, new UserQuery
        {
            Filters = [new UserFilter.Text(field, value, TextMethod.EqualsIgnoreCase)],
            Limit = MaxCandidates,
        });
        var candidates = page.Users.Where(user => user.Human is { Email.IsVerified: true }).ToList();
        return page.Total <= MaxCandidates && candidates is [var only]
            && await grains.GetGrain<IUserFactors>(GrainKeys.User(only.Id)).TryLinkAsync(identity, address)
            ? only.Id
            : null;
    }
}
