namespace Orleans.Sessions;

/// <summary>What proves that a domain belongs to an organization.</summary>
/// <param name="Domain">The DNS name, in lower case.</param>
/// <param name="Validation">Where the token must be found.</param>
/// <param name="Token">The token. It is no secret: the owner of the domain publishes it.</param>
[GenerateSerializer, Immutable, Alias("sessions.DomainChallenge")]
public sealed record DomainChallenge(
    [property: Id(0)] string Domain,
    [property: Id(1)] DomainValidation Validation,
    [property: Id(2)] string Token
);
