namespace Orleans.Sessions.Passwords;

/// <summary>A password's hash and when the password was set; a rehash of the same password does not change the date.</summary>
internal sealed record StoredPassword(string Hash, DateTimeOffset ChangedAt, bool ChangeRequired = false);
