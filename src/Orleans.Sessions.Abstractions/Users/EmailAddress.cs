namespace Orleans.Sessions;

/// <summary>An e-mail address and whether it is known to belong to the user.</summary>
[GenerateSerializer, Immutable, Alias("sessions.EmailAddress")]
public sealed record EmailAddress([property: Id(0)] string Address, [property: Id(1)] bool IsVerified = false);
