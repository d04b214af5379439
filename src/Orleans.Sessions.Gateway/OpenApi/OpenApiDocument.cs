using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Rest;

namespace Orleans.Sessions.Gateway.OpenApi;

/// <summary>Describes the REST surface in OpenAPI 3.1, from the same contract that defines the routes.</summary>
internal static class OpenApiDocument
{
    private const string Title = "Orleans.Sessions";

    private const string Introduction =
        "Sessions, users and logins, as ZITADEL's API v2 has them, and calls that only this service has. "
        + "The same calls are there for gRPC, gRPC-Web and Connect.\n\n"
        + "A caller sends a personal access token, a session token or an access token as a bearer token. "
        + "Names of fields are in camel or snake case, `null` means absent, and 64-bit integers are numbers or texts. "
        + "Bodies may be compressed with gzip. A valid `X-Request-Id` of a request is also that of its answer. "
        + "`Accept-Language` chooses the language of errors: English or German.\n\n"
        + "`PUT /v2/users/human/{user_id}` is served and not described: `UpdateUser` does the same.";

    /// <summary>
    /// What is served but not described, because its path and those of other operations match the same requests, and OpenAPI leaves open
    /// which one then counts (§4.8.2). <c>UpdateUser</c> does the same for every kind of user.
    /// </summary>
    private static readonly MethodDescriptor[] s_ambiguous =
    [
        Protocol.UserV2.UserService.Descriptor.FindMethodByName(nameof(Protocol.UserV2.UserService.UserServiceBase.UpdateHumanUser)),
    ];

    /// <summary>The methods of a list that the document has: those with a route.</summary>
    public static IEnumerable<UnaryMethod> Routed(IEnumerable<UnaryMethod> methods) =>
        methods.Where(method => OpenApiOperation.RouteOf(method.Descriptor) is not null && !s_ambiguous.Contains(method.Descriptor));

    /// <summary>The document about the routes of these methods.</summary>
    public static JsonObject Describe(IEnumerable<UnaryMethod> offered)
    {
        var methods = Routed(offered).ToList();
        var comments = new ContractComments();
        var schemas = new OpenApiSchemas(comments, RequestsOf(methods));
        var responses = new OpenApiResponses(schemas);
        var paths = Paths(methods, new OpenApiOperation(comments, schemas, responses));
        var refusals = responses.Components;
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = Title,
                ["version"] = typeof(OpenApiDocument).Assembly.GetName().Version!.ToString(fieldCount: 3),
                ["summary"] = "Sessions that end when they must, on Orleans.",
                ["description"] = Introduction,
                ["contact"] = new JsonObject { ["name"] = "The Orleans.Sessions authors" },
                ["license"] = new JsonObject { ["name"] = "Not decided yet: ask the owner", ["identifier"] = "LicenseRef-Undecided" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/", ["description"] = "The service that serves this document." }),
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
            ["tags"] = Tags(methods, comments),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["description"] = "A personal access token, a session token, an access token, or a token of a trusted issuer.",
                    },
                },
                ["headers"] = OpenApiResponses.Headers.DeepClone(),
                ["responses"] = refusals,
                ["schemas"] = schemas.Components,
            },
        };
    }

    private static JsonObject Paths(List<UnaryMethod> methods, OpenApiOperation describer)
    {
        var templates = PathTemplate.Of(methods.Select(method => RouteOf(method).Path));
        var paths = new JsonObject();
        foreach (var method in methods)
        {
            var (verb, path) = RouteOf(method);
            var template = templates[path];
            if (paths[template.Path] is not JsonObject operations)
            {
                paths[template.Path] = operations = [];
            }

            operations[verb.ToLowerInvariant()] = describer.Of(method, path, template);
        }

        return paths;
    }

    private static JsonArray Tags(List<UnaryMethod> methods, ContractComments comments) =>
        new([
            .. methods
                .Select(method => method.Descriptor.Service)
                .Distinct()
                .Select(service =>
                    (JsonNode)new JsonObject { ["name"] = OpenApiNames.Tag(service), ["description"] = DescriptionOf(service, comments) }
                ),
        ]);

    private static string DescriptionOf(ServiceDescriptor service, ContractComments comments) =>
        string.Join("\n\n", new[] { comments.Of(service.File), comments.Of(service), $"`{service.FullName}`" }.OfType<string>());

    private static (string Verb, string Path) RouteOf(UnaryMethod method) =>
        RestEndpoints.VerbAndPath(OpenApiOperation.RouteOf(method.Descriptor)!);

    /// <summary>The messages that requests consist of.</summary>
    private static HashSet<MessageDescriptor> RequestsOf(List<UnaryMethod> methods)
    {
        var found = new HashSet<MessageDescriptor>();
        var waiting = new Stack<MessageDescriptor>(methods.Select(method => method.Descriptor.InputType));
        while (waiting.TryPop(out var message))
        {
            if (found.Add(message))
            {
                foreach (var field in message.Fields.InDeclarationOrder().Where(field => field.FieldType == FieldType.Message))
                {
                    waiting.Push(field.MessageType);
                }
            }
        }

        return found;
    }
}
