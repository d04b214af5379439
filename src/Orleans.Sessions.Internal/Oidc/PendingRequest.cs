namespace Orleans.Sessions.Oidc;

/// <summary>A stored request as a login frontend sees it.</summary>
/// <param name="Request">The request.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="WasRefused">Whether a login was refused for its age or its level.</param>
/// <param name="MissingAcr">The level that the last refused login lacked; <c>null</c> if it lacked none.</param>
[GenerateSerializer, Immutable, Alias("sessions.PendingRequest")]
public sealed record PendingRequest(
    [property: Id(0)] AuthorizationRequest Request,
    [property: Id(1)] DateTimeOffset CreatedAt,
    [property: Id(30)] bool WasRefused = false,
    [property: Id(31)] string? MissingAcr = null
)
{
    /// <summary>When the request can no longer be completed; <c>null</c> if it is already handled.</summary>
    [Id(10)]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When a person logged in for it or refused it; <c>null</c> if nobody did.</summary>
    [Id(11)]
    public DateTimeOffset? HandledAt { get; init; }
}
