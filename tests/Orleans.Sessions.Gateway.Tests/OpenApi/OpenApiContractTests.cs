using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Gateway.Json;
using Orleans.Sessions.Gateway.OpenApi;
using Orleans.Sessions.Gateway.Rest;
using Orleans.Sessions.Gateway.Validation;

namespace Orleans.Sessions.Gateway.Tests.OpenApi;

/// <summary>What the description takes from the contract: comments, rules, names, parameters, and examples that follow them.</summary>
public sealed class OpenApiContractTests
{
    private readonly JsonNode _document = JsonNode.Parse(OpenApiEndpoint.Document.Span)!;

    private IEnumerable<JsonNode> Operations =>
        _document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => operation.Value!));

    [Fact]
    public void Comments_of_the_contract_describe_operations_and_fields()
    {
        Assert.StartsWith(
            "Ours: ends all sessions of a user, or all but some.",
            (string)Operation("DeleteUserSessions")["description"]!,
            StringComparison.Ordinal
        );
        Assert.Equal("How many sessions were ended.", (string?)Property("DeleteUserSessionsResponse", "deleted")["description"]);
    }

    [Fact]
    public void Rules_of_the_contract_are_keywords()
    {
        // One of two ways to name a user.
        Assert.Equal((1, 1), ((int)Schema("SessionCheckUser")["minProperties"]!, (int)Schema("SessionCheckUser")["maxProperties"]!));
        var loginName = Property("SessionCheckUser", "loginName");
        Assert.Equal((1, 200), ((int)loginName["minLength"]!, (int)loginName["maxLength"]!));

        // A choice beside other fields.
        var refused = Schema("CreateUserRequestHuman")["not"]!["required"]!.AsArray();
        Assert.Equal(["password", "hashedPassword"], refused.Select(name => (string)name!));
        Assert.Equal(["profile", "email"], Schema("CreateUserRequestHuman")["required"]!.AsArray().Select(name => (string)name!));

        // A lifetime that is positive.
        var lifetime = new Regex((string)Property("CreateSessionRequest", "lifetime")["pattern"]!);
        foreach (var value in new[] { "1s", "3600s", "0.5s", "1.000000001s" })
        {
            Assert.Matches(lifetime, value);
        }

        foreach (var value in new[] { "0s", "-1s", "0.0s", "1", "s" })
        {
            Assert.DoesNotMatch(lifetime, value);
        }

        Assert.Equal(100, (int)Property("DeleteUserSessionsRequest", "exceptSessionIds")["maxItems"]!);
    }

    [Fact]
    public void What_the_path_has_is_not_in_the_body()
    {
        Assert.False(Schema("SetSessionBody")["properties"]!.AsObject().ContainsKey("sessionId"));
        Assert.True(Schema("SetSessionBody")["properties"]!.AsObject().ContainsKey("checks"));
    }

    [Fact]
    public void Every_field_of_a_request_without_a_body_is_a_parameter()
    {
        foreach (var method in OpenApiDocument.Routed(ContractServices.Offered))
        {
            if (!OpenApiOperation.HasBody(method.Descriptor))
            {
                var fields = Leaves(method.Descriptor.InputType, "").Order();
                var inPath = PathTemplate.VariablesOf(RestEndpoints.VerbAndPath(OpenApiOperation.RouteOf(method.Descriptor)!).Path);
                var inQuery = Operation(OpenApiNames.Operation(method.Descriptor))["parameters"]!
                    .AsArray()
                    .Where(parameter => (string?)parameter!["in"] == "query")
                    .Select(parameter => (string)parameter!["name"]!);
                var ofPath = inPath.Select(name => method.Descriptor.InputType.FindFieldByName(name).JsonName);
                Assert.Equal(fields, inQuery.Concat(ofPath).Order());
            }
        }

        var keys = Operation("DeleteUserMetadata")["parameters"]!.AsArray().Single(one => (string?)one!["name"] == "keys")!;
        Assert.Equal("array", (string?)keys["schema"]!["type"]);
    }

    [Fact]
    public void Every_example_follows_the_rules_of_the_contract()
    {
        var methods = ContractServices.Offered.ToLookup(method => OpenApiNames.Operation(method.Descriptor));
        foreach (var operation in Operations)
        {
            if (operation["requestBody"]?["content"]!["application/json"]!["example"] is not { } example)
            {
                continue;
            }

            var method = methods[(string)operation["operationId"]!].First(one => OpenApiOperation.RouteOf(one.Descriptor) is not null);
            var json = Encoding.UTF8.GetBytes(example.ToJsonString());
            var message = MessageJsonReader.Read(json, method.Descriptor.InputType, new IgnoredFields());
            foreach (var name in PathTemplate.VariablesOf(RestEndpoints.VerbAndPath(OpenApiOperation.RouteOf(method.Descriptor)!).Path))
            {
                var field = method.Descriptor.InputType.FindFieldByName(name);
                field.Accessor.SetValue(message, (string)OpenApiExamples.Value(field)!);
            }

            Assert.Equal((method.Path, null), (method.Path, RequestValidator.Violation(message)));
        }
    }

    [Fact]
    public void Headers_are_described()
    {
        Assert.Contains("Idempotency-Key", HeadersOf("CreateSession"));
        Assert.Contains("X-Expected-Sequence", HeadersOf("SetSession"));
        Assert.Contains("Prefer", HeadersOf("ListSessions"));
        Assert.DoesNotContain("Prefer", HeadersOf("GetSession"));
        Assert.NotNull(Operation("ListSessions")["responses"]!["200"]!["headers"]!["Preference-Applied"]);
        Assert.NotNull(_document["components"]!["responses"]!["TooManyRequests"]!["headers"]!["Retry-After"]);
    }

    [Fact]
    public void Deprecated_fields_say_so()
    {
        var login = _document["components"]!["schemas"]!["LoginSettings"]!["properties"]!;
        Assert.True((bool?)login["allowUsernamePassword"]!["deprecated"]);
        Assert.Null(login["allowLocalAuthentication"]!["deprecated"]);
    }

    [Fact]
    public void Names_are_unique_and_short()
    {
        var ids = Operations.Select(operation => (string)operation["operationId"]!).ToList();
        Assert.Equal(ids.Distinct().Order(), ids.Order());

        var types = ContractServices
            .Described.SelectMany(method => new[] { method.Descriptor.InputType, method.Descriptor.OutputType })
            .Select(message => message.File)
            .Distinct()
            .SelectMany(file => file.MessageTypes.SelectMany(WithNested).Concat<IDescriptor>(file.EnumTypes))
            .ToList();
        var shared = types.GroupBy(OpenApiNames.Schema).Where(group => group.Count() > 1);
        Assert.Empty(shared.Select(group => string.Join(" = ", group.Select(type => type.FullName))));

        Assert.All(ids, id => Assert.True(id.Length <= 50, id));
        Assert.All(_document["components"]!["schemas"]!.AsObject(), schema => Assert.True(schema.Key.Length <= 55, schema.Key));
    }

    [Theory]
    [InlineData("RemoveOTPEmail", "Remove OTP email")]
    [InlineData("CreateSession", "Create session")]
    [InlineData("VerifyU2FRegistration", "Verify U2F registration")]
    public void Methods_are_named_in_words(string method, string words) =>
        Assert.Equal(words, OpenApiNames.Summary(ContractServices.Described.First(one => one.Descriptor.Name == method).Descriptor));

    private static IEnumerable<MessageDescriptor> WithNested(MessageDescriptor message) =>
        message.NestedTypes.SelectMany(WithNested).Prepend(message);

    private static IEnumerable<string> Leaves(MessageDescriptor message, string prefix) =>
        message
            .Fields.InDeclarationOrder()
            .SelectMany(field =>
                field is { FieldType: FieldType.Message, IsRepeated: false }
                    ? Leaves(field.MessageType, $"{prefix}{field.JsonName}.")
                    : [prefix + field.JsonName]
            );

    private JsonNode Operation(string id) => Operations.Single(operation => (string?)operation["operationId"] == id);

    private JsonNode Schema(string name) => _document["components"]!["schemas"]![name]!;

    private JsonNode Property(string schema, string name) => Schema(schema)["properties"]![name]!;

    private IEnumerable<string> HeadersOf(string operation) =>
        Operation(operation)["parameters"]!
            .AsArray()
            .Where(parameter => (string?)parameter!["in"] == "header")
            .Select(parameter => (string)parameter!["name"]!);
}
