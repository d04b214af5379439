using System.Text.Json.Serialization;

namespace Orleans.Sessions.Settings;

/// <summary>The generated JSON code of the settings that are changed at run time.</summary>
[JsonSerializable(typeof(InstanceSettings))]
[JsonSerializable(typeof(LoginTextsRecord))]
internal sealed partial class SettingsJsonContext : JsonSerializerContext;
