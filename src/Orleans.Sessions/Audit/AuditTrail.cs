using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.State;

namespace Orleans.Sessions.Audit;

/// <summary>
/// Converts events to rows of the audit trail, and writes the rows to the log under the category <see cref="Category"/>, one line each,
/// once they are stored.
/// </summary>
public sealed class AuditTrail
{
    /// <summary>The category of the log lines.</summary>
    public const string Category = "Orleans.Sessions.Audit";

    /// <summary>Long enough that in practice no two sessions have the same hash.</summary>
    private const int SessionHashBytes = 16;

    private readonly TimeProvider _clock;
    private readonly Lazy<byte[]> _sessionKey;
    private readonly ILogger _log;

    /// <summary>Created once per silo, possibly before the master key is available.</summary>
    public AuditTrail(IServiceProvider services, TimeProvider clock, ILoggerFactory logs)
    {
        _clock = clock;
        _sessionKey = new(() => services.GetRequiredService<SecretProtector>().DeriveKey("audit-session"));
        _log = logs.CreateLogger(Category);
    }

    /// <summary>The hash that represents a session in the trail.</summary>
    public string SessionHash(string sessionId) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_sessionKey.Value, Encoding.UTF8.GetBytes(sessionId)).AsSpan(0, SessionHashBytes));

    /// <summary>The row of an event that happens now, in the current call.</summary>
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
            ActorKind = origin switch
            {
                null => AuditActor.System,
                { ActorKind: AuditActor.Anonymous } => happened.Anonymous ?? AuditActor.Anonymous,
                _ => origin.ActorKind,
            },
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

    /// <summary>Writes stored rows to the log.</summary>
    public void Log(IReadOnlyList<AuditRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (_log.IsEnabled(LogLevel.Information))
        {
            foreach (var row in rows)
            {
                _log.Log(LogLevel.Information, AuditLogEntry.Id, new AuditLogEntry(row), exception: null, static (entry, _) =>
                    entry.ToString()
                );
            }
        }
    }
}
