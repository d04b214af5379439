using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Api;
using Orleans.Sessions.Gateway.OpenApi;
using Orleans.Sessions.Gateway.Rest;

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
        Assert.DoesNotContain(offered, route => route.Item2 == "AdminAddLDAPProvider");
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
                            or "/v2/oidc/initial_access_tokens"
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

    private static bool IsVariable(string segment) => segment == "{}";

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
