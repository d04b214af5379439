using System.Security.Cryptography;

namespace Orleans.Sessions.RecoveryCodes;

/// <summary>
/// Codes to write down, for the day the phone is lost. Each has 120 random bits, so that a fast keyed hash is all the protection it needs
/// at rest (ASVS 6.5.2 asks for a slow one below 112 bits).
/// </summary>
internal static class RecoveryCode
{
    /// <summary>How many a person can have (contract §11.3).</summary>
    public const int Max = 10;

    private const int GroupLength = 6;
    private const int Groups = 4;

    /// <summary>32 characters that are hard to take for one another: no I, L, O or U.</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A new code: four groups of six, with hyphens between.</summary>
    public static string New() =>
        string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupLength)));

    /// <summary>The code without what people do to it when they copy it: case, hyphens, spaces.</summary>
    public static string Normalize(string code) =>
        string.Concat(code.Where(character => character is not ('-' or ' '))).ToUpperInvariant();
}
