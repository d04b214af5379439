namespace Orleans.Sessions.Asvs.Tests;

/// <summary>A requirement of the standard at level 1 or 2, in our own short words.</summary>
/// <param name="Number">Its number in release 5.0.0.</param>
/// <param name="Level">1 or 2.</param>
/// <param name="Demand">What it requires.</param>
public sealed record Requirement(string Number, int Level, string Demand)
{
    /// <summary>
    /// The part that the default installation does not meet, and the reason; <c>null</c> if it meets the whole requirement.
    /// </summary>
    public string? Gap { get; init; }

    /// <summary>Why the requirement does not apply to this service; <c>null</c> if it applies.</summary>
    public string? Elsewhere { get; init; }

    /// <summary>A remark on a requirement that is met.</summary>
    public string? Note { get; init; }

    /// <summary>The chapter, such as 6.</summary>
    public int Chapter => int.Parse(Number.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);
}
