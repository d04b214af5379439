namespace Orleans.Sessions.Asvs.Tests;

/// <summary>A requirement of the standard at level 1 or 2, in short words of our own.</summary>
/// <param name="Number">Its number in release 5.0.0.</param>
/// <param name="Level">1 or 2.</param>
/// <param name="Demand">What it demands.</param>
public sealed record Requirement(string Number, int Level, string Demand)
{
    /// <summary>What of it is not met as installed, and why; <c>null</c>: all of it is.</summary>
    public string? Gap { get; init; }

    /// <summary>Why it is not this service's; <c>null</c>: it is.</summary>
    public string? Elsewhere { get; init; }

    /// <summary>What one should know although it is met.</summary>
    public string? Note { get; init; }

    /// <summary>The chapter, such as 6.</summary>
    public int Chapter => int.Parse(Number.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);
}
