using System.Text.Json;
using System.Text.Json.Serialization;
using Fido2NetLib;

namespace Orleans.Sessions.WebAuthn.Fido;

/// <summary>
/// Reads the status of a model. One that only a later edition of the FIDO Metadata Service has becomes <see cref="Unknown"/>, so that the
/// rest of the metadata still counts, above all what it revokes.
/// </summary>
internal sealed class StatusConverter : JsonConverter<AuthenticatorStatus>
{
    /// <summary>None of the statuses that the package knows.</summary>
    public const AuthenticatorStatus Unknown = (AuthenticatorStatus)255;

    private static readonly Dictionary<string, AuthenticatorStatus> s_known = Enum.GetValues<AuthenticatorStatus>()
        .Distinct()
        .ToDictionary(status => status.ToString(), StringComparer.Ordinal);

    /// <inheritdoc/>
    public override AuthenticatorStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? s_known.GetValueOrDefault(reader.GetString()!, Unknown)
            : throw new JsonException("A status is a text.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, AuthenticatorStatus value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
