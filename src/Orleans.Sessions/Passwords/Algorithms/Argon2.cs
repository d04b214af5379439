using System.Globalization;
using System.Text.RegularExpressions;
using Konscious.Security.Cryptography;
using NSec.Cryptography;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// Argon2i and Argon2id, version 19: <c>$argon2id$v=19$m=65536,t=3,p=4$salt$hash</c>, base64 without padding. libsodium does the
/// single-lane case, the one that new hashes use, several times faster than managed code; it knows no other, so the rest is managed.
/// </summary>
internal sealed partial class Argon2 : IPasswordAlgorithm
{
    private const int HashBytes = 32;
    private const int SodiumSaltBytes = 16;

    public static string Parameters(string kind, int memoryKiB, int passes, int lanes) => $"{kind},m={memoryKiB},t={passes},p={lanes}";

    public static string Encode(byte[] password, byte[] salt, int memoryKiB, int passes)
    {
        var hash = Sodium(password, salt, memoryKiB, passes, HashBytes);
        return $"$argon2id$v=19$m={memoryKiB},t={passes},p=1${Unpadded.Encode(salt)}${Unpadded.Encode(hash)}";
    }

    public EncodedPassword? Parse(string encoded)
    {
        var match = Encoding().Match(encoded);
        if (!match.Success)
        {
            return null;
        }

        int memory = Number(match, "m"), passes = Number(match, "t"), lanes = Number(match, "p");
        if (memory is < 8192 or > 524_288 || passes is < 1 or > 10 || lanes is < 1 or > 16
            || Unpadded.Decode(match.Groups["salt"].Value) is not { Length: >= 8 and <= 64 } salt
            || Unpadded.Decode(match.Groups["hash"].Value) is not { Length: >= 16 and <= 64 } hash)
        {
            return null;
        }

        var kind = match.Groups["kind"].Value;
        Func<byte[], byte[]> compute = kind == "argon2id" && lanes == 1 && salt.Length == SodiumSaltBytes
            ? password => Sodium(password, salt, memory, passes, hash.Length)
            : password => Managed(kind, password, salt, memory, passes, lanes, hash.Length);
        return new EncodedPassword(hash, compute, Parameters(kind, memory, passes, lanes));
    }

    private static byte[] Sodium(byte[] password, byte[] salt, int memoryKiB, int passes, int length)
    {
        var parameters = new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = memoryKiB, NumberOfPasses = passes };
        return PasswordBasedKeyDerivationAlgorithm.Argon2id(parameters).DeriveBytes(password, salt, length);
    }

    private static byte[] Managed(string kind, byte[] password, byte[] salt, int memoryKiB, int passes, int lanes, int length)
    {
        if (password.Length == 0)
        {
            // This library takes no empty password; nobody has one, so it is simply wrong.
            return [];
        }

        using Konscious.Security.Cryptography.Argon2 argon2 = kind == "argon2id" ? new Konscious.Security.Cryptography.Argon2id(password) : new Argon2i(password);
        argon2.Salt = salt;
        argon2.MemorySize = memoryKiB;
        argon2.Iterations = passes;
        argon2.DegreeOfParallelism = lanes;
        return argon2.GetBytes(length);
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\$(?<kind>argon2id?)\$v=19\$m=(?<m>\d{1,7}),t=(?<t>\d{1,3}),p=(?<p>\d{1,3})\$(?<salt>[A-Za-z0-9+/]+)\$(?<hash>[A-Za-z0-9+/]+)\z")]
    private static partial Regex Encoding();
}
