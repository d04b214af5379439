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

    /// <summary>What authenticator apps call this service: 1 to 100 characters.</summary>
    [StringLength(100, MinimumLength = 1, ErrorMessage = "Sessions:Users:TotpIssuer must have 1 to 100 characters.")]
    public string TotpIssuer { get; set; } = "Orleans.Sessions";

    /// <summary>
    /// How long ago people may have proved a factor before they change their own user name, password (without the present one),
    /// factors, e-mail address or phone number: one minute to one day.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ErrorMessage = "Sessions:Users:MaxProofAge must be one minute to one day.")]
    public TimeSpan MaxProofAge { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether people repeat their present password to choose another one, even in a session that has proved it within
    /// <see cref="MaxProofAge"/> (ASVS 6.2.3). ZITADEL's login page does not ask for it again, so it cannot change passwords where this is
    /// on.
    /// </summary>
    public bool RequirePresentPassword { get; set; }

    /// <summary>
    /// What new user names may be (RFC 8265 UsernameCaseMapped, mixed scripts by UTS #39). <c>AnyText</c> is for imports of names that
    /// break the rules. Names that are in use stay valid.
    /// </summary>
    public NameRule NameRule { get; set; }

    /// <summary>
    /// Whether an e-mail address can be verified for one person only, whatever verifies it (<c>USER-Mail3</c>). The rule applies to
    /// addresses that are verified while it is on; addresses that several people have verified before stay as they are.
    /// </summary>
    public bool UniqueVerifiedEmail { get; set; }

    /// <summary>
    /// Whether a change that people make to their own user name, password, factors, e-mail address or phone number ends all their other
    /// sessions, unless the request says otherwise (<c>endOtherSessions</c>).
    /// </summary>
    public bool EndOtherSessions { get; set; }
}
