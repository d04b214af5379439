namespace Orleans.Sessions.Projects;

/// <summary>Whose branding login pages show. The numbers are those of <c>zitadel.project.v2.PrivateLabelingSetting</c>.</summary>
public enum ProjectBranding
{
    /// <summary>That of the installation.</summary>
    Unspecified = 0,

    /// <summary>That of the project's organization.</summary>
    ProjectOwner = 1,

    /// <summary>That of the person's organization.</summary>
    LoginUser = 2,
}
