using System.Buffers.Text;
using System.Security.Cryptography;

namespace Orleans.Sessions.Saml;

/// <summary>The ids of stored answers.</summary>
public static class SamlArtifactIds
{
    /// <summary>The id of the answer behind a message handle. Whoever reads the database does not learn the handle.</summary>
    public static string Of(ReadOnlySpan<byte> handle) => Base64Url.EncodeToString(SHA256.HashData(handle));
}
