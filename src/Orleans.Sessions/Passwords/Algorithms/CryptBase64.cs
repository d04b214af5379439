using System.Text;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// The two older base64 dialects of password encodings. The dialect of bcrypt is ordinary base64 with another alphabet; the dialect of
/// crypt(3) takes the lowest six bits first.
/// </summary>
internal static class CryptBase64
{
    private const string BcryptAlphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string CryptAlphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string BcryptEncode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        int bits = 0,
            count = 0;
        foreach (var value in bytes)
        {
            bits = (bits << 8) | value;
            count += 8;
            while (count >= 6)
            {
                count -= 6;
                text.Append(BcryptAlphabet[(bits >> count) & 63]);
            }
        }

        return count == 0 ? text.ToString() : text.Append(BcryptAlphabet[(bits << (6 - count)) & 63]).ToString();
    }

    public static byte[] BcryptDecode(string text, int length)
    {
        var bytes = new byte[length];
        int bits = 0,
            count = 0,
            filled = 0;
        foreach (var character in text)
        {
            bits = (bits << 6) | BcryptAlphabet.IndexOf(character, StringComparison.Ordinal);
            count += 6;
            if (count >= 8 && filled < length)
            {
                count -= 8;
                bytes[filled++] = (byte)(bits >> count);
            }
        }

        return bytes;
    }

    /// <summary>The value of one character of crypt(3)'s alphabet; -1 if the alphabet does not contain it.</summary>
    public static int CryptValue(char character) => CryptAlphabet.IndexOf(character, StringComparison.Ordinal);

    /// <summary>The bytes of a text that <see cref="CryptEncode(ReadOnlySpan{byte})"/> made.</summary>
    public static byte[] CryptDecode(string text)
    {
        var bytes = new byte[text.Length * 6 / 8];
        int bits = 0,
            count = 0,
            filled = 0;
        foreach (var character in text)
        {
            bits |= CryptValue(character) << count;
            count += 6;
            if (count >= 8 && filled < bytes.Length)
            {
                bytes[filled++] = (byte)bits;
                bits >>= 8;
                count -= 8;
            }
        }

        return bytes;
    }

    /// <summary>Encodes bytes in their order, lowest first.</summary>
    public static string CryptEncode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        for (var i = 0; i < bytes.Length; i += 3)
        {
            var present = Math.Min(3, bytes.Length - i);
            var bits = bytes[i] | (present > 1 ? bytes[i + 1] << 8 : 0) | (present > 2 ? bytes[i + 2] << 16 : 0);
            for (var j = 0; j <= present; j++, bits >>= 6)
            {
                text.Append(CryptAlphabet[bits & 63]);
            }
        }

        return text.ToString();
    }

    /// <summary>
    /// Encodes bytes in the order that <paramref name="order"/> gives, because the crypt(3) formats shuffle their digests.
    /// </summary>
    public static string CryptEncode(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> order)
    {
        var shuffled = new byte[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            shuffled[i] = digest[order[i]];
        }

        return CryptEncode(shuffled);
    }
}
