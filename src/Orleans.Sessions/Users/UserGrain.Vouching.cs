using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Users;

/// <content>Who may declare an e-mail address verified without sending a code to it.</content>
internal sealed partial class UserGrain
{
    /// <summary>If more people than this have the same address verified, only a code verifies it for one more.</summary>
    private const int MaxSharing = 50;

    /// <summary>
    /// Fails with <c>USER-Mail2</c> if <paramref name="email"/> would become verified, or its code be shown to the caller, although another
    /// user whom the caller may not change has it verified: other services know people by their address and would take one user for the
    /// other. The answer tells a manager that there is such a user, but not who or where. An address that is verified here already may be
    /// declared verified again.
    /// </summary>
    private async Task EnsureMayVouchAsync(Caller caller, EmailAddress? before, EmailAddress? email, CodeRequest? code)
    {
        var isVouchedFor = email is { IsVerified: true } ? email != before : email is not null && code is { Delivery: CodeDelivery.Return };
        if (isVouchedFor && !caller.May(Permission.MemberWrite))
        {
            var sharing = await FindByVerifiedEmailAsync(email!, MaxSharing + 1);
            var mayChange = await Task.WhenAll(sharing.Where(id => id != Id).Select(id => MayChangeAsync(caller, id)));
            if (sharing.Count > MaxSharing || !mayChange.All(may => may))
            {
                throw new SessionException(SessionErrors.EmailNotVouchedFor);
            }
        }
    }

    private async Task<bool> MayChangeAsync(Caller caller, string userId)
    {
        try
        {
            await GrainFactory.GetGrain<IUserAuthority>(GrainKeys.User(userId)).EnsureMayAsync(caller, Permission.UserWrite);
            return true;
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.PermissionMissing)
        {
            return false;
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.UserNotFound)
        {
            // Deleted since they were found.
            return true;
        }
    }

    private async Task<IReadOnlyList<string>> FindByVerifiedEmailAsync(EmailAddress email, int limit)
    {
        try
        {
            return await _services.Directory.FindByVerifiedEmailAsync(TextKey.Of(email.Address), limit, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }
    }
}
