using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// The formats of Django: <c>pbkdf2_sha256$rounds$salt$hash</c> and <c>pbkdf2_sha1</c>, <c>scrypt$n$salt$r$p$hash</c>, <c>argon2</c> and
/// <c>bcrypt</c> before the usual encoding, and <c>bcrypt_sha256$$2b$</c>, which is bcrypt over the hexadecimal SHA-256. Salts are used as
/// written.
/// </summary>
internal sealed partial class Django : IPasswordAlgorithm
{
    private const string Argon2Name = "argon2";
    private const string BcryptName = "bcrypt$";

    private static readonly Argon2 s_argon2 = new();
    private static readonly Bcrypt s_bcrypt = new();

    public EncodedPassword? Parse(string encoded)
    {
        if (encoded.StartsWith(Argon2Name + "$", StringComparison.Ordinal))
        {
            return s_argon2.Parse(encoded[Argon2Name.Length..]);
        }

        if (encoded.StartsWith(BcryptName, StringComparison.Ordinal))
        {
            return s_bcrypt.Parse(encoded[BcryptName.Length..]);
        }

        if (BcryptOfSha256().Match(encoded) is { Success: true } bcrypt)
        {
            return Bcrypt.Read(
                bcrypt.Groups["cost"].Value,
                bcrypt.Groups["salt"].Value,
                bcrypt.Groups["hash"].Value,
                "django bcrypt-sha256",
                password => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(password)))
            );
        }

        if (Pbkdf2Encoding().Match(encoded) is { Success: true } pbkdf2)
        {
            return Pbkdf2.Read(pbkdf2.Groups["digest"].Value, Number(pbkdf2, "rounds"), Salt(pbkdf2), Hash(pbkdf2));
        }

        return ScryptEncoding().Match(encoded) is { Success: true } scrypt && Number(scrypt, "n") is var n && BitOperations.IsPow2(n)
            ? Scrypt.Read(BitOperations.Log2((uint)n), Number(scrypt, "r"), Number(scrypt, "p"), Salt(scrypt), Hash(scrypt))
            : null;
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static byte[] Salt(Match match) => Encoding.UTF8.GetBytes(match.Groups["salt"].Value);

    private static byte[]? Hash(Match match) => Unpadded.Decode(match.Groups["hash"].Value);

    [GeneratedRegex(@"^bcrypt_sha256\$\$2[aby]\$(?<cost>[0-9]{2})\$(?<salt>[./A-Za-z0-9]{22})(?<hash>[./A-Za-z0-9]{31})\z")]
    private static partial Regex BcryptOfSha256();

    [GeneratedRegex(@"^pbkdf2_(?<digest>sha1|sha256)\$(?<rounds>[0-9]{1,9})\$(?<salt>[^$]+)\$(?<hash>[A-Za-z0-9+/]+={0,2})\z")]
    private static partial Regex Pbkdf2Encoding();

    [GeneratedRegex(@"^scrypt\$(?<n>[0-9]{1,9})\$(?<salt>[^$]+)\$(?<r>[0-9]{1,4})\$(?<p>[0-9]{1,4})\$(?<hash>[A-Za-z0-9+/]+={0,2})\z")]
    private static partial Regex ScryptEncoding();
}
