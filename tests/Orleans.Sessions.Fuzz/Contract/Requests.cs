using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Fuzz.Generation;
using Orleans.Sessions.Fuzz.Mutation;
using Orleans.Sessions.Fuzz.Wire;

namespace Orleans.Sessions.Fuzz.Contract;

/// <summary>Writes a message as a request of each surface.</summary>
public static class Requests
{
    private const string Json = "application/json";

    /// <summary>
    /// The REST request. Variables in the path are escaped. Fields that are not in the path are in the body or the query.
    /// </summary>
    public static FuzzRequest Rest(Operation operation, JsonObject message)
    {
        var left = (JsonObject)message.DeepClone();
        var path = operation.Path;
        foreach (
            var field in operation
                .Method.InputType.Fields.InDeclarationOrder()
                .Where(field => path.Contains($"{{{field.Name}}}", StringComparison.Ordinal))
        )
        {
            left.Remove(field.JsonName, out var value);
            path = path.Replace(
                $"{{{field.Name}}}",
                Escape(value is JsonValue text && text.TryGetValue<string>(out var name) ? name : "0"),
                StringComparison.Ordinal
            );
        }

        return operation.HasBody
            ? new FuzzRequest(Surface.Rest, operation.Verb, path) { Headers = [("Content-Type", Json)], Body = JsonText.Bytes(left) }
            : new FuzzRequest(Surface.Rest, operation.Verb, $"{path}{Query(left)}");
    }

    /// <summary>The Connect request with a JSON message.</summary>
    public static FuzzRequest Connect(Operation operation, JsonObject message) =>
        new(Surface.Connect, "POST", operation.CallPath)
        {
            Headers = [("Content-Type", Json), ("Connect-Protocol-Version", "1")],
            Body = JsonText.Bytes(message),
        };

    /// <summary>The Connect request with a binary message.</summary>
    public static FuzzRequest ConnectProto(Operation operation, byte[] message) =>
        new(Surface.Connect, "POST", operation.CallPath) { Headers = [("Content-Type", "application/proto")], Body = message };

    /// <summary>The gRPC request.</summary>
    public static FuzzRequest Grpc(Operation operation, byte[] frames) =>
        new(Surface.Grpc, "POST", operation.CallPath)
        {
            Headers = [("Content-Type", "application/grpc"), ("TE", "trailers")],
            Body = frames,
        };

    /// <summary>The gRPC-Web request, with its frames in base64 if wanted.</summary>
    public static FuzzRequest GrpcWeb(Operation operation, byte[] frames, bool isText) =>
        new(Surface.GrpcWeb, "POST", operation.CallPath)
        {
            Headers = [("Content-Type", isText ? "application/grpc-web-text" : "application/grpc-web")],
            Body = isText ? Encoding.ASCII.GetBytes(Convert.ToBase64String(frames)) : frames,
        };

    /// <summary>The message in protobuf's binary format; <c>null</c> if it contains values that only JSON can express.</summary>
    public static byte[]? Binary(MessageDescriptor type, JsonObject message)
    {
        try
        {
            return new JsonParser(JsonParser.Settings.Default.WithIgnoreUnknownFields(true))
                .Parse(message.ToJsonString(), type)
                .ToByteArray();
        }
        catch (Exception exception)
            when (exception is InvalidProtocolBufferException or FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A text in a path or query. Half of a surrogate pair becomes the three bytes that UTF-8 forbids.</summary>
    public static string Escape(string text) =>
        Uri.EscapeDataString(text.Replace(Texts.Half, '\uFFFD')).Replace("%EF%BF%BD", "%ED%A0%80", StringComparison.Ordinal);

    private static string Query(JsonObject message)
    {
        var pairs = Flat("", message).Select(pair => $"{Escape(pair.Name)}={Escape(pair.Value)}").ToList();
        return pairs.Count == 0 ? "" : $"?{string.Join('&', pairs)}";
    }

    private static IEnumerable<(string Name, string Value)> Flat(string prefix, JsonNode? node) =>
        node switch
        {
            JsonObject members => members.SelectMany(member =>
                Flat(prefix.Length == 0 ? member.Key : $"{prefix}.{member.Key}", member.Value)
            ),
            JsonArray items => items.SelectMany(item => Flat(prefix, item)),
            JsonValue value => [(prefix, value.TryGetValue<string>(out var text) ? text : value.ToJsonString())],
            _ => [],
        };
}
