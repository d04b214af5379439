using Orleans.Runtime;

namespace Orleans.Sessions.Audit;

/// <summary>
/// The origin of a call, as the audit trail shows it. The gateway puts it into Orleans' request context, which takes it to every grain that
/// the call reaches. A call without an origin is recorded as a call of the service itself. The origin is only for the record: no decision
/// depends on it.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.CallOrigin")]
public sealed record CallOrigin
{
    private const string Key = "sessions.origin";

    /// <summary>The address of the person or program.</summary>
    [Id(0)]
    public string? Source { get; init; }

    /// <summary>The user agent of the person or program.</summary>
    [Id(1)]
    public string? UserAgent { get; init; }

    /// <summary>The request's id.</summary>
    [Id(2)]
    public string? RequestId { get; init; }

    /// <summary>The OAuth client behind the token or the request.</summary>
    [Id(3)]
    public string? ClientId { get; init; }

    /// <summary>The kind of the caller.</summary>
    [Id(4)]
    public AuditActor ActorKind { get; init; } = AuditActor.Anonymous;

    /// <summary>The caller's user id.</summary>
    [Id(5)]
    public string? ActorId { get; init; }

    /// <summary>The organization of the caller.</summary>
    [Id(6)]
    public string? ActorOrganizationId { get; init; }

    /// <summary>Whether the caller is a login frontend, which stands for the people at it and not for itself.</summary>
    [Id(7)]
    public bool IsLoginFrontend { get; init; }

    /// <summary>The origin of the current call; <c>null</c> if the call has no origin.</summary>
    public static CallOrigin? Current
    {
        get => RequestContext.Get(Key) as CallOrigin;
        set
        {
            if (value is null)
            {
                RequestContext.Remove(Key);
            }
            else
            {
                RequestContext.Set(Key, value);
            }
        }
    }
}
