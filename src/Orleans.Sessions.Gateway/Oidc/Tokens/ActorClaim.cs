using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.Gateway.Oidc.Tokens;

/// <summary>The claim <c>act</c>: who acts in the name of the subject (RFC 8693 §4.1).</summary>
internal static class ActorClaim
{
    public const string Name = "act";

    /// <summary>The present actor, with those that acted before inside; <c>null</c> if nobody acts.</summary>
    public static JsonObject? Of(ImmutableArray<string> actors)
    {
        if (actors.IsDefaultOrEmpty)
        {
            return null;
        }

        JsonObject? claim = null;
        foreach (var actor in actors.Reverse())
        {
            claim = claim is null ? new JsonObject { ["sub"] = actor } : new JsonObject { ["sub"] = actor, [Name] = claim };
        }

        return claim;
    }
}
