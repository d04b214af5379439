namespace Orleans.Sessions;

/// <summary>Who the person claims to be. Exactly one of the two values is set.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UserCheck")]
public sealed record UserCheck
{
    /// <summary>The user's id.</summary>
    [Id(0)]
    public string? UserId { get; init; }

    /// <summary>The user's login name; case is ignored.</summary>
    [Id(1)]
    public string? LoginName { get; init; }
}
