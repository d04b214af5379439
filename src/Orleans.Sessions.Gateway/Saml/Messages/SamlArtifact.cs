using System.Security.Cryptography;
using System.Text;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>
/// A reference to an answer (SAML bindings §3.6.4, type 0x0004): the index of the resolution service, the identity provider, and a handle
/// that nobody can guess.
/// </summary>
internal static class SamlArtifact
{
    /// <summary>The name of the parameter that carries an artifact.</summary>
    public const string Parameter = "SAMLart";

    private const int HandleBytes = 20;
    private const int TextLength = 60;

    private static readonly byte[] s_typeAndIndex = [0, 4, 0, 0];

    /// <summary>A new artifact of the identity provider with this entity id, and its handle.</summary>
    public static (string Text, byte[] Handle) New(string entityId)
    {
        var handle = RandomNumberGenerator.GetBytes(HandleBytes);
        byte[] artifact = [.. s_typeAndIndex, .. SourceOf(entityId), .. handle];
        return (Convert.ToBase64String(artifact), handle);
    }

    /// <summary>The handle of an artifact; <c>null</c> if the text is no artifact of this identity provider.</summary>
    public static byte[]? HandleOf(string text, string entityId)
    {
        byte[] prefix = [.. s_typeAndIndex, .. SourceOf(entityId)];
        var artifact = new byte[prefix.Length + HandleBytes + 1];
        return
            text.Length == TextLength
            && Convert.TryFromBase64String(text, artifact, out var length)
            && length == prefix.Length + HandleBytes
            && artifact.AsSpan().StartsWith(prefix)
            ? artifact[prefix.Length..length]
            : null;
    }

#pragma warning disable CA5350 // The format is made of SHA-1; nothing is protected by it here.
    private static byte[] SourceOf(string entityId) => SHA1.HashData(Encoding.UTF8.GetBytes(entityId));
#pragma warning restore CA5350
}
