using System.Text.RegularExpressions;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// What directories keep under the name of a scheme (RFC 2307): <c>{CRYPT}</c> before a text of crypt(3), <c>{ARGON2}</c> before one of
/// Argon2, and <c>{PBKDF2-SHA256}rounds$salt$hash</c>.
/// </summary>
internal sealed partial class LdapScheme : IPasswordAlgorithm
{
    private static readonly IPasswordAlgorithm[] s_crypt = [new Bcrypt(), new ShaCrypt(), new Md5Crypt(), new Scrypt(), new Yescrypt()];
    private static readonly Argon2 s_argon2 = new();
    private static readonly Pbkdf2 s_pbkdf2 = new();

    public EncodedPassword? Parse(string encoded)
    {
        var match = Encoded().Match(encoded);
        if (!match.Success)
        {
            return null;
        }

        var hash = match.Groups["hash"].Value;
        return match.Groups["scheme"].Value.ToUpperInvariant() switch
        {
            "CRYPT" => s_crypt.Select(algorithm => algorithm.Parse(hash)).FirstOrDefault(known => known is not null),
            "ARGON2" => s_argon2.Parse(hash),
            var scheme => s_pbkdf2.Parse($"${scheme.ToLowerInvariant()}${hash}"),
        };
    }

    [GeneratedRegex(@"^\{(?<scheme>(?i:CRYPT|ARGON2|PBKDF2(-SHA(1|256|512))?))\}(?<hash>.+)\z")]
    private static partial Regex Encoded();
}
