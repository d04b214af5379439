using Orleans.Sessions.Logins;
using Orleans.Sessions.State;

namespace Orleans.Sessions.Sessions;

/// <content>What login pages and the pages of a person's own sessions ask, beside the contract's calls.</content>
internal sealed partial class SessionGrain
{
    private const int MaxDeviceName = 100;

    /// <inheritdoc/>
    public async Task<LoginVerdict> EvaluateAsync(Caller caller, string token, LoginDemand demand)
    {
        if (await LoadAsync() is not { } session)
        {
            throw this.Forget(SessionErrors.SessionNotFound);
        }

        var seen = AsSeenWith(token, session, SessionErrors.SessionTokenInvalid);
        if (!SessionRules.MayRead(session, caller))
        {
            throw new SessionException(SessionErrors.PermissionMissing);
        }

        EnsureUsable(session, Now);
        var user = await _reader.UserAsync(session);
        if (SessionRules.IsOfEarlierEpoch(session, user))
        {
            throw new SessionException(SessionErrors.SessionTerminated);
        }

        NoteUse(session);
        if (user is null || seen.UserId is null)
        {
            return Unknown(demand);
        }

        var methods = await _services
            .Grains.GetGrain<IUserGrain>(GrainKeys.User(user.Id))
            .ListAuthenticationMethodsAsync(Caller.InCluster, domain: null);
        return new Evaluation(user, demand, _services.LoginPolicy, Now, caller.IsLoginFrontend).Judge(seen, methods);
    }

    /// <inheritdoc/>
    public Task<SessionBearer> AuthenticateForEnrolmentAsync(string token) => AuthenticateAsync(token, BearerUse.Enrolment);

    /// <inheritdoc/>
    public async Task SetDeviceNameAsync(Caller caller, string name)
    {
        var session = await LoadAsync();
        if (session is null or { EndedAt: not null })
        {
            throw this.Forget(SessionErrors.SessionNotFound);
        }

        if (session.UserId is null || session.UserId != caller.UserId)
        {
            caller.Require(Permission.SessionWrite, session.OrganizationId);
        }

        if (name.Length > MaxDeviceName || (name.Length > 0 && string.IsNullOrWhiteSpace(name)) || name.Any(char.IsControl))
        {
            throw new SessionException(SessionErrors.DeviceNameInvalid);
        }

        var named = name.Length == 0 ? null : name;
        if (named == session.DeviceName)
        {
            return;
        }

        try
        {
            await WriteAsync(session with { DeviceName = named, Events = null, Outbox = null });
        }
        catch (StateConflictException)
        {
            throw new SessionException(SessionErrors.ClusterAway);
        }
    }

    /// <summary>A session without a user has proved nothing, and anything that everybody is offered is a beginning.</summary>
    private LoginVerdict Unknown(LoginDemand demand) =>
        new()
        {
            Refusal = SessionErrors.LinkFactorMissing,
            RequiredAcr = AuthenticationContext.Required(demand.MinimumAcr, demand.AcrValues),
            Next = MethodRules.FirstMethods(_services.LoginPolicy),
        };
}
