using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Gateway.Json;
using Orleans.Sessions.Gateway.OpenApi;
using Orleans.Sessions.Gateway.Rest;
using Orleans.Sessions.Gateway.Validation;

namespace Orleans.Sessions.Gateway.Tests.OpenApi;

/// <summary>The description of the REST surface has all routes that exist, and no others.</summary>
public sealed partial class OpenApiTests : IAsyncLifetime
{
    private GatewayServer? _server;
    private JsonNode? _document;

    private GatewayServer Server => _server ?? throw new InvalidOperationException("The server has not started.");

    private JsonNode Document => _document ?? throw new InvalidOperationException("The server has not started.");

    private IEnumerable<(string Verb, string Path, JsonNode Operation)> Operations =>
        from path in Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (operation.Key, path.Key, operation.Value!);

    public async ValueTask InitializeAsync()
    {
        _server = await GatewayServer.StartAsync();
        _document = JsonNode.Parse(await _server.Http().GetStringAsync("/openapi/v2.json", TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public void It_has_the_routes_that_are_offered_and_no_others()
    {
        var offered = OpenApiDocument
            .Routed(ContractServices.Offered)
            .Select(method => (Route(OpenApiOperation.RouteOf(method.Descriptor)!), OpenApiNames.Operation(method.Descriptor)))
            .Order();
        Assert.Equal(
            offered,
            Operations
                .Select(operation => ($"{operation.Verb} {Template(operation.Path)}", (string)operation.Operation["operationId"]!))
                .Order()
        );
        Assert.DoesNotContain(offered, route => route.Item2 == "AdminAddGoogleProvider");
        Assert.Contains(offered, route => route.Item2 == "CreateSession");
    }

    [Fact]
    public void No_two_paths_are_told_apart_by_names_of_variables_alone()
    {
        var paths = Document["paths"]!.AsObject().Select(path => Template(path.Key)).ToList();
        Assert.Equal(paths.Distinct(), paths);
    }

    /// <summary>OpenAPI leaves open which of two templates counts that match the same path (§4.8.2).</summary>
    [Fact]
    public void No_two_paths_match_the_same_requests_with_as_many_variables()
    {
        var paths = Document["paths"]!.AsObject().Select(path => Template(path.Key).Split('/')).ToList();
        var ambiguous =
            from one in paths
            from other in paths
            where one != other && one.Length == other.Length && one.Count(IsVariable) == other.Count(IsVariable)
            where one.Zip(other).All(pair => pair.First == pair.Second || IsVariable(pair.First) || IsVariable(pair.Second))
            select string.Join('/', one);
        Assert.Empty(ambiguous);
    }

    [Fact]
    public async Task Every_route_of_it_is_served()
    {
        using var http = new HttpClient { BaseAddress = Server.Address };
        foreach (var (verb, path, operation) in Operations)
        {
            // Without a caller an existing route answers 401, if it needs a caller; a missing route answers 404, 405 or 501.
            using var request = new HttpRequestMessage(new HttpMethod(verb.ToUpperInvariant()), Variable().Replace(path, "1"));
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            var expected = operation["security"] is null ? HttpStatusCode.Unauthorized : HttpStatusCode.OK;
            Assert.Equal((verb, path, expected), (verb, path, response.StatusCode));
        }
    }

    [Fact]
    public void Every_reference_resolves_and_every_component_is_used()
    {
        var references = References(Document).ToHashSet();
        var components = Document["components"]!
            .AsObject()
            .Where(kind => kind.Key != "securitySchemes")
            .SelectMany(kind => kind.Value!.AsObject().Select(component => $"#/components/{kind.Key}/{component.Key}"))
            .ToList();
        Assert.NotEmpty(components);
        Assert.Equal(components.Order(), references.Order());
    }

    [Fact]
    public void Every_operation_says_its_path_variables_and_its_answers()
    {
        foreach (var (verb, path, operation) in Operations)
        {
            var variables = Variable().Matches(path).Select(match => match.Value.Trim('{', '}')).Order();
            var described = operation["parameters"]!.AsArray().Where(parameter => (string?)parameter!["in"] == "path").ToList();
            Assert.Equal(variables, described.Select(parameter => (string)parameter!["name"]!).Order());
            Assert.All(described, parameter => Assert.True((bool)parameter!["required"]!));

            var responses = operation["responses"]!.AsObject();
            Assert.Contains(
                (verb, path)
                    is (
                        "post",
                        "/v2/sessions"
                            or "/v2/organizations"
                            or "/v2/projects"
                            or "/v2/oidc/clients"
                            or "/v2/saml/service_providers"
                            or "/v2/login_clients"
                    )
                    ? "201"
                    : "200",
                responses.Select(response => response.Key)
            );
            Assert.True(responses.ContainsKey("400"));
            Assert.Equal(operation["security"] is null, responses.ContainsKey("401"));
            Assert.Equal(operation["requestBody"] is not null, responses.ContainsKey("413"));
        }
    }

    [Fact]
    public void Every_operation_and_every_tag_has_a_description()
    {
        var tags = Document["tags"]!.AsArray().ToDictionary(tag => (string)tag!["name"]!, tag => (string)tag!["description"]!);
        foreach (var (_, _, operation) in Operations)
        {
            Assert.NotEmpty((string)operation["summary"]!);
            Assert.NotEmpty((string)operation["description"]!);
            Assert.True(tags.ContainsKey((string)operation["tags"]!.AsArray().Single()!));
        }

        Assert.All(tags.Values, description => Assert.NotEmpty(description));
    }

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
        Assert.Contains(
            Schema("CreateUserRequestHuman")["not"]!["anyOf"]!.AsArray(),
            refused => refused!["required"]!.AsArray().Select(name => (string)name!).SequenceEqual(["password", "hashedPassword"])
        );
        Assert.Equal(
            ["profile", "email"],
            Schema("CreateUserRequestHuman")["required"]!.AsArray().Select(name => (string)name!)
        );

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
        foreach (var (_, _, operation) in Operations)
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
        Assert.NotNull(Document["components"]!["responses"]!["TooManyRequests"]!["headers"]!["Retry-After"]);
    }

    [Fact]
    public void Deprecated_fields_say_so()
    {
        var login = Document["components"]!["schemas"]!["LoginSettings"]!["properties"]!;
        Assert.True((bool?)login["allowUsernamePassword"]!["deprecated"]);
        Assert.Null(login["allowLocalAuthentication"]!["deprecated"]);
    }

    [Fact]
    public void Names_are_unique_and_short()
    {
        var ids = Operations.Select(operation => (string)operation.Operation["operationId"]!).ToList();
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
        Assert.All(Document["components"]!["schemas"]!.AsObject(), schema => Assert.True(schema.Key.Length <= 50, schema.Key));
    }

    [Theory]
    [InlineData("RemoveOTPEmail", "Remove OTP email")]
    [InlineData("CreateSession", "Create session")]
    [InlineData("VerifyU2FRegistration", "Verify U2F registration")]
    public void Methods_are_named_in_words(string method, string words) =>
        Assert.Equal(
            words,
            OpenApiNames.Summary(ContractServices.Described.First(one => one.Descriptor.Name == method).Descriptor)
        );

    private static bool IsVariable(string segment) => segment == "{}";

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

    private JsonNode Operation(string id) =>
        Operations.Single(operation => (string?)operation.Operation["operationId"] == id).Operation;

    private JsonNode Schema(string name) => Document["components"]!["schemas"]![name]!;

    private JsonNode Property(string schema, string name) => Schema(schema)["properties"]![name]!;

    private IEnumerable<string> HeadersOf(string operation) =>
        Operation(operation)["parameters"]!
            .AsArray()
            .Where(parameter => (string?)parameter!["in"] == "header")
            .Select(parameter => (string)parameter!["name"]!);

    private static string Route(HttpRule rule)
    {
        var (verb, path) = RestEndpoints.VerbAndPath(rule);
        return $"{verb.ToLowerInvariant()} {Template(path)}";
    }

    private static string Template(string path) => Variable().Replace(path, "{}");

    private static IEnumerable<string> References(JsonNode? node) =>
        node switch
        {
            JsonObject item => item.SelectMany(member => member.Key == "$ref" ? [(string)member.Value!] : References(member.Value)),
            JsonArray items => items.SelectMany(References),
            _ => [],
        };

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Variable();
}
