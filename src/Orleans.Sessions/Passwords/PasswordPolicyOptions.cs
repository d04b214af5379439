using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Passwords;

/// <summary>
/// The requirements for a new password; configuration section <c>Sessions:PasswordPolicy</c>. The defaults are ZITADEL's.
/// </summary>
public sealed class PasswordPolicyOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:PasswordPolicy";

    /// <summary>The least number of characters, 1 to 72.</summary>
    [Range(1, 72, ErrorMessage = "Sessions:PasswordPolicy:MinLength must be 1 to 72.")]
    public int MinLength { get; set; } = 8;

    /// <summary>Whether a password needs one of a to z.</summary>
    public bool RequireLower { get; set; } = true;

    /// <summary>Whether a password needs one of A to Z.</summary>
    public bool RequireUpper { get; set; } = true;

    /// <summary>Whether a password needs one of 0 to 9.</summary>
    public bool RequireDigit { get; set; } = true;

    /// <summary>Whether a password needs a character of another kind.</summary>
    public bool RequireSymbol { get; set; } = true;

    /// <summary>
    /// Whether people may not choose one of the most common passwords (<c>SESSION-Pwd01</c>). It is for changes by people themselves, reset
    /// codes, and what a login frontend sends (registrations).
    /// </summary>
    public bool RefuseCommon { get; set; } = true;

    /// <summary>
    /// Whether people may not choose a password that has less than 8 characters beside names: their own, their organization's,
    /// <c>Sessions:Users:TotpIssuer</c>, <see cref="ForbiddenWords"/> (<c>SESSION-Pwd02</c>).
    /// </summary>
    public bool RefuseNames { get; set; } = true;

    /// <summary>Additional words that count as such names.</summary>
    public IList<string> ForbiddenWords { get; } = [];

    /// <summary>
    /// Whether these two rules, and the comparison with breached passwords, are also for passwords that administrators set.
    /// </summary>
    public bool CheckAssigned { get; set; }

    /// <summary>
    /// After how many days a password makes no login any more until it is changed (<c>SESSION-Pol02</c>). 0: never; NIST SP 800-63B advises
    /// against expiry.
    /// </summary>
    [Range(0, 36500, ErrorMessage = "Sessions:PasswordPolicy:MaxAgeDays must be 0 to 36500.")]
    public int MaxAgeDays { get; set; }

    /// <summary>How many days before that login frontends may begin to warn. They act on it, not this service.</summary>
    [Range(0, 36500, ErrorMessage = "Sessions:PasswordPolicy:ExpireWarnDays must be 0 to 36500.")]
    public int ExpireWarnDays { get; set; }
}
