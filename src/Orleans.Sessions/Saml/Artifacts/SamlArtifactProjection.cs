using Orleans.Sessions.States;

namespace Orleans.Sessions.Saml.Artifacts;

/// <summary>What the database must know about an answer that waits: when it may delete the row.</summary>
internal static class SamlArtifactProjection
{
    public static Projection Of(SamlArtifactRecord? before, SamlArtifactRecord after) => new(new SamlArtifactColumns(after.ExpiresAt), []);
}
