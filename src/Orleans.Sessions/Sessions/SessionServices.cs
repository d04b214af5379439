using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Codes;
using Orleans.Sessions.Expiry;
using Orleans.Sessions.Instance;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Policies;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.State;
using Orleans.Sessions.Tokens;
using Orleans.Sessions.Users;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Sessions;

/// <summary>
/// The services that all session grains of a silo share. One object in place of a reference to each keeps an activation small.
/// </summary>
internal sealed class SessionServices(
    IGrainFactory grains,
    GrainReferences<IUserFactors> users,
    GrainReferences<IUserSessionsGrain> userSessions,
    GrainReferences<IAccessTokenSource> accessTokens,
    TimeProvider clock,
    IOptions<SessionOptions> options,
    IOptions<LoginPolicyOptions> loginPolicy,
    IOptions<CodeOptions> codes,
    Notifier notifier,
    SecretProtector secrets,
    InstanceAccessor instance,
    SessionMeter meter,
    StateServices state,
    IWebAuthnVerifier webAuthn,
    ContactFinder contacts,
    FailedLogins failedLogins,
    ExpiryTurns expiring,
    IdleSessions idle,
    ILogger<SessionGrain> log
)
{
    internal IGrainFactory Grains => grains;

    internal GrainReferences<IUserFactors> Users => users;

    internal GrainReferences<IUserSessionsGrain> UserSessions => userSessions;

    internal GrainReferences<IAccessTokenSource> AccessTokens => accessTokens;

    internal TimeProvider Clock => clock;

    internal SessionOptions Options { get; } = options.Value;

    internal LoginPolicy LoginPolicy { get; } = loginPolicy.Value.ToPolicy();

    internal SessionLogins SessionLogins { get; } = new(grains, loginPolicy.Value.ToPolicy(), clock);

    internal CodeOptions Codes { get; } = codes.Value;

    internal Notifier Notifier => notifier;

    internal SecretProtector Secrets => secrets;

    internal ExpiryTurns Expiring => expiring;

    internal IdleSessions Idle => idle;

    internal string InstanceId => instance.Identity.InstanceId;

    internal SessionMeter Meter => meter;

    internal StateServices State => state;

    internal IWebAuthnVerifier WebAuthn => webAuthn;

    internal ContactFinder Contacts => contacts;

    internal FailedLogins FailedLogins => failedLogins;

    internal ILogger Log => log;
}

internal static partial class SessionLog
{
    [LoggerMessage(LogLevel.Warning, "Somebody used a replaced token of session {SessionHash} after its grace period")]
    public static partial void TokenReused(ILogger log, string sessionHash);

    [LoggerMessage(LogLevel.Warning, "A session of user {UserId} did not end; its next change tries again")]
    public static partial void EndingFailed(ILogger log, string userId, Exception exception);
}
