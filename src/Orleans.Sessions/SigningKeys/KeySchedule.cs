namespace Orleans.Sessions.SigningKeys;

/// <summary>When keys are replaced.</summary>
/// <param name="Lifetime">How long a key signs before the next key replaces it.</param>
/// <param name="Announcement">How long a key is published before it signs.</param>
/// <param name="Afterlife">How long a key is published after its last signature.</param>
/// <param name="Certified">Whether keys have certificates.</param>
internal sealed record KeySchedule(TimeSpan Lifetime, TimeSpan Announcement, TimeSpan Afterlife, bool Certified);
