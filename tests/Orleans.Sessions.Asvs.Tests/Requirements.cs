namespace Orleans.Sessions.Asvs.Tests;

/// <summary>
/// The requirements of levels 1 and 2 of the chapters on authentication, sessions, tokens, OAuth and logging (release 5.0.0).
/// </summary>
public static partial class Requirements
{
    private const string Frontends = "Login frontends have the pages; this service has none with a password field or a session of its own.";

    /// <summary>All requirements, in the standard's order.</summary>
    public static IReadOnlyList<Requirement> All => [.. s_authentication, .. s_sessions, .. s_tokens, .. s_oauth, .. s_logging];
}
