using System.Text.Json.Nodes;

namespace Orleans.Sessions.Fuzz.World;

/// <summary>The kinds of callers, in order of their rights.</summary>
public enum CallerKind
{
    /// <summary>A caller without a token.</summary>
    Nobody,

    /// <summary>A caller with a text that is not a token, or with a token that is no longer valid.</summary>
    BadToken,

    /// <summary>A user without any role.</summary>
    Ordinary,

    /// <summary>Manages the users of one organization.</summary>
    Manager,

    /// <summary>The login frontend.</summary>
    LoginClient,

    /// <summary>A caller who may do everything on the instance.</summary>
    Owner,
}

/// <summary>A sender of requests.</summary>
/// <param name="Name">The name in the report.</param>
/// <param name="Kind">The kind of caller.</param>
/// <param name="Token">The bearer token; <c>null</c> without a token.</param>
/// <param name="UserId">The caller's user id; empty without a user.</param>
/// <param name="Targets">The names that this caller uses in requests.</param>
public sealed record Caller(string Name, CallerKind Kind, string? Token, string UserId, Things Targets)
{
    /// <summary>Whether no request of this caller may change any watched state.</summary>
    public bool IsAttacker => Kind < CallerKind.LoginClient;

    /// <summary>The caller's own sessions.</summary>
    public HashSet<string> Sessions { get; init; } = [];
}

/// <summary>What the judge needs to know about a valid request of the contract.</summary>
/// <param name="Operation">The method's name.</param>
/// <param name="Message">The request message before any fault was added.</param>
public sealed record Meaning(string Operation, JsonObject Message);
