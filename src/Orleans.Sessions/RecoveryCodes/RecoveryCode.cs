using System.Security.Cryptography;

namespace Orleans.Sessions.RecoveryCodes;

/// <summary>
/// Codes to write down, in case the phone is lost. Each has 120 random bits, so a fast keyed hash is sufficient protection at rest
/// (ASVS 6.5.2 requires a slow hash below 112 bits).
/// </summary>
internal static class RecoveryCode
{
    /// <summary>The maximum number of codes of a person (contract §11.3).</summary>
    public const int Max = 10;

    private const int GroupLength = 6;
    private const int Groups = 4;

    /// <summary>32 characters that are hard to confuse: no I, L, O or U.</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A new code: four groups of six characters, separated by hyphens.</summary>
    public static string New() =>
        string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupLength)));

    /// <summary>The code without the usual changes of people who copy it: case, hyphens, spaces.</summary>
    public static string Normalize(string code) => string.Concat(code.Where(character => character is not ('-' or ' '))).ToUpperInvariant();
}
