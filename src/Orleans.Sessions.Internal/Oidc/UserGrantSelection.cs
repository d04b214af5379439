namespace Orleans.Sessions.Oidc;

/// <summary>What to revoke: one grant, or all grants of a client.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UserGrantSelection")]
public abstract record UserGrantSelection
{
    /// <summary>One grant.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.UserGrantSelection.Grant")]
    public sealed record Grant([property: Id(0)] string GrantId) : UserGrantSelection;

    /// <summary>All grants of a client.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.UserGrantSelection.Client")]
    public sealed record Client([property: Id(0)] string ClientId) : UserGrantSelection;
}
