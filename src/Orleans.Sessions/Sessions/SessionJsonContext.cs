using System.Text.Json.Serialization;

namespace Orleans.Sessions.Sessions;

/// <summary>The generated JSON code of <see cref="SessionRecord"/>.</summary>
[JsonSerializable(typeof(SessionRecord))]
internal sealed partial class SessionJsonContext : JsonSerializerContext;
