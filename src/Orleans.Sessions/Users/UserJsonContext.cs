using System.Text.Json.Serialization;

namespace Orleans.Sessions.Users;

/// <summary>The generated JSON code of <see cref="UserRecord"/>.</summary>
[JsonSerializable(typeof(UserRecord))]
internal sealed partial class UserJsonContext : JsonSerializerContext;
