using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Json;

namespace Orleans.Sessions.Gateway.OpenApi;

/// <summary>The answers of operations: success, and each status of a refusal that can occur.</summary>
internal sealed class OpenApiResponses(OpenApiSchemas schemas)
{
    private const string RequestId = "X-Request-Id";
    private const string RetryAfter = "Retry-After";
    private const string Challenge = "WWW-Authenticate";
    private const string Ignored = "Sessions-Ignored-Fields";
    private const string Preference = "Preference-Applied";

    private static readonly Refusal[] s_refusals =
    [
        new(400, "BadRequest", "The request breaks a rule, or the state of what it is about does not allow it.", _ => true)
        {
            Example = (ErrorCode.InvalidArgument, "invalid GetSessionRequest.SessionId: value length must be at least 1 runes"),
        },
        new(401, "Unauthorized", "The bearer token is missing, wrong, expired, or not enough.", HasCaller)
        {
            Example = Of(SessionErrors.AuthorizationMissing),
            Header = Challenge,
        },
        new(403, "Forbidden", "The caller may not do this.", HasCaller) { Example = Of(SessionErrors.PermissionMissing) },
        new(404, "NotFound", "What the request names does not exist, or the caller may not see it.", NamesSomething)
        {
            Example = Of(SessionErrors.SessionNotFound),
        },
        new(408, "RequestTimeout", "The body came too slowly.", HasBody) { Example = Of(UnreadableRequest.TooSlow()) },
        new(409, "Conflict", "Something with this id or name exists already.", Changes) { Example = Of(SessionErrors.UserNameTaken) },
        new(413, "ContentTooLarge", "The body is larger than 1 MiB, perhaps only after it is decompressed.", HasBody)
        {
            Example = Of(UnreadableRequest.TooLarge()),
        },
        new(415, "UnsupportedMediaType", "The body is compressed by another method than gzip.", HasBody)
        {
            Example = Of(EncodedBody.UnknownEncoding()),
        },
        new(429, "TooManyRequests", "The source, the caller or the user calls too often.", HasCaller)
        {
            Example = Of(SessionErrors.TooManyRequests),
            Header = RetryAfter,
        },
        new(500, "InternalServerError", "The service has a fault. Its log says which.", _ => true)
        {
            Example = Of(SessionErrors.InternalFault),
        },
        new(501, "NotImplemented", "The contract has this use of the call, but this service does not offer it.", Changes)
        {
            Example = Of(SessionErrors.NotOffered),
        },
        new(503, "ServiceUnavailable", "A part of the service is away: try again.", HasCaller)
        {
            Example = Of(SessionErrors.ClusterAway),
            Header = RetryAfter,
        },
    ];

    /// <summary>The headers of answers.</summary>
    public static JsonObject Headers { get; } =
        new()
        {
            [RequestId] = Header("The id of the request: that of the request's own header if it is valid.", "string"),
            [RetryAfter] = Header("After how many seconds the request can succeed (RFC 9110 §10.2.3).", "integer"),
            [Challenge] = Header("What the bearer token lacks (RFC 6750 §3, RFC 9470).", "string"),
            [Ignored] = Header("The fields of the request that this service does not know, separated by commas.", "string"),
            [Preference] = Header("`count=exact` if the total of the list is exact, as the request wished (RFC 7240).", "string"),
        };

    /// <summary>The refusals, by name.</summary>
    public JsonObject Components => new(s_refusals.Select(refusal => KeyValuePair.Create(refusal.Name, (JsonNode?)Describe(refusal))));

    /// <summary>The answers of a method.</summary>
    public JsonObject Of(UnaryMethod method)
    {
        var responses = new JsonObject
        {
            [method.SuccessStatus.ToString(CultureInfo.InvariantCulture)] = new JsonObject
            {
                ["description"] = "Done.",
                ["headers"] = HeadersOf(HeaderNames(method)),
                ["content"] = new JsonObject
                {
                    ["application/json"] = new JsonObject { ["schema"] = schemas.Reference(method.Descriptor.OutputType) },
                },
            },
        };
        foreach (var refusal in s_refusals.Where(refusal => refusal.CanOccur(method)))
        {
            responses[refusal.Status.ToString(CultureInfo.InvariantCulture)] = new JsonObject
            {
                ["$ref"] = $"#/components/responses/{refusal.Name}",
            };
        }

        return responses;
    }

    private static IEnumerable<string> HeaderNames(UnaryMethod method)
    {
        yield return RequestId;
        if (!method.IsOpen && !KnownFields.IsStrict(method.Descriptor.InputType))
        {
            yield return Ignored;
        }

        if (method.Total is not null)
        {
            yield return Preference;
        }
    }

    private static (ErrorCode Code, string Message) Of(SessionError error) => (error.Code, error.Message);

    private static (ErrorCode Code, string Message) Of(InvalidRequestException invalid) => (invalid.Code, invalid.Message);

    private static bool HasCaller(UnaryMethod method) => !method.IsOpen;

    private static bool HasBody(UnaryMethod method) => OpenApiOperation.HasBody(method.Descriptor);

    private static bool Changes(UnaryMethod method) => !method.IsReading;

    /// <summary>Whether the request has an id of something, perhaps in a message within.</summary>
    private static bool NamesSomething(UnaryMethod method) => NamesSomething(method.Descriptor.InputType, []);

    private static bool NamesSomething(MessageDescriptor message, HashSet<MessageDescriptor> seen) =>
        seen.Add(message)
        && message
            .Fields.InDeclarationOrder()
            .Any(field =>
                field.FieldType == FieldType.Message
                    ? !field.IsMap && NamesSomething(field.MessageType, seen)
                    : field.Name is "id" or "ids" or "user_code" or "locale"
                        || field.Name.EndsWith("_id", StringComparison.Ordinal)
                        || field.Name.EndsWith("_ids", StringComparison.Ordinal)
            );

    private static JsonObject Header(string description, string type) =>
        new()
        {
            ["description"] = description,
            ["schema"] = new JsonObject { ["type"] = type },
        };

    private static JsonObject HeadersOf(IEnumerable<string> names) =>
        new(names.Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonObject { ["$ref"] = $"#/components/headers/{name}" })));

    private JsonObject Describe(Refusal refusal) =>
        new()
        {
            ["description"] = refusal.Description,
            ["headers"] = HeadersOf(refusal.Header is { } header ? [RequestId, header] : [RequestId]),
            ["content"] = new JsonObject
            {
                ["application/json"] = new JsonObject
                {
                    ["schema"] = schemas.ErrorReference(),
                    ["example"] = new JsonObject { ["code"] = (int)refusal.Example.Code, ["message"] = refusal.Example.Message },
                },
            },
        };

    /// <summary>A status of refusals.</summary>
    /// <param name="Status">The status of HTTP.</param>
    /// <param name="Name">The name of the answer in the document.</param>
    /// <param name="Description">When it is given.</param>
    /// <param name="CanOccur">Whether a method can be refused so.</param>
    private sealed record Refusal(int Status, string Name, string Description, Func<UnaryMethod, bool> CanOccur)
    {
        /// <summary>What it can say.</summary>
        public required (ErrorCode Code, string Message) Example { get; init; }

        /// <summary>The header that only this answer has.</summary>
        public string? Header { get; init; }
    }
}
