using System.Text.Json.Serialization;

namespace Orleans.Sessions.Sessions;

/// <summary>The generated JSON code of <see cref="SessionRecord"/> and of its encrypted parts.</summary>
[JsonSerializable(typeof(SessionRecord))]
[JsonSerializable(typeof(IssuedChallenges))]
internal sealed partial class SessionJsonContext : JsonSerializerContext;
