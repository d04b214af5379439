using System.ComponentModel.DataAnnotations;
using Orleans.Sessions.Names;

namespace Orleans.Sessions.Users;

/// <summary>How users are presented to others, and what they need to change themselves; configuration section <c>Sessions:Users</c>.</summary>
public sealed class UserOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Users";

    /// <summary>What authenticator apps call this service; 1 to 100 characters.</summary>
    [StringLength(100, MinimumLength = 1, ErrorMessage = "Sessions:Users:TotpIssuer must have 1 to 100 characters.")]
    public string TotpIssuer { get; set; } = "Orleans.Sessions";

    /// <summary>
    /// How long ago people may have proved a factor who change their own password (without giving the present one), factors, e-mail address or phone number;
    /// one minute to one day. Default ten minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ErrorMessage = "Sessions:Users:MaxProofAge must be one minute to one day.")]
    public TimeSpan MaxProofAge { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>What user names may be that are given from now on. Default <see cref="NameRule.HighlyRestrictive"/>.</summary>
    public NameRule NameRule { get; set; }

    /// <summary>
    /// Whether people who change their own password, factors, e-mail address or phone number end all their other sessions by it, unless the request says something
    /// else. Default <c>false</c>.
    /// </summary>
    public bool EndOtherSessions { get; set; }
}
