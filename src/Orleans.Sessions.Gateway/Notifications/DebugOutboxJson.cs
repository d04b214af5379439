using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Sessions.Gateway.Notifications;

/// <summary>The generated JSON code of the page.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(ImmutableList<DebugMessage>))]
internal sealed partial class DebugOutboxJson : JsonSerializerContext;
