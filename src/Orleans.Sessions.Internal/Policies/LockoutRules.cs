namespace Orleans.Sessions;

/// <summary>The consequences of wrong answers.</summary>
/// <param name="MaxPasswordAttempts">The number of wrong passwords in a row that are allowed from one source; 0 means any number.</param>
/// <param name="MaxOtpAttempts">The same for one-time codes, for each kind of code.</param>
/// <param name="LocksUser">Whether the last allowed wrong answer locks the user until somebody unlocks it. Otherwise it blocks the factor
/// for that source for a time.</param>
/// <param name="BlockDuration">The length of the first block.</param>
/// <param name="MaxBlockDuration">The maximum length of a block.</param>
[GenerateSerializer, Immutable, Alias("sessions.LockoutRules")]
public sealed record LockoutRules(
    [property: Id(0)] int MaxPasswordAttempts,
    [property: Id(1)] int MaxOtpAttempts,
    [property: Id(2)] bool LocksUser = false,
    [property: Id(3)] TimeSpan BlockDuration = default,
    [property: Id(4)] TimeSpan MaxBlockDuration = default
);
