using System.Text.Json.Serialization;

namespace Orleans.Sessions.SigningKeys;

/// <summary>The generated JSON code of <see cref="SigningKeysRecord"/>.</summary>
[JsonSerializable(typeof(SigningKeysRecord))]
internal sealed partial class SigningKeysJsonContext : JsonSerializerContext;
