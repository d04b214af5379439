using System.Collections.Immutable;

namespace Orleans.Sessions.Users;

/// <summary>A pending code of a user.</summary>
/// <param name="Hash">The keyed hash of the code.</param>
/// <param name="ExpiresAt">When the code expires.</param>
/// <param name="Failures">The number of wrong codes tried.</param>
/// <param name="UrlTemplate">The link template the code was sent with, for sending again.</param>
/// <param name="ApplicationName">The application that the code invites to, for sending again.</param>
internal sealed record StoredCode(
    ImmutableArray<byte> Hash,
    DateTimeOffset ExpiresAt,
    int Failures = 0,
    string? UrlTemplate = null,
    string? ApplicationName = null
);
