using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Users;

/// <summary>How users are presented to others; configuration section <c>Sessions:Users</c>.</summary>
public sealed class UserOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Users";

    /// <summary>What authenticator apps call this service; 1 to 100 characters.</summary>
    [StringLength(100, MinimumLength = 1, ErrorMessage = "Sessions:Users:TotpIssuer must have 1 to 100 characters.")]
    public string TotpIssuer { get; set; } = "Orleans.Sessions";
}
