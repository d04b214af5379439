namespace Orleans.Sessions.Saml;

/// <summary>A service provider's answer to a <see cref="SamlLogoutNotice"/>.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlLogoutAnswer")]
public sealed record SamlLogoutAnswer
{
    /// <summary>The entity id of the service provider that answers.</summary>
    [Id(0)]
    public required string EntityId { get; init; }

    /// <summary>The id of the message that is answered.</summary>
    [Id(1)]
    public required string RequestId { get; init; }

    /// <summary>Whether the service provider has logged the person out completely.</summary>
    [Id(2)]
    public required bool IsDone { get; init; }

    /// <summary>A random value by which the grain recognizes a repeated call.</summary>
    [Id(3)]
    public required string Attempt { get; init; }
}
