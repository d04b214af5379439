namespace Orleans.Sessions.Lockout;

/// <summary>Delays the answers to failed checks; the more failures, the longer the delay.</summary>
public sealed class TarpitOptions
{
    /// <summary>From how many failures in a row on answers may slow down.</summary>
    public int MinFailedAttempts { get; set; } = 5;

    /// <summary>The number of further failures after which the delay grows.</summary>
    public int StepSize { get; set; } = 5;

    /// <summary>By how much it grows.</summary>
    public TimeSpan StepDuration { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long it becomes at most: up to one minute.</summary>
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The delay of the answer to consecutive failure number <paramref name="failures"/>.</summary>
    public TimeSpan DelayFor(int failures)
    {
        if (failures < MinFailedAttempts)
        {
            return TimeSpan.Zero;
        }

        var delay = (failures - MinFailedAttempts) / StepSize * StepDuration;
        return delay < MaxDuration ? delay : MaxDuration;
    }
}
