namespace Orleans.Sessions.Registries;

/// <summary>Where an entry of a registry comes from, and when it was registered.</summary>
/// <param name="IsConfigured">Whether the configuration owns the entry.</param>
/// <param name="CreatedAt">When the entry was added.</param>
/// <param name="ChangedAt">When it was last changed.</param>
internal readonly record struct Registration(bool IsConfigured, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);
