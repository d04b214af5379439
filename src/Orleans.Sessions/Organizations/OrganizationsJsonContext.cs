using System.Text.Json.Serialization;

namespace Orleans.Sessions.Organizations;

/// <summary>The generated JSON code of <see cref="OrganizationsRecord"/>.</summary>
[JsonSerializable(typeof(OrganizationsRecord))]
internal sealed partial class OrganizationsJsonContext : JsonSerializerContext;
