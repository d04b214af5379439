namespace Orleans.Sessions.Oidc;

/// <summary>The entries to list. A value that is <c>null</c> does not restrict them.</summary>
[GenerateSerializer, Immutable, Alias("sessions.LogoutQuery")]
public sealed record LogoutQuery(
    [property: Id(0)] string? SessionId = null,
    [property: Id(1)] string? ClientId = null,
    [property: Id(2)] LogoutState? State = null,
    [property: Id(3)] int Limit = 100
);
