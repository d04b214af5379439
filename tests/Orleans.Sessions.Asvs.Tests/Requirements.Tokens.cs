namespace Orleans.Sessions.Asvs.Tests;

/// <content>V9.</content>
public static partial class Requirements
{
    private static readonly Requirement[] s_tokens =
    [
        new("9.1.1", 1, "Self-contained tokens are believed only by their signature"),
        new("9.1.2", 1, "Only listed algorithms make and verify them, never none"),
        new("9.1.3", 1, "Keys come from configured sources, never from the token"),
        new("9.2.1", 1, "Tokens are good only within their time"),
        new("9.2.2", 2, "Tokens are of the type that is wanted: access tokens are no id tokens"),
        new("9.2.3", 2, "Only tokens for this service are taken"),
        new("9.2.4", 2, "Tokens name their audience, and no client chooses it freely"),
    ];
}
