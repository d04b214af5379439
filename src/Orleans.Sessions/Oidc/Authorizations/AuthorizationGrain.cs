using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Sessions.Instance;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Oidc.Grants;
using Orleans.Sessions.Policies;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.State;
using Orleans.Sessions.States;
using Orleans.Sessions.Tokens;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Oidc.Authorizations;

/// <summary>
/// One authorization, from the request to the last token. Each step is one durable write of one record, so the steps cannot contradict each
/// other. A browser (<c>Requests.cs</c>) or a device (<c>Devices.cs</c>) makes the request. The family of its tokens (<c>Tokens.cs</c>,
/// <c>Refreshes.cs</c>) follows, and the person can see and revoke it (<c>Grants.cs</c>). Some tokens need no request
/// (<c>DirectGrants.cs</c>).
/// </summary>
[GrainType("authorization")]
[CollectionAgeLimit(Minutes = 5)]
internal sealed partial class AuthorizationGrain
    : Grain,
        IAuthorizationRequestGrain,
        IDeviceAuthorizationGrain,
        ITokenFamilyGrain,
        IAccessTokenSource,
        IGrantSource
{
    private readonly TimeProvider _clock;
    private readonly InstanceAccessor _instance;
    private readonly OidcRequestOptions _options;
    private readonly SecretProtector _secrets;
    private readonly SessionLogins _logins;
    private readonly ILogger _log;
    private readonly DurableState<AuthorizationRecord> _state;

    /// <summary>Called by the runtime.</summary>
    public AuthorizationGrain(
        IGrainContext context,
        StateServices state,
        InstanceAccessor instance,
        IOptions<OidcRequestOptions> options,
        IOptions<LoginPolicyOptions> loginPolicy,
        SecretProtector secrets,
        TimeProvider clock,
        ILogger<AuthorizationGrain> log
    )
    {
        (_clock, _instance, _options, _secrets, _log) = (clock, instance, options.Value, secrets, log);
        _logins = new SessionLogins(GrainFactory, loginPolicy.Value.ToPolicy(), clock);
        _state = new(StateNames.Authorization, context, state, TellSessionAsync);
    }

    private string Id => GrainKeys.Id(this.GetPrimaryKeyString());

    private DateTimeOffset Now => _clock.GetMicroNow();

    /// <summary>The record, unless it has expired: the row may still exist.</summary>
    private async ValueTask<AuthorizationRecord?> LoadAsync()
    {
        if (await _state.ReadAsync() is { } record && Now < record.ExpiresAt)
        {
            return record;
        }

        this.Forget();
        return null;
    }

    /// <summary>
    /// The present session of a login. Fails with <c>OIDC-Sess1</c> or <c>OIDCS-kj3g2</c> if the login is no longer valid.
    /// </summary>
    private async Task<FoundSession?> EnsureAliveAsync(SessionLogin login)
    {
        if (login.IsClient)
        {
            // Whoever reads the token checks that the client is still registered.
            return null;
        }

        if (login.SessionId is not { } sessionId)
        {
            return RefusalOfServiceAccount(await UserAsync(login.UserId), login.Proofs) is { } refusal
                ? throw new SessionException(refusal)
                : null;
        }

        var found = await GrainFactory.GetGrain<ISessionLifecycle>(GrainKeys.Session(sessionId)).FindAsync();
        return found is null ? throw new SessionException(SessionErrors.GrantSessionEnded)
            : _logins.RefusalOf(found, login.Proofs) is { } ended ? throw new SessionException(ended)
            : found;
    }

    private static SessionError? RefusalOfServiceAccount(UserIdentity? account, ImmutableArray<Proof> proofs) =>
        account is not { State: UserState.Active } ? SessionErrors.LinkUserNotActive
        : ProofRules.Carry(proofs, account) ? null
        : SessionErrors.GrantSessionEnded;

    private Task<UserIdentity?> UserAsync(string userId) => GrainFactory.GetGrain<IUserFactors>(GrainKeys.User(userId)).TryIdentifyAsync();
}

internal static partial class AuthorizationLog
{
    [LoggerMessage(
        LogLevel.Warning,
        "Somebody used a code or refresh token of authorization {AuthorizationId} twice, so its tokens are revoked"
    )]
    public static partial void Reused(ILogger log, string authorizationId);
}
