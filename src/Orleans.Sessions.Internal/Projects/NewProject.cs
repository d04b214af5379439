namespace Orleans.Sessions.Projects;

/// <summary>The command that creates a project.</summary>
[GenerateSerializer, Immutable, Alias("sessions.NewProject")]
public sealed record NewProject
{
    /// <summary>The id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>
    /// Whether the caller has chosen the id. An id is an audience of tokens, so this needs the permission on the instance.
    /// </summary>
    [Id(1)]
    public bool IsIdChosen { get; init; }

    /// <summary>The organization that owns the project.</summary>
    [Id(2)]
    public required string OrganizationId { get; init; }

    /// <summary>The settings. Only those that are set differ from the defaults, but the name must be set.</summary>
    [Id(3)]
    public required ProjectChange Settings { get; init; }
}
