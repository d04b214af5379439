namespace Orleans.Sessions;

/// <summary>The data of a person that clients see.</summary>
[GenerateSerializer, Immutable, Alias("sessions.HumanView")]
public sealed record HumanView
{
    /// <summary>Names and language.</summary>
    [Id(0)]
    public required UserProfile Profile { get; init; }

    /// <summary>The e-mail address.</summary>
    [Id(1)]
    public required EmailAddress Email { get; init; }

    /// <summary>The phone number, if any.</summary>
    [Id(2)]
    public PhoneNumber? Phone { get; init; }

    /// <summary>Whether the person must choose another password after the next login.</summary>
    [Id(3)]
    public bool PasswordChangeRequired { get; init; }

    /// <summary>When the password was last changed; <c>null</c> if the person has no password.</summary>
    [Id(4)]
    public DateTimeOffset? PasswordChangedAt { get; init; }

    /// <summary>When the person last declined to set up a second factor; <c>null</c> if they never did.</summary>
    [Id(5)]
    public DateTimeOffset? MfaInitSkippedAt { get; init; }

    /// <summary>
    /// While <see cref="Email"/> is not verified: the address that was verified before, which still gets codes and notices. Otherwise
    /// <c>null</c>.
    /// </summary>
    [Id(6)]
    public string? VerifiedEmail { get; init; }
}
