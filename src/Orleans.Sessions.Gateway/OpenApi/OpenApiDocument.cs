using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Rest;

namespace Orleans.Sessions.Gateway.OpenApi;

/// <summary>Describes the REST surface in OpenAPI 3.1, from the same contract that defines the routes.</summary>
internal static partial class OpenApiDocument
{
    public static JsonObject Describe(IEnumerable<UnaryMethod> methods)
    {
        var schemas = new OpenApiSchemas();
        var paths = new JsonObject();
        foreach (var method in methods)
        {
            if (method.Descriptor.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is not { } rule)
            {
                continue;
            }

            var (verb, path) = RestEndpoints.VerbAndPath(rule);
            if (paths[path] is not JsonObject operations)
            {
                paths[path] = operations = [];
            }

            operations[verb.ToLowerInvariant()] = Operation(method, path, rule.Body == "*", schemas);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Orleans.Sessions", ["version"] = "v2" },
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
                },
                ["schemas"] = schemas.Components,
            },
        };
    }

    private static JsonObject Operation(UnaryMethod unary, string path, bool hasBody, OpenApiSchemas schemas)
    {
        var method = unary.Descriptor;
        var inPath = Variable().Matches(path).Select(match => match.Groups[1].Value).ToHashSet();
        var parameters = new JsonArray();
        foreach (var field in method.InputType.Fields.InDeclarationOrder())
        {
            var isInPath = inPath.Contains(field.Name);
            if (isInPath || (!hasBody && field.FieldType is not FieldType.Message && !field.IsRepeated))
            {
                parameters.Add(
                    (JsonNode)
                        new JsonObject
                        {
                            ["name"] = isInPath ? field.Name : field.JsonName,
                            ["in"] = isInPath ? "path" : "query",
                            ["required"] = isInPath,
                            ["schema"] = schemas.Field(field),
                        }
                );
            }
        }

        var operation = new JsonObject
        {
            ["operationId"] = method.FullName,
            ["summary"] = method.Name,
            ["tags"] = new JsonArray(method.Service.Name),
            ["parameters"] = parameters,
        };
        if (unary.IsOpen)
        {
            operation["security"] = new JsonArray();
        }

        if (hasBody)
        {
            operation["requestBody"] = new JsonObject { ["content"] = Content(schemas.Reference(method.InputType)) };
        }

        operation["responses"] = new JsonObject
        {
            [unary.SuccessStatus.ToString(CultureInfo.InvariantCulture)] = new JsonObject
            {
                ["description"] = "Done.",
                ["content"] = Content(schemas.Reference(method.OutputType)),
            },
            ["default"] = new JsonObject { ["description"] = "Refused: google.rpc.Status.", ["content"] = Content(schemas.Status()) },
        };
        return operation;
    }

    private static JsonObject Content(JsonNode schema) => new() { ["application/json"] = new JsonObject { ["schema"] = schema } };

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Variable();
}
