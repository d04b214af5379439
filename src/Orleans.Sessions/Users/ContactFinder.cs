using Microsoft.Extensions.Options;
using Orleans.Sessions.Names.Unicode;
using Orleans.Sessions.Policies;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Users;

/// <summary>
/// Finds the person who names themselves by an e-mail address or a phone number, as far as the login policy allows it. Only what a person
/// has verified names them: anybody may claim somebody else's address. If several people have verified it, it names nobody.
/// </summary>
internal sealed class ContactFinder(IUserDirectory directory, IGrainFactory grains, IOptions<LoginPolicyOptions> policy)
{
    /// <summary>If more people than this claim a number, it names nobody.</summary>
    private const int MaxClaims = 100;

    /// <summary>The id of the person; <c>null</c> if the text names nobody.</summary>
    public async Task<string?> FindAsync(string typed)
    {
        if (policy.Value.AllowLoginWithEmail && typed.IndexOf('@', StringComparison.Ordinal) > 0)
        {
            return await FindByEmailAsync(TextKey.Of(Nfc.Of(typed)));
        }

        return policy.Value.AllowLoginWithPhone && typed.StartsWith('+') && UserInput.TryE164(typed) is { } number
            ? await FindByPhoneAsync(number)
            : null;
    }

    private async Task<string?> FindByEmailAsync(string key)
    {
        try
        {
            return await directory.FindByVerifiedEmailAsync(key, limit: 2, CancellationToken.None) is [var only] ? only : null;
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }
    }

    private async Task<string?> FindByPhoneAsync(string number)
    {
        var page = await grains
            .GetGrain<IUserSearchGrain>(0)
            .SearchAsync(
                Caller.InCluster,
                new UserQuery { Filters = [new UserFilter.Text(UserTextField.Phone, number, TextMethod.Equals)], Limit = MaxClaims + 1 }
            );
        return page.Users.Length <= MaxClaims && page.Users.Where(user => user.Human is { Phone.IsVerified: true }).ToList() is [var only]
            ? only.Id
            : null;
    }
}
