using Orleans.Runtime;

namespace Orleans.Sessions.Audit;

/// <summary>
/// Where a call comes from, as the audit trail shows it. The gateway puts it into Orleans' request context, with which it reaches every grain that the
/// call reaches; without one the trail says that the service itself did it. Nothing is decided by it.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.CallOrigin")]
public sealed record CallOrigin
{
    private const string Key = "sessions.origin";

    /// <summary>The address of the person or program.</summary>
    [Id(0)]
    public string? Source { get; init; }

    /// <summary>What its agent calls itself.</summary>
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

    /// <summary>The origin of the present call; <c>null</c>: nobody said.</summary>
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
