namespace Orleans.Sessions.Projects;

/// <summary>An application as requests name it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ProjectId">Its project; <c>null</c> means whichever it is.</param>
[GenerateSerializer, Immutable, Alias("sessions.ApplicationName")]
public sealed record ApplicationName([property: Id(0)] string Id, [property: Id(1)] string? ProjectId);
