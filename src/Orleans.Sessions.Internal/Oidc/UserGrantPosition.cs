namespace Orleans.Sessions.Oidc;

/// <summary>A position in the list of a person's grants.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="GrantId">The grant of that client.</param>
[GenerateSerializer, Immutable, Alias("sessions.UserGrantPosition")]
public sealed record UserGrantPosition([property: Id(0)] string ClientId, [property: Id(1)] string GrantId);
