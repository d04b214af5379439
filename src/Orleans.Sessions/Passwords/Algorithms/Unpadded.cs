namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>Base64 as password encodings write it: without padding, and in passlib's variant with a dot for the plus.</summary>
internal static class Unpadded
{
    public static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    /// <summary>The bytes; <c>null</c> when it is not base64.</summary>
    public static byte[]? Decode(string text)
    {
        var padded = text.TrimEnd('=').Replace('.', '+');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? bytes[..length] : null;
    }
}
