using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.State;

/// <summary>
/// Stores an instant as microseconds since the Unix epoch: the same number in JSON and in the database columns,
/// comparable in both, with the precision of the wire contract.
/// </summary>
public sealed class UnixMicroseconds : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Instant.FromMicroseconds(reader.GetInt64());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(Instant.ToMicroseconds(value));
    }
}
