using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Sessions.Gateway.Calls;

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
    public void It_has_the_routes_of_the_contract_and_no_others()
    {
        var contract = Server
            .App.Services.GetRequiredService<IReadOnlyList<UnaryMethod>>()
            .Select(method => (method.Descriptor.FullName, Rule: method.Descriptor.GetOptions()?.GetExtension(AnnotationsExtensions.Http)))
            .Where(method => method.Rule is not null)
            .Select(method => (Route(method.Rule!), method.FullName))
            .Order();
        Assert.Equal(
            contract,
            Operations.Select(operation => ($"{operation.Verb} {operation.Path}", (string)operation.Operation["operationId"]!)).Order()
        );
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
    public void Every_reference_resolves_and_every_schema_is_used()
    {
        var references = References(Document).ToHashSet();
        var schemas = Document["components"]!["schemas"]!.AsObject().Select(schema => $"#/components/schemas/{schema.Key}").ToHashSet();
        Assert.NotEmpty(schemas);
        Assert.Equal(schemas.Order(), references.Order());
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
            Assert.All(responses, response => Assert.NotNull(response.Value!["content"]!["application/json"]!["schema"]!["$ref"]));
        }
    }

    [Fact]
    public void Deprecated_fields_say_so()
    {
        var login = Document["components"]!["schemas"]!["zitadel.settings.v2.LoginSettings"]!["properties"]!;
        Assert.True((bool?)login["allowUsernamePassword"]!["deprecated"]);
        Assert.Null(login["allowLocalAuthentication"]!["deprecated"]);
    }

    [Fact]
    public void Ids_of_operations_are_unique()
    {
        var ids = Operations.Select(operation => (string)operation.Operation["operationId"]!).ToList();
        Assert.Equal(ids.Distinct().Order(), ids.Order());
    }

    private static string Route(HttpRule rule) =>
        rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => $"get {rule.Get}",
            HttpRule.PatternOneofCase.Put => $"put {rule.Put}",
            HttpRule.PatternOneofCase.Post => $"post {rule.Post}",
            HttpRule.PatternOneofCase.Delete => $"delete {rule.Delete}",
            HttpRule.PatternOneofCase.Patch => $"patch {rule.Patch}",
            _ => throw new NotSupportedException(),
        };

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
