namespace Orleans.Sessions.Users;

/// <summary>What callers of <see cref="IUserFactors"/> have in common.</summary>
internal static class UserFactorsExtensions
{
    /// <summary>The user's present identity; <c>null</c> if no such user exists or the user was deleted.</summary>
    public static async Task<UserIdentity?> TryIdentifyAsync(this IUserFactors user)
    {
        try
        {
            return await user.IdentifyAsync();
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.UserNotFound)
        {
            return null;
        }
    }
}
