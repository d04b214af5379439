using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Passwords;

/// <summary>What a new password must be like; configuration section <c>Sessions:PasswordPolicy</c>. The defaults are ZITADEL's.</summary>
public sealed class PasswordPolicyOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:PasswordPolicy";

    /// <summary>The least number of characters, 1 to 72. Default 8.</summary>
    [Range(1, 72, ErrorMessage = "Sessions:PasswordPolicy:MinLength must be 1 to 72.")]
    public int MinLength { get; set; } = 8;

    /// <summary>Whether it needs one of a to z.</summary>
    public bool RequireLower { get; set; } = true;

    /// <summary>Whether it needs one of A to Z.</summary>
    public bool RequireUpper { get; set; } = true;

    /// <summary>Whether it needs one of 0 to 9.</summary>
    public bool RequireDigit { get; set; } = true;

    /// <summary>Whether it needs something else.</summary>
    public bool RequireSymbol { get; set; } = true;

    /// <summary>Whether people may not choose one of the most common passwords. Default <c>true</c>.</summary>
    public bool RefuseCommon { get; set; } = true;

    /// <summary>Whether people may not choose a password that is little more than names: theirs, the organization's, the product's. Default <c>true</c>.</summary>
    public bool RefuseNames { get; set; } = true;

    /// <summary>More words that count as such names.</summary>
    public IList<string> ForbiddenWords { get; } = [];

    /// <summary>Whether that, and the comparison with breached passwords, is also for passwords that administrators set. Default <c>false</c>.</summary>
    public bool CheckAssigned { get; set; }

    /// <summary>How many days a password makes a login; then it only serves to choose another one. 0, the default: always (NIST SP 800-63B advises against expiry).</summary>
    [Range(0, 36500, ErrorMessage = "Sessions:PasswordPolicy:MaxAgeDays must be 0 to 36500.")]
    public int MaxAgeDays { get; set; }

    /// <summary>How many days before that login frontends may begin to warn; they act on it, not this service.</summary>
    [Range(0, 36500, ErrorMessage = "Sessions:PasswordPolicy:ExpireWarnDays must be 0 to 36500.")]
    public int ExpireWarnDays { get; set; }
}

/// <summary>Refuses new passwords that are too weak. Imported hashes are not looked at.</summary>
public sealed class PasswordPolicy(IOptions<PasswordPolicyOptions> options)
{
    private readonly PasswordPolicyOptions _options = options.Value;

    /// <summary>Fails with <c>COMMA-095xh8fll1</c> for a password with a NUL, which some algorithms cannot hash, and with the first rule of <c>DOMAIN-HuJf6</c>, <c>co3Xw</c>, <c>VoaRj</c>, <c>ZBv4H</c>, <c>ZDLwA</c> that is broken.</summary>
    public void Ensure(string password)
    {
        ThrowUnless(!password.Contains('\0', StringComparison.Ordinal), SessionErrors.UserInputInvalid);
        ThrowUnless(password.EnumerateRunes().Count() >= _options.MinLength, SessionErrors.PasswordTooShort);
        ThrowUnless(!_options.RequireLower || password.Any(char.IsAsciiLetterLower), SessionErrors.PasswordWithoutLower);
        ThrowUnless(!_options.RequireUpper || password.Any(char.IsAsciiLetterUpper), SessionErrors.PasswordWithoutUpper);
        ThrowUnless(!_options.RequireDigit || password.Any(char.IsAsciiDigit), SessionErrors.PasswordWithoutDigit);
        ThrowUnless(!_options.RequireSymbol || !password.All(char.IsAsciiLetterOrDigit), SessionErrors.PasswordWithoutSymbol);
    }

    /// <summary>From when on a password only serves to choose another one; <c>null</c>: never.</summary>
    /// <param name="changedAt">When it was set.</param>
    /// <param name="changeRequired">Whether it was set to be changed at the first login.</param>
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
