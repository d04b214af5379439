namespace Orleans.Sessions;

/// <summary>The rules for new passwords, and how long a password can be used. <paramref name="MaxAgeDays"/> 0 means for ever.</summary>
[GenerateSerializer, Immutable, Alias("sessions.PasswordRules")]
public sealed record PasswordRules(
    [property: Id(0)] int MinLength,
    [property: Id(1)] bool RequireLower,
    [property: Id(2)] bool RequireUpper,
    [property: Id(3)] bool RequireDigit,
    [property: Id(4)] bool RequireSymbol,
    [property: Id(5)] int MaxAgeDays = 0,
    [property: Id(6)] int ExpireWarnDays = 0
);
