namespace Orleans.Sessions.Lockout;

/// <summary>An address or device where the user has logged in.</summary>
/// <param name="Source">A keyed hash of it.</param>
/// <param name="SeenAt">When this was last recorded.</param>
internal sealed record KnownSource(string Source, DateTimeOffset SeenAt);
