using System.Buffers.Text;
using System.Security.Cryptography;

namespace Orleans.Sessions.Secrets;

/// <summary>Random texts in base64url that nobody can guess.</summary>
public static class RandomText
{
    /// <summary>An id of 128 random bits, 22 characters.</summary>
    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>A secret of 256 random bits, 43 characters.</summary>
    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
