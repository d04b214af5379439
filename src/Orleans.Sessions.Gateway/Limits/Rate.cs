namespace Orleans.Sessions.Gateway.Limits;

/// <summary>How many are allowed at once, and how many each minute after that.</summary>
public sealed class Rate
{
    /// <summary>Creates a rate for the configuration to fill.</summary>
    public Rate() { }

    /// <summary>Creates a rate from the number at once and the number a minute.</summary>
    public Rate(int burst, int perMinute) => (Burst, PerMinute) = (burst, perMinute);

    /// <summary>The number allowed at once, at least 1.</summary>
    public int Burst { get; set; } = 1;

    /// <summary>The number allowed each minute after that. 0: no limit.</summary>
    public int PerMinute { get; set; }

    internal bool IsSound => Burst >= 1 && PerMinute >= 0;
}
