using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Codes;
using Orleans.Sessions.Expiry;
using Orleans.Sessions.Instance;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Oidc.Authorizations;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Policies;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.State;
using Orleans.Sessions.Tokens;
using Orleans.Sessions.Users;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Sessions;

/// <summary>The services that all session grains of a silo share.</summary>
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
    PasswordHashing hashing,
    FailedLogins failedLogins,
    ExpiryTurns expiring,
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

    internal string InstanceId => instance.Identity.InstanceId;

    internal SessionMeter Meter => meter;

    internal StateServices State => state;

    internal IWebAuthnVerifier WebAuthn => webAuthn;

    internal PasswordHashing Hashing => hashing;

    internal FailedLogins FailedLogins => failedLogins;

    internal ILogger Log => log;
}

/// <summary>The metrics of the session domain; meter <c>Orleans.Sessions</c>.</summary>
internal sealed class SessionMeter
{
    /// <summary>Creates the instruments.</summary>
    public SessionMeter(IMeterFactory factory)
    {
        var meter = factory.Create("Orleans.Sessions");
        Ended = meter.CreateCounter<long>("sessions.ended", "{session}", "Sessions that ended, by reason.");
        BreachLookups = meter.CreateCounter<long>(
            "sessions.passwords.breach_lookups",
            "{lookup}",
            "New passwords compared with breached ones, by outcome."
        );
        TokenReused = meter.CreateCounter<long>("sessions.token.reused", "{use}", "Uses of a token after it was replaced.");
    }

    internal Counter<long> Ended { get; }

    internal Counter<long> BreachLookups { get; }

    internal Counter<long> TokenReused { get; }
}

internal static partial class SessionLog
{
    [LoggerMessage(LogLevel.Warning, "Somebody used a replaced token of session {SessionHash} after its grace period")]
    public static partial void TokenReused(ILogger log, string sessionHash);

    [LoggerMessage(LogLevel.Warning, "A session of user {UserId} did not end; its next change tries again")]
    public static partial void EndingFailed(ILogger log, string userId, Exception exception);
}
