using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Web;
using Orleans.Sessions.Gateway.FirstApi;
using Orleans.Sessions.Protocol.ManagementV1;

namespace Orleans.Sessions.Gateway.Tests.FirstApi;

/// <summary>Calls of ZITADEL's first API: what is not offered says on every surface what to call instead.</summary>
public sealed class V1CallTests : IAsyncLifetime
{
    private const string Management = "zitadel.management.v1.ManagementService";
    private const string Nothing = "This service does not offer this method of ZITADEL's first API, and has no other method for it";

    private GatewayServer? _server;

    public static TheoryData<string> Apis => ["auth", "management", "admin", "system"];

    public static TheoryData<string, string> Methods =>
        new()
        {
            { "AddHumanUser", "AddHumanUser of ZITADEL's first API is not offered: call zitadel.user.v2.UserService/CreateUser" },
            { "ListOrgMembers", $"ListOrgMembers of ZITADEL's first API is not offered: call {Permissions}/ListAdministrators" },
            { "SetTriggerActions", Nothing },
        };

    public static TheoryData<string, string, string> Paths =>
        new()
        {
            { "POST", "/management/v1/users/human", Of("AddHumanUser", "zitadel.user.v2.UserService/CreateUser") },
            { "POST", "/auth/v1/users/me/email/_verify", Of("VerifyMyEmail", "zitadel.user.v2.UserService/VerifyEmail") },
            { "GET", "/management/v1/users/7", Of("GetUserByID", "zitadel.user.v2.UserService/GetUserByID") },
            { "DELETE", "/management/v1/projects/7/roles/a/b", Of("RemoveProjectRole", $"{Projects}/RemoveProjectRole") },
            { "POST", "/auth/v1/memberships/me/_search", Of("ListMyMemberships", $"{Permissions}/ListAdministrators") },
            { "PUT", "/management/v1/orgs/me", Of("UpdateOrg", "zitadel.org.v2.OrganizationService/UpdateOrganization") },
            { "POST", "/management/v1/projects/members/roles/_search", Nothing },
            { "PATCH", "/management/v1/users/7", Nothing },
            { "GET", "/management/v1/users//email", Nothing },
            { "GET", "/admin/v1/flows/1", Nothing },
            { "GET", "/system/v1", Nothing },
        };

    private const string Permissions = "zitadel.internal_permission.v2.InternalPermissionService";
    private const string Projects = "zitadel.project.v2.ProjectService";

    private GatewayServer Server => _server ?? throw new InvalidOperationException("The server has not started.");

