using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// Firebase: scrypt makes a key, with which AES in counter mode encrypts the signer key of the project. The text is ZITADEL's
/// <c>$firebasescrypt$ln=14,r=8$salt$hash$separator$signerkey</c> or Supabase's
/// <c>$fbscrypt$v=1,n=14,r=8,p=1,ss=separator,sk=signerkey$salt$hash</c>, with the base64 of the export, standard or URL-safe.
/// </summary>
internal sealed partial class FirebaseScrypt : IPasswordAlgorithm
{
    private const int KeyBytes = 32;
    private const int MaxSignerKeyBytes = 64;
    private const int AesBlockBytes = 16;

    public EncodedPassword? Parse(string encoded)
    {
        var match = Zitadels().Match(encoded) is { Success: true } zitadels ? zitadels : Supabases().Match(encoded);
        return
            match.Success
            && Decode(match, "salt") is { } salt
            && Decode(match, "separator") is { } separator
            && Decode(match, "key") is { Length: <= MaxSignerKeyBytes } signerKey
            && Decode(match, "hash") is { } hash
            && hash.Length == signerKey.Length
            && Scrypt.Read(Number(match, "ln"), Number(match, "r"), 1, [.. salt, .. separator], new byte[KeyBytes]) is { } scrypt
            ? scrypt with
            {
                Hash = hash,
                Compute = password => Encrypt(scrypt.Compute(password), signerKey),
                Parameters = $"firebase {scrypt.Parameters}",
            }
            : null;
    }

    /// <summary>The counter of the mode begins at zero; a signer key has so few blocks that only its last byte changes.</summary>
    private static byte[] Encrypt(byte[] key, byte[] text)
    {
        var counters = new byte[(text.Length + AesBlockBytes - 1) / AesBlockBytes * AesBlockBytes];
        for (var block = 0; block < counters.Length / AesBlockBytes; block++)
        {
            counters[(block * AesBlockBytes) + AesBlockBytes - 1] = (byte)block;
        }

        using var aes = Aes.Create();
        aes.Key = key;
        var stream = aes.EncryptEcb(counters, PaddingMode.None);
        return [.. text.Select((value, i) => (byte)(value ^ stream[i]))];
    }

    private static byte[]? Decode(Match match, string group) =>
        Unpadded.Decode(match.Groups[group].Value.Replace('-', '+').Replace('_', '/'));

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^\$firebasescrypt\$ln=(?<ln>[0-9]{1,2}),r=(?<r>[0-9]{1,4})\$(?<salt>[A-Za-z0-9+/_=-]+)\$(?<hash>[A-Za-z0-9+/_=-]{22,})"
            + @"\$(?<separator>[A-Za-z0-9+/_=-]*)\$(?<key>[A-Za-z0-9+/_=-]+)\z"
    )]
    private static partial Regex Zitadels();

    [GeneratedRegex(
        @"^\$fbscrypt\$v=1,n=(?<ln>[0-9]{1,2}),r=(?<r>[0-9]{1,4}),p=1(,ss=(?<separator>[A-Za-z0-9+/_=-]*))?,sk=(?<key>[A-Za-z0-9+/_=-]+)"
            + @"\$(?<salt>[A-Za-z0-9+/_=-]+)\$(?<hash>[A-Za-z0-9+/_=-]{22,})\z"
    )]
    private static partial Regex Supabases();
}
