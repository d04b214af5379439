namespace Orleans.Sessions;

/// <summary>The challenges to issue. A value that is <c>null</c> requests no challenge of that kind.</summary>
[GenerateSerializer, Immutable, Alias("sessions.RequestedChallenges")]
public sealed record RequestedChallenges
{
    /// <summary>No challenge.</summary>
    public static readonly RequestedChallenges None = new();

    /// <summary>A challenge for a passkey or security key.</summary>
    [Id(1)]
    public RequestedWebAuthn? WebAuthn { get; init; }

    /// <summary>A code by SMS.</summary>
    [Id(2)]
    public RequestedOtpSms? OtpSms { get; init; }

    /// <summary>A code by e-mail.</summary>
    [Id(3)]
    public RequestedOtpEmail? OtpEmail { get; init; }

    /// <summary>Whether any challenge is requested.</summary>
    public bool Any => WebAuthn is not null || OtpSms is not null || OtpEmail is not null;
}
