namespace Orleans.Sessions.Lockout;

/// <summary>Holds back the answers to failed checks, longer the more there were.</summary>
public sealed class TarpitOptions
{
    /// <summary>From how many failures on.</summary>
    public int MinFailedAttempts { get; set; } = 5;

    /// <summary>After how many further failures the delay grows.</summary>
    public int StepSize { get; set; } = 5;

    /// <summary>By how much it grows. Default one second.</summary>
    public TimeSpan StepDuration { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long it becomes at most. Default ten seconds.</summary>
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the answer to failure number <paramref name="failures"/> in a row is held back.</summary>
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
