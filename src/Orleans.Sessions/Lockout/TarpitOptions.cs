namespace Orleans.Sessions.Lockout;

/// <summary>Delays the answers to failed checks; the more failures, the longer the delay.</summary>
public sealed class TarpitOptions
{
    /// <summary>The number of failures from which on answers are delayed. Default 5.</summary>
    public int MinFailedAttempts { get; set; } = 5;

    /// <summary>The number of further failures after which the delay grows. Default 5.</summary>
    public int StepSize { get; set; } = 5;

    /// <summary>How much the delay grows each time. Default one second.</summary>
    public TimeSpan StepDuration { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The maximum delay. Default ten seconds.</summary>
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
