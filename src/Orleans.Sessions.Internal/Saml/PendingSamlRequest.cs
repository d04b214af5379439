namespace Orleans.Sessions.Saml;

/// <summary>A stored request as a login frontend sees it.</summary>
[GenerateSerializer, Immutable, Alias("sessions.PendingSamlRequest")]
public sealed record PendingSamlRequest([property: Id(0)] SamlRequest Request, [property: Id(1)] DateTimeOffset CreatedAt)
{
    /// <summary>When the request can no longer be completed; <c>null</c> if it is already handled.</summary>
    [Id(10)]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When a person logged in for it or refused it; <c>null</c> if nobody did.</summary>
    [Id(11)]
    public DateTimeOffset? HandledAt { get; init; }
}
