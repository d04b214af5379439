namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>A service provider's request for the answer behind an artifact (SAML core §3.5.1).</summary>
/// <param name="Head">What every message begins with.</param>
/// <param name="Artifact">The artifact, as the browser brought it.</param>
internal sealed record ArtifactResolveMessage(MessageHead Head, string Artifact)
{
    /// <summary>The request in a message; <c>null</c> if the message is not one, or if it has no readable artifact.</summary>
    public static ArtifactResolveMessage? Read(SamlMessage message) =>
        MessageHead.Read(message, "ArtifactResolve") is { } head
        && SamlXml.Text(SamlXml.Child(message.Root, "Artifact", SamlNames.Protocol)) is { } artifact
            ? new ArtifactResolveMessage(head, artifact)
            : null;
}
