using Grpc.Core;
using Microsoft.Extensions.Logging;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.LoginV1;

namespace Orleans.Sessions.Gateway.Logins;

/// <content>The accounts of login pages.</content>
internal sealed partial class LoginService
{
    private const string LoginClientRole = "IAM_LOGIN_CLIENT";

    /// <summary>
    /// Creates the account, gives it its role and a token. If a step fails, the account is deleted again, so that the call can be repeated
    /// with the same name.
    /// </summary>
    public override async Task<CreateLoginClientResponse> CreateLoginClient(CreateLoginClientRequest request, ServerCallContext context)
    {
        var caller = context.Caller();

        // Refused before anything is made, because the second step would refuse it.
        caller.Require(Permission.MemberWrite);
        var expiresAt = request.ExpirationDate?.ToDateTimeOffset();
        if (expiresAt <= clock.GetUtcNow())
        {
            throw new SessionException(SessionErrors.TokenExpirationInvalid);
        }

        var (userId, tokenId) = (await ids.NextAsync(), await ids.NextAsync());
        var user = grains.User(userId);
        var command = new CreateUser
        {
            Caller = caller,
            UserName = request.Username,
            Machine = new MachineProfile(request.Username),
            RequestId = Guid.NewGuid().ToString("N"),
        };
        try
        {
            await grains.CallAsync(() => user.CreateAsync(command), context.CancellationToken);
            await grains.CallAsync(() => GiveRoleAsync(user, caller), context.CancellationToken);
            var token = PersonalAccessToken.Create(userId, tokenId);
            await grains.CallAsync(() => user.AddPersonalAccessTokenAsync(caller, token, expiresAt), context.CancellationToken);
            return new CreateLoginClientResponse
            {
                UserId = userId,
                TokenId = tokenId,
                Token = token,
            };
        }
        catch
        {
            await UndoAsync(userId);
            throw;
        }
    }

    /// <summary>Nobody else knows the new account, so a role that it has comes from an earlier try.</summary>
    private static async Task GiveRoleAsync(IUserGrain user, Caller caller)
    {
        try
        {
            await user.AddAdministratorAsync(caller, organizationId: null, [LoginClientRole]);
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.AdministratorExists)
        {
            // The answer of the earlier try was lost.
        }
    }

    /// <summary>The caller need not have the right to delete users, and may be gone.</summary>
    private async Task UndoAsync(string userId)
    {
        try
        {
            await grains.CallAsync(() => grains.User(userId).DeleteAsync(Caller.InCluster), CancellationToken.None);
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.DeleteUserNotFound)
        {
            // The account was never created.
        }
        catch (Exception exception)
        {
            NotUndone(log, userId, exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A login client could not be made, and its account {UserId} could not be deleted: delete it")]
    private static partial void NotUndone(ILogger log, string userId, Exception exception);
}
