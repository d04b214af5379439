using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.ManagementV1;
using Orleans.Sessions.Protocol.SessionV2;
using Orleans.Sessions.Protocol.UserV2;

namespace Orleans.Sessions.Gateway.OpenApi;

/// <summary>The parameters of an operation: in the path, in the query, and in headers.</summary>
internal sealed class OpenApiParameters(OpenApiSchemas schemas)
{
    private static readonly JsonObject s_idempotencyKey = Header(
        "Idempotency-Key",
        "A request that is repeated with the same key gets the first answer again.",
        new JsonObject
        {
            ["type"] = "string",
            ["minLength"] = 1,
            ["maxLength"] = 200,
        }
    );

    private static readonly JsonObject s_expectedSequence = Header(
        "X-Expected-Sequence",
        "The change happens only if the session is still at this sequence.",
        new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]{1,18}$" }
    );

    private static readonly JsonObject s_organization = Header(
        "X-Zitadel-Orgid",
        "The organization that the call is about. Absent: the caller's.",
        new JsonObject { ["type"] = "string" }
    );

    private static readonly JsonObject s_prefer = Header(
        "Prefer",
        "`count=exact` asks for the exact total of a list (RFC 7240).",
        new JsonObject { ["type"] = "string" }
    );

    /// <summary>The methods that read headers of their own.</summary>
    private static readonly Dictionary<MessageDescriptor, JsonObject[]> s_headers = new()
    {
        [CreateSessionRequest.Descriptor] = [s_idempotencyKey],
        [SetSessionRequest.Descriptor] = [s_idempotencyKey, s_expectedSequence],
        [AddHumanUserRequest.Descriptor] = [s_organization],
        [GetMyOrgRequest.Descriptor] = [s_organization],
    };

    /// <summary>The parameters of a method whose path has these variables in the contract, and those of the template here.</summary>
    public JsonArray Of(UnaryMethod method, IReadOnlyList<string> variables, PathTemplate template, bool hasBody)
    {
        var input = method.Descriptor.InputType;
        var parameters = new JsonArray();
        foreach (var (variable, name) in variables.Zip(template.Variables))
        {
            parameters.Add((JsonNode)Parameter(name, "path", input.FindFieldByName(variable), isRequired: true));
        }

        if (!hasBody)
        {
            AddQuery(parameters, input, "", isRequired: true, [], field => !variables.Contains(field.Name));
        }

        foreach (var header in s_headers.GetValueOrDefault(input, []))
        {
            parameters.Add(header.DeepClone());
        }

        if (method.Total is not null)
        {
            parameters.Add(s_prefer.DeepClone());
        }

        return parameters;
    }

    private static JsonObject Header(string name, string description, JsonObject schema) =>
        new()
        {
            ["name"] = name,
            ["in"] = "header",
            ["description"] = description,
            ["schema"] = schema,
        };

    /// <summary>
    /// Adds the fields of a message, and of the messages in it: <c>ctx.orgId</c>. A field is required if all messages around it are. What a
    /// query cannot have is left out, which no request of the contract needs.
    /// </summary>
    private void AddQuery(
        JsonArray parameters,
        MessageDescriptor message,
        string prefix,
        bool isRequired,
        IReadOnlyCollection<MessageDescriptor> around,
        Func<FieldDescriptor, bool> isWanted
    )
    {
        foreach (var field in message.Fields.InDeclarationOrder().Where(isWanted))
        {
            var (name, isDemanded) = (prefix + field.JsonName, isRequired && OpenApiRules.IsRequired(field));
            if (field.FieldType is not FieldType.Message)
            {
                parameters.Add((JsonNode)Parameter(name, "query", field, isDemanded));
            }
            else if (!field.IsRepeated && !OpenApiSchemas.IsWellKnown(field.MessageType) && !around.Contains(field.MessageType))
            {
                AddQuery(parameters, field.MessageType, $"{name}.", isDemanded, [.. around, field.MessageType], _ => true);
            }
        }
    }

    private JsonObject Parameter(string name, string place, FieldDescriptor field, bool isRequired)
    {
        var schema = schemas.Field(field);
        var parameter = new JsonObject { ["name"] = name, ["in"] = place };
        if (isRequired)
        {
            parameter["required"] = true;
        }

        // Both are told of the parameter, where readers look for them.
        foreach (var key in new[] { "description", "deprecated" })
        {
            if (schema.TryGetPropertyValue(key, out var told))
            {
                schema.Remove(key);
                parameter[key] = told;
            }
        }

        if (!parameter.ContainsKey("description") && field.Name != name)
        {
            parameter["description"] = $"`{field.FullName}`";
        }

        parameter["schema"] = schema;
        if (isRequired)
        {
            parameter["example"] = field.IsRepeated ? new JsonArray(OpenApiExamples.Value(field)) : OpenApiExamples.Value(field);
        }

        return parameter;
    }
}
