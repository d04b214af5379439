namespace Orleans.Sessions;

/// <summary>A second factor as clients see it.</summary>
/// <param name="Kind">The kind of the factor.</param>
/// <param name="State">Whether the factor is set up.</param>
/// <param name="Id">The id of the factor if a person can have several of the kind; otherwise empty.</param>
/// <param name="Name">The name that the person gave to the factor; may be empty.</param>
[GenerateSerializer, Immutable, Alias("sessions.AuthenticationFactor")]
public sealed record AuthenticationFactor(
    [property: Id(0)] FactorKind Kind,
    [property: Id(1)] FactorState State,
    [property: Id(2)] string Id = "",
    [property: Id(3)] string Name = ""
);
