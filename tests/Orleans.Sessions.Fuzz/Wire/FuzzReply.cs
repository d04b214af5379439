using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.Fuzz.Wire;

/// <summary>The answer to a request.</summary>
public sealed record FuzzReply
{
    /// <summary>Whether any answer came. A closed connection is a valid answer to bytes that are not HTTP.</summary>
    public bool IsAnswered => Status != 0;

    /// <summary>Whether no answer came within the client's maximum waiting time.</summary>
    public bool IsLost { get; init; }

    /// <summary>The HTTP status; 0 without an answer.</summary>
    public int Status { get; init; }

    /// <summary>gRPC's status; <c>null</c> if the answer has none.</summary>
    public int? GrpcStatus { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The body; for gRPC without the prefix.</summary>
    public byte[] Body { get; init; } = [];

    public TimeSpan Elapsed { get; init; }

    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Whether the request was granted.</summary>
    public bool IsSuccess => Status is >= 200 and < 300 && GrpcStatus is null or 0;

    /// <summary>Whether the answer is a redirect.</summary>
    public bool IsRedirect => Status is >= 300 and < 400;

    /// <summary>The HTTP status of this answer, or the one that its gRPC status corresponds to.</summary>
    public int Kind =>
        GrpcStatus switch
        {
            null or 0 => Status,
            3 or 9 or 11 => 400,
            1 => 499,
            4 => 504,
            5 => 404,
            6 or 10 => 409,
            7 => 403,
            8 => 429,
            12 => 501,
            14 => 503,
            16 => 401,
            _ => 500,
        };

    public string? Header(string name) =>
        Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The body, if it is a JSON object.</summary>
    public JsonObject? Json
    {
        get
        {
            try
            {
                return JsonNode.Parse(Body) as JsonObject;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>A text in the body, by the path of names to it; <c>null</c> if it is absent.</summary>
    public string? Find(string path) =>
        path.Split('.').Aggregate((JsonNode?)Json, (node, name) => (node as JsonObject)?[name]) is JsonValue value
        && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : null;

    public override string ToString() =>
        !IsAnswered
            ? IsLost
                ? "no answer"
                : "connection closed"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"HTTP {Status}{(GrpcStatus is { } status ? $", grpc-status {status}" : "")} after {Elapsed.TotalMilliseconds:0} ms"
            );
}
