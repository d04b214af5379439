using Orleans.Sessions.States;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>What the database must know about a login at an external provider: when it may delete the row.</summary>
internal static class IntentProjection
{
    public static Projection Of(IntentRecord? before, IntentRecord after) => new(new IntentColumns(after.GoneAt), []);
}
