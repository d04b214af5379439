using System.Text.Json.Serialization;

namespace Orleans.Sessions.Organizations;

/// <summary>The generated JSON code of <see cref="OrganizationsRecord"/> and <see cref="OrganizationRecord"/>.</summary>
[JsonSerializable(typeof(OrganizationsRecord))]
[JsonSerializable(typeof(OrganizationRecord))]
internal sealed partial class OrganizationsJsonContext : JsonSerializerContext;
