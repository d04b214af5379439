using System.Text.Json;

namespace Orleans.Sessions.IdentityProviders.Upstream;

/// <summary>Reads JSON of providers, which may be anything.</summary>
internal static class UpstreamJson
{
    /// <summary>
    /// How deeply an answer is nested at most. Over gRPC, each level is up to three messages, and readers of protobuf allow a hundred
    /// messages in each other.
    /// </summary>
    private const int MaxDepth = 32;

    /// <summary>If two members have the same name, this service and a later reader could understand the answer differently.</summary>
    private static readonly JsonDocumentOptions s_unambiguous = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <summary>The document of an answer. Fails with <see cref="UpstreamException"/> unless it is of that kind.</summary>
    public static JsonDocument Parse(string text, JsonValueKind kind, string endpoint)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text, s_unambiguous);
        }
        catch (JsonException exception)
        {
            throw new UpstreamException($"the answer of the {endpoint} endpoint is no JSON", exception);
        }

        if (document.RootElement.ValueKind != kind)
        {
            document.Dispose();
            throw new UpstreamException($"the answer of the {endpoint} endpoint is not the JSON that it must be");
        }

        return document;
    }

    /// <summary>
    /// Fails with <see cref="UpstreamException"/> unless clients can be shown the value by every protocol: its numbers are finite, and its
    /// texts are Unicode.
    /// </summary>
    public static void EnsureShowable(JsonElement value)
    {
        try
        {
            Visit(value);
        }
        catch (InvalidOperationException exception)
        {
            // A text that is no Unicode.
            throw new UpstreamException("an answer has a text that is not Unicode", exception);
        }
    }

    private static void Visit(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _ = member.Name;
                    Visit(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Visit(item);
                }

                break;
            case JsonValueKind.String:
                _ = value.GetString();
                break;
            case JsonValueKind.Number when !value.TryGetDouble(out var number) || !double.IsFinite(number):
                throw new UpstreamException("an answer has a number that is too large");
        }
    }
}
