using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Organizations;

/// <summary>Settings of organizations; configuration section <c>Sessions</c>.</summary>
public sealed class OrganizationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions";

    /// <summary>The name of the organization of users created without one.</summary>
    [Length(1, 200, ErrorMessage = "Sessions:DefaultOrganizationName must have 1 to 200 characters.")]
    public string DefaultOrganizationName { get; set; } = "Default";
}
