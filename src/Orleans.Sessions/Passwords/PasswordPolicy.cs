using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Passwords;

/// <summary>
/// The requirements for a new password; configuration section <c>Sessions:PasswordPolicy</c>. The defaults are ZITADEL's.
/// </summary>
public sealed class PasswordPolicyOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:PasswordPolicy";

    /// <summary>The minimum number of characters, 1 to 72. Default 8.</summary>
    [Range(1, 72, ErrorMessage = "Sessions:PasswordPolicy:MinLength must be 1 to 72.")]
    public int MinLength { get; set; } = 8;

    /// <summary>Whether a password needs a letter of a to z. Default <c>true</c>.</summary>
    public bool RequireLower { get; set; } = true;

    /// <summary>Whether a password needs a letter of A to Z. Default <c>true</c>.</summary>
    public bool RequireUpper { get; set; } = true;

    /// <summary>Whether a password needs a digit. Default <c>true</c>.</summary>
    public bool RequireDigit { get; set; } = true;

    /// <summary>Whether a password needs a character of another kind. Default <c>true</c>.</summary>
    public bool RequireSymbol { get; set; } = true;

    /// <summary>Whether people may not choose one of the most common passwords. Default <c>true</c>.</summary>
    public bool RefuseCommon { get; set; } = true;

    /// <summary>
    /// Whether people may not choose a password that is little more than names of themselves, the organization or the product. Default
    /// <c>true</c>.
    /// </summary>
    public bool RefuseNames { get; set; } = true;

    /// <summary>Additional words that count as such names.</summary>
    public IList<string> ForbiddenWords { get; } = [];

    /// <summary>
    /// Whether these two checks and the comparison with breached passwords also apply to passwords that administrators set. Default
    /// <c>false</c>.
    /// </summary>
    public bool CheckAssigned { get; set; }

    /// <summary>
    /// How many days a password is valid for a login; after that it only permits choosing another one. 0 (default) means always (NIST SP
    /// 800-63B advises against expiry).
    /// </summary>
    [Range(0, 36500, ErrorMessage = "Sessions:PasswordPolicy:MaxAgeDays must be 0 to 36500.")]
    public int MaxAgeDays { get; set; }

    /// <summary>How many days before expiry login frontends may begin to warn. The frontends use this value, not this service.</summary>
    [Range(0, 36500, ErrorMessage = "Sessions:PasswordPolicy:ExpireWarnDays must be 0 to 36500.")]
    public int ExpireWarnDays { get; set; }
}

/// <summary>Refuses new passwords that are too weak. Imported hashes are not checked.</summary>
public sealed class PasswordPolicy(IOptions<PasswordPolicyOptions> options)
{
    private readonly PasswordPolicyOptions _options = options.Value;

    /// <summary>
    /// Fails with <c>COMMA-095xh8fll1</c> for a password with a NUL, which some algorithms cannot hash. Otherwise fails with the first
    /// broken rule of <c>DOMAIN-HuJf6</c>, <c>co3Xw</c>, <c>VoaRj</c>, <c>ZBv4H</c> and <c>ZDLwA</c>.
    /// </summary>
    public void Ensure(string password)
    {
        ThrowUnless(!password.Contains('\0', StringComparison.Ordinal), SessionErrors.UserInputInvalid);
        ThrowUnless(password.EnumerateRunes().Count() >= _options.MinLength, SessionErrors.PasswordTooShort);
        ThrowUnless(!_options.RequireLower || password.Any(char.IsAsciiLetterLower), SessionErrors.PasswordWithoutLower);
        ThrowUnless(!_options.RequireUpper || password.Any(char.IsAsciiLetterUpper), SessionErrors.PasswordWithoutUpper);
        ThrowUnless(!_options.RequireDigit || password.Any(char.IsAsciiDigit), SessionErrors.PasswordWithoutDigit);
        ThrowUnless(!_options.RequireSymbol || !password.All(char.IsAsciiLetterOrDigit), SessionErrors.PasswordWithoutSymbol);
    }

    /// <summary>From this time a password only permits choosing another one; <c>null</c> means never.</summary>
    /// <param name="changedAt">When the password was set.</param>
    /// <param name="changeRequired">Whether the password must be changed at the first login.</param>
    public DateTimeOffset? OutdatedFrom(DateTimeOffset changedAt, bool changeRequired) =>
        changeRequired ? changedAt : _options.MaxAgeDays > 0 ? changedAt.AddDays(_options.MaxAgeDays) : null;

    private static void ThrowUnless(bool isFulfilled, SessionError error)
    {
        if (!isFulfilled)
        {
            throw new SessionException(error);
        }
    }
}
