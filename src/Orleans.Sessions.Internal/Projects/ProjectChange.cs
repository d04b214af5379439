namespace Orleans.Sessions.Projects;

/// <summary>Changes of a project's settings. What is <c>null</c> stays as it is. <see cref="Project"/> describes the values.</summary>
[GenerateSerializer, Immutable, Alias("sessions.ProjectChange")]
public sealed record ProjectChange
{
    /// <summary>The name.</summary>
    [Id(0)]
    public string? Name { get; init; }

    /// <summary>Whether applications are told a person's roles without asking for them.</summary>
    [Id(1)]
    public bool? AssertRoles { get; init; }

    /// <summary>Whether only people with an authorization can log in.</summary>
    [Id(2)]
    public bool? RequireAuthorization { get; init; }

    /// <summary>Whether only people of organizations that have the project can log in.</summary>
    [Id(3)]
    public bool? RequireAccess { get; init; }

    /// <summary>Whose branding the login pages show.</summary>
    [Id(4)]
    public ProjectBranding? Branding { get; init; }
}
