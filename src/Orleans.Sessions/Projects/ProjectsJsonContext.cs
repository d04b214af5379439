using System.Text.Json.Serialization;

namespace Orleans.Sessions.Projects;

/// <summary>The generated JSON code of the records about projects and roles.</summary>
[JsonSerializable(typeof(ProjectsRecord))]
[JsonSerializable(typeof(UserRolesRecord))]
internal sealed partial class ProjectsJsonContext : JsonSerializerContext;
