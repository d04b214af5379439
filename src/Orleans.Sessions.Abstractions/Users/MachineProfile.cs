namespace Orleans.Sessions;

/// <summary>The name and the description of a service.</summary>
[GenerateSerializer, Immutable, Alias("sessions.MachineProfile")]
public sealed record MachineProfile([property: Id(0)] string Name, [property: Id(1)] string Description = "")
{
    /// <summary>The form of the access tokens that the service gets for its secret or key.</summary>
    [Id(2)]
    public MachineTokenType TokenType { get; init; }
}
