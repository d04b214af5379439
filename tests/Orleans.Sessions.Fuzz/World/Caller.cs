using System.Text.Json.Nodes;

namespace Orleans.Sessions.Fuzz.World;

/// <summary>Who may call, by what they may.</summary>
public enum CallerKind
{
    /// <summary>No token at all.</summary>
    Nobody,

    /// <summary>A token that is none, or none any more.</summary>
    BadToken,

    /// <summary>A user without any role.</summary>
    Ordinary,

    /// <summary>Manages the users of one organization.</summary>
    Manager,

    /// <summary>The login frontend.</summary>
    LoginClient,

    /// <summary>May everything on the instance.</summary>
    Owner,
}

/// <summary>Somebody who sends requests.</summary>
/// <param name="Name">As the report calls them.</param>
/// <param name="Kind">What they may.</param>
/// <param name="Token">The bearer token; <c>null</c>: none.</param>
/// <param name="UserId">Who they are; empty: nobody.</param>
/// <param name="Targets">What they name in their requests.</param>
public sealed record Caller(string Name, CallerKind Kind, string? Token, string UserId, Things Targets)
{
    /// <summary>Whether nothing that this caller does may change anything that is watched.</summary>
    public bool IsAttacker => Kind < CallerKind.LoginClient;

    /// <summary>The sessions that are this caller's own.</summary>
    public HashSet<string> Sessions { get; init; } = [];
}

/// <summary>A good request that the contract describes: what the judge has to know of it.</summary>
/// <param name="Operation">The method's name.</param>
/// <param name="Message">The request message before anything was spoilt.</param>
public sealed record Meaning(string Operation, JsonObject Message);
