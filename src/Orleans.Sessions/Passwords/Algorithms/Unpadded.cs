namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>The base64 of password encodings: without padding, and in passlib's variant with a dot instead of the plus.</summary>
internal static class Unpadded
{
    public static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    /// <summary>The bytes; <c>null</c> if the text is not base64.</summary>
    public static byte[]? Decode(string text)
    {
        var padded = text.TrimEnd('=').Replace('.', '+');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? bytes[..length] : null;
    }
}
