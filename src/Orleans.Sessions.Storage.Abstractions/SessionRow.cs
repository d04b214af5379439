namespace Orleans.Sessions.Storage;

/// <summary>One found session: its stored JSON and the current names of its user.</summary>
/// <param name="Payload">The stored session, JSON in UTF-8.</param>
/// <param name="LoginName">The user's login name; <c>null</c> if the session has no user.</param>
/// <param name="DisplayName">The user's display name; <c>null</c> if the user is a machine or the session has no user.</param>
/// <param name="PasswordChangedAt">When the user's password was last changed.</param>
public sealed record SessionRow(ReadOnlyMemory<byte> Payload, string? LoginName, string? DisplayName, DateTimeOffset? PasswordChangedAt);
