using Orleans.Runtime;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Users;

/// <inheritdoc cref="ILoginNameGrain"/>
[GrainType("login-name")]
[CollectionAgeLimit(Minutes = 5)]
internal sealed class LoginNameGrain(IUserDirectory directory) : Grain, ILoginNameGrain
{
    private string? _userId;

    /// <inheritdoc/>
    public async Task<string?> ResolveAsync(bool afresh)
    {
        if (_userId is not null && !afresh)
        {
            return _userId;
        }

        try
        {
            _userId = await directory.FindByLoginNameAsync(GrainKeys.Id(this.GetPrimaryKeyString()), CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }

        if (_userId is null)
        {
            // "No user" is never cached: a user may get the name at any moment.
            DeactivateOnIdle();
        }

        return _userId;
    }

    /// <inheritdoc/>
    public Task ForgetAsync()
    {
        _userId = null;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
