using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Organizations;

/// <summary>Organizations; configuration section <c>Sessions:Organizations</c>.</summary>
public sealed class OrganizationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Organizations";

    /// <summary>The name of the organization to which users belong when none is named, until somebody renames it.</summary>
    [Length(1, 200, ErrorMessage = "Sessions:Organizations:DefaultName must have 1 to 200 characters.")]
    public string DefaultName { get; set; } = "Default";
}
