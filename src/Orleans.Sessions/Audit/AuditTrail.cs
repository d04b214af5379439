using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.State;

namespace Orleans.Sessions.Audit;

/// <summary>
/// Makes the rows of the audit trail out of events, and writes them to the log under the category <see cref="Category"/>, one line each, once they are
/// stored.
/// </summary>
public sealed class AuditTrail
{
    /// <summary>The category of the log lines.</summary>
    public const string Category = "Orleans.Sessions.Audit";

    /// <summary>As much of a hash as makes two sessions with the same one impossible in practice.</summary>
    private const int SessionHashBytes = 16;

    private readonly TimeProvider _clock;
    private readonly Lazy<byte[]> _sessionKey;
    private readonly ILogger _log;

    /// <summary>Made once in a silo, and maybe before it has its master key.</summary>
    public AuditTrail(IServiceProvider services, TimeProvider clock, ILoggerFactory logs)
    {
        _clock = clock;
        _sessionKey = new(() => services.GetRequiredService<SecretProtector>().DeriveKey("audit-session"));
        _log = logs.CreateLogger(Category);
    }

    /// <summary>What stands for a session in the trail.</summary>
    public string SessionHash(string sessionId) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_sessionKey.Value, Encoding.UTF8.GetBytes(sessionId)).AsSpan(0, SessionHashBytes));

    /// <summary>The row of an event that happens now, in the present call.</summary>
    public AuditRow Row(AuditEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var origin = CallOrigin.Current;
        return new AuditRow
        {
            At = _clock.GetMicroNow(),
            Kind = happened.Kind.Name,
            Outcome = happened.Outcome,
            Reason = AuditText.Clean(happened.Reason),
            ActorKind = origin?.ActorKind ?? AuditActor.System,
            ActorId = AuditText.Clean(origin?.ActorId),
            OrganizationId = AuditText.Clean(happened.OrganizationId),
            TargetKind = happened.TargetKind,
            TargetId = AuditText.Clean(happened.TargetId),
            Source = AuditText.Clean(happened.Source ?? origin?.Source),
            UserAgent = AuditText.Clean(happened.UserAgent ?? origin?.UserAgent),
            ClientId = AuditText.Clean(happened.ClientId ?? origin?.ClientId),
            Session = happened.SessionId is { } session ? SessionHash(session) : null,
            RequestId = AuditText.Clean(origin?.RequestId),
            Detail = AuditText.Clean(happened.Detail),
        };
    }

    /// <summary>Writes rows that are stored to the log.</summary>
    public void Log(IReadOnlyList<AuditRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var row in rows)
        {
            AuditLog.Event(_log, row);
        }
    }
}

internal static partial class AuditLog
{
    public static void Event(ILogger log, AuditRow row)
    {
        if (log.IsEnabled(LogLevel.Information))
        {
            Event(
                log, row.Kind, row.Outcome, row.Reason, row.ActorKind, row.ActorId, row.OrganizationId, row.TargetKind, row.TargetId,
                row.Source, row.UserAgent, row.ClientId, row.Session, row.RequestId, row.Detail, row.Count);
        }
    }

    [LoggerMessage(1, LogLevel.Information,
        "{Kind} {Outcome} reason={Reason} actor={ActorKind}:{ActorId} organization={OrganizationId} target={TargetKind}:{TargetId} source={Source} "
        + "agent={UserAgent} client={ClientId} session={Session} request={RequestId} detail={Detail} count={Count}")]
    private static partial void Event(
        ILogger log, string kind, AuditOutcome outcome, string? reason, AuditActor actorKind, string? actorId, string? organizationId,
        string? targetKind, string? targetId, string? source, string? userAgent, string? clientId, string? session, string? requestId,
        string? detail, int count);
}
