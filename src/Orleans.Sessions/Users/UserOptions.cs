using System.ComponentModel.DataAnnotations;
using Orleans.Sessions.Names;

namespace Orleans.Sessions.Users;

/// <summary>
/// How users appear to others, and what they need to change their own account; configuration section <c>Sessions:Users</c>.
/// </summary>
public sealed class UserOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Users";

    /// <summary>The name of this service in authenticator apps; 1 to 100 characters.</summary>
    [StringLength(100, MinimumLength = 1, ErrorMessage = "Sessions:Users:TotpIssuer must have 1 to 100 characters.")]
    public string TotpIssuer { get; set; } = "Orleans.Sessions";

    /// <summary>
    /// The maximum age of a factor's proof when people change their own password (without giving the present one), factors, e-mail address
    /// or phone number; one minute to one day. Default ten minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ErrorMessage = "Sessions:Users:MaxProofAge must be one minute to one day.")]
    public TimeSpan MaxProofAge { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Which new user names are allowed. Default <see cref="NameRule.HighlyRestrictive"/>.</summary>
    public NameRule NameRule { get; set; }

    /// <summary>
    /// Whether an e-mail address can be verified for one person only. The rule applies to addresses that are verified while it is on;
    /// addresses that several people have verified before stay as they are. Default <c>false</c>, as in ZITADEL.
    /// </summary>
    public bool UniqueVerifiedEmail { get; set; }

    /// <summary>
    /// Whether a change that people make to their own user name, password, factors, e-mail address or phone number ends all their other
    /// sessions, unless the request says otherwise. Default <c>false</c>.
    /// </summary>
    public bool EndOtherSessions { get; set; }
}