    public async ValueTask InitializeAsync() => _server = await GatewayServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Theory, MemberData(nameof(Apis))]
    public async Task Healthz_answers_everybody(string api)
    {
        var service = $"zitadel.{api}.v1.{char.ToUpperInvariant(api[0])}{api[1..]}Service";
        using var http = new HttpClient { BaseAddress = Server.Address };

        using var rest = await http.GetAsync($"/{api}/v1/healthz", TestContext.Current.CancellationToken);
        using var connect = await PostAsync(http, $"/{service}/Healthz", "application/json", "{}"u8.ToArray());

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (rest.StatusCode, connect.StatusCode));
        Assert.Equal("{}", await rest.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await CallAsync(Server.Channel(), service, "Healthz");
        await CallAsync(Server.Channel(GrpcWebMode.GrpcWeb), service, "Healthz");
    }

    [Theory, MemberData(nameof(Methods))]
    public async Task A_method_that_is_not_offered_names_the_one_that_does_the_job(string method, string text)
    {
        var expected = new Seen(12, $"{text} (SESSION-Unimp)", "zitadel.v1.ErrorDetail", "SESSION-Unimp", text);
        using var http = new HttpClient { BaseAddress = Server.Address };
        foreach (var (type, body) in new[] { ("application/json", "{}"u8.ToArray()), ("application/proto", Array.Empty<byte>()) })
        {
            using var response = await PostAsync(http, $"/{Management}/{method}", type, body);
            Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
            Assert.Equal(expected, Seen.InConnect(await JsonAsync(response)));
        }

        foreach (var channel in new[] { Server.Channel(), Server.Channel(GrpcWebMode.GrpcWeb), Server.Channel(GrpcWebMode.GrpcWebText) })
        {
            var exception = await Assert.ThrowsAsync<RpcException>(() => CallAsync(channel, Management, method));
            Assert.Equal(expected, Seen.InGrpc(exception));
        }
    }

    [Fact]
    public async Task A_service_of_the_beta_names_the_one_that_replaced_it()
    {
        const string Service = "zitadel.session.v2beta.SessionService";
        const string Text = $"{Service} is not offered: call zitadel.session.v2.SessionService";
        using var http = new HttpClient { BaseAddress = Server.Address };

        using var connect = await PostAsync(http, $"/{Service}/ListSessions", "application/json", "{}"u8.ToArray());
        using var nothing = await PostAsync(http, "/zitadel.analytics.v2beta.TelemetryService/X", "application/json", "{}"u8.ToArray());
        var grpc = await Assert.ThrowsAsync<RpcException>(() => CallAsync(Server.Channel(), Service, "ListSessions"));

        var expected = new Seen(12, $"{Text} (SESSION-Unimp)", "zitadel.v1.ErrorDetail", "SESSION-Unimp", Text);
        Assert.Equal(HttpStatusCode.NotImplemented, connect.StatusCode);
        Assert.Equal(expected, Seen.InConnect(await JsonAsync(connect)));
        Assert.Equal(expected, Seen.InGrpc(grpc));
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task A_path_that_is_not_offered_names_the_method_that_does_the_job(string method, string path, string text)
    {
        using var http = new HttpClient { BaseAddress = Server.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
        Assert.Equal(
            new Seen(12, $"{text} (SESSION-Unimp)", "zitadel.v1.ErrorDetail", "SESSION-Unimp", text),
            Seen.InRest(await JsonAsync(response))
        );
    }

    [Theory]
    [InlineData("PATCH", "/management/v1/orgs/me", "GET, HEAD")]
    [InlineData("GET", "/admin/v1/policies/login/idps", "POST")]
    [InlineData("HEAD", "/admin/v1/policies/login/idps", "POST")]
    [InlineData("PATCH", "/admin/v1/idps/templates/1", "DELETE, GET, HEAD")]
    public async Task Of_a_path_that_is_offered_another_verb_is_told_the_right_ones(string method, string path, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await Server.Http().SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("/nothing/v1/users")]
    [InlineData("/management/v3/users")]
    [InlineData("/v2/nothing")]
    public async Task Other_unknown_paths_are_not_found(string path)
    {
        using var response = await Server.Http().GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Another_kind_of_provider_is_refused_after_the_caller_is_known()
    {
        var body = Encoding.UTF8.GetBytes("""{"name":"n","clientId":"c","clientSecret":"s"}""");
        using var anonymous = new HttpClient { BaseAddress = Server.Address };
        using var unknown = await PostAsync(anonymous, "/admin/v1/idps/ldap", "application/json", body);
        using var known = await PostAsync(Server.Http(), "/admin/v1/idps/ldap", "application/json", body);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.NotImplemented), (unknown.StatusCode, known.StatusCode));
        Assert.Equal(Nothing, Seen.InRest(await JsonAsync(known)).Text);
    }

    [Fact]
    public void Every_method_has_one_successor_and_the_successor_is_offered()
    {
        var methods = V1Successors.Methods.SelectMany(row => row.Methods).ToList();
        Assert.Equal(methods.Distinct(), methods);
        var offered = ContractServices.Offered.Select(method => method.Path[1..]).ToHashSet();
        Assert.DoesNotContain(V1Successors.Methods.Select(row => row.Successor), method => !offered.Contains(method));
    }

    [Fact]
    public void Every_method_with_a_successor_has_a_path_and_no_path_hides_another()
    {
        Assert.Equal(V1Paths.All.Select(row => row.Method), V1Paths.All.Select(row => V1Paths.MethodOf(row.Verb, row.Segments)));

        // Of several services of the first API that have one path, the table has the method of one.
        var successors = V1Successors
            .Methods.SelectMany(row => row.Methods.Select(method => (method, row.Successor)))
            .ToDictionary(row => row.method, row => row.Successor);
        var reached = V1Paths.All.Select(row => successors.GetValueOrDefault(row.Method)).OfType<string>();
        Assert.Equal(V1Successors.Methods.Select(row => row.Successor).Distinct().Order(), reached.Distinct().Order());
        Assert.Equal(
            ["ListProjectMemberRoles"],
            V1Paths.All.Select(row => row.Method).Where(method => !successors.ContainsKey(method)).Distinct()
        );
    }

    private static string Of(string method, string successor) => $"{method} of ZITADEL's first API is not offered: call {successor}";

    private static async Task CallAsync(GrpcChannel channel, string service, string method) =>
        await channel
            .CreateCallInvoker()
            .AsyncUnaryCall(
                new Method<HealthzRequest, HealthzResponse>(
                    MethodType.Unary,
                    service,
                    method,
                    Marshallers.Create(request => request.ToByteArray(), HealthzRequest.Parser.ParseFrom),
                    Marshallers.Create(response => response.ToByteArray(), HealthzResponse.Parser.ParseFrom)
                ),
                null,
                new CallOptions(cancellationToken: TestContext.Current.CancellationToken),
                new HealthzRequest()
            );

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, string path, string type, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
}
