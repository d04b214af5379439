using System.Text.Json.Nodes;
using Google.Api;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Gateway.Calls;

namespace Orleans.Sessions.Gateway.OpenApi;

/// <summary>Describes one method of the contract that has a route.</summary>
internal sealed class OpenApiOperation(ContractComments comments, OpenApiSchemas schemas, OpenApiResponses responses)
{
    private readonly OpenApiParameters _parameters = new(schemas);

    /// <summary>The route of a method; <c>null</c> if it has none.</summary>
    public static HttpRule? RouteOf(MethodDescriptor method) => method.GetOptions()?.GetExtension(AnnotationsExtensions.Http);

    /// <summary>Whether a method reads a body.</summary>
    public static bool HasBody(MethodDescriptor method) => RouteOf(method)?.Body == "*";

    /// <summary>A method with this path in the contract, and this template in the document.</summary>
    public JsonObject Of(UnaryMethod unary, string path, PathTemplate template)
    {
        var method = unary.Descriptor;
        var hasBody = HasBody(method);
        var variables = PathTemplate.VariablesOf(path);
        var same = $"The call `{unary.Path[1..]}` of gRPC and Connect does the same.";
        var operation = new JsonObject
        {
            ["operationId"] = OpenApiNames.Operation(method),
            ["summary"] = OpenApiNames.Summary(method),
            ["description"] = comments.Of(method) is { } comment ? $"{comment}\n\n{same}" : same,
            ["tags"] = new JsonArray(OpenApiNames.Tag(method.Service)),
            ["parameters"] = _parameters.Of(unary, variables, template, hasBody),
        };
        if (method.GetOptions()?.Deprecated == true)
        {
            operation["deprecated"] = true;
        }

        if (unary.IsOpen)
        {
            operation["security"] = new JsonArray();
        }

        if (hasBody)
        {
            var body = OpenApiExamples.Body(method.InputType, variables);
            operation["requestBody"] = new JsonObject
            {
                // An empty body is an empty message.
                ["required"] = body.Count > 0,
                ["content"] = new JsonObject
                {
                    ["application/json"] = new JsonObject { ["schema"] = schemas.Body(method.InputType, variables), ["example"] = body },
                },
            };
        }

        operation["responses"] = responses.Of(unary);
        return operation;
    }
}
