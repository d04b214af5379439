using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using Grpc.Net.Client;
using Grpc.Net.Client.Web;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.FilterV2;
using Orleans.Sessions.Protocol.ObjectV2;
using Orleans.Sessions.Protocol.SessionV2;
using Orleans.Sessions.Protocol.SettingsV2;
using Orleans.Sessions.Protocol.UserV2;

namespace Orleans.Sessions.Gateway.Tests.Calls;

/// <summary>A client that prefers an exact total gets one, and every list says whether its total is exact.</summary>
public sealed class CountPreferenceTests
{
    private const string Prefer = "Prefer";
    private const string Applied = "Preference-Applied";
    private const string Exact = "count=exact";
    private const string ListSessions = "/zitadel.session.v2.SessionService/ListSessions";

    [Theory]
    [InlineData("count=exact", true)]
    [InlineData("COUNT=\"exact\"", true)]
    [InlineData(" count = exact ; more", true)]
    [InlineData("respond-async, wait=10, count=exact", true)]
    [InlineData("return=minimal|count=exact", true)]
    [InlineData("count=exact, count=estimated", true)]
    [InlineData("count=estimated, count=exact", false)]
    [InlineData("count", false)]
    [InlineData("counts=exact", false)]
    [InlineData("note; count=exact", false)]
    [InlineData("note=\"a, count=exact\"", false)]
    [InlineData("note=\"\\\", count=exact", false)]
    [InlineData("", false)]
    public void The_header_is_read_as_its_rfc_says(string headers, bool isExact)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers[Prefer] = headers.Split('|');
        Assert.Equal(isExact, CountPreference.IsExact(http.Request));
    }

    [Fact]
    public async Task Every_protocol_follows_the_preference_and_says_so()
    {
        await using var server = await GatewayServer.StartAsync();
        var answers = await SearchEverywhereAsync(server, GatewayServer.Token, Exact);
        Assert.All(answers, answer => Assert.Equal((StandInGrains.ExactTotal, true, Exact), Seen(answer)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("count=estimated")]
    public async Task Without_the_preference_every_protocol_says_that_a_large_total_is_estimated(string? prefer)
    {
        await using var server = await GatewayServer.StartAsync();
        var answers = await SearchEverywhereAsync(server, GatewayServer.Token, prefer);
        Assert.All(answers, answer => Assert.Equal((StandInGrains.EstimatedTotal, false, null), Seen(answer)));
    }

    [Fact]
    public async Task A_preference_that_is_not_followed_is_not_confirmed()
    {
        await using var server = await GatewayServer.StartAsync();
        var answers = await SearchEverywhereAsync(server, PersonalAccessToken.Create("2", "2"), Exact);
        Assert.All(answers, answer => Assert.Equal((StandInGrains.EstimatedTotal, false, null), Seen(answer)));
    }

    [Fact]
    public async Task A_search_for_users_follows_it_too()
    {
        await using var server = await GatewayServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/users") { Content = Json("{}"), Headers = { { Prefer, Exact } } };
        using var response = await server.Http().SendAsync(request, TestContext.Current.CancellationToken);

        var answer = ListUsersResponse.Parser.ParseJson(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((StandInGrains.ExactTotal, true, Exact), Seen(new("REST", answer.Details, AppliedIn(response))));
    }

    [Fact]
    public void The_total_of_a_list_that_is_counted_in_memory_is_exact()
    {
        var http = new DefaultHttpContext();
        http.Request.Headers[Prefer] = Exact;
        var providers = new GetActiveIdentityProvidersResponse { Details = new ListDetails { TotalResult = 2 } };
        ListTotal.Of(GetActiveIdentityProvidersResponse.Descriptor)!.Complete(providers, http);
        Assert.True(providers.Details.TotalIsExact);
        Assert.Equal(Exact, http.Response.Headers[Applied]);

        var keys = new ListKeysResponse { Pagination = new PaginationResponse { TotalResult = 2 } };
        ListTotal.Of(ListKeysResponse.Descriptor)!.Complete(keys, new DefaultHttpContext());
        Assert.True(keys.Pagination.TotalIsExact);

        Assert.Null(ListTotal.Of(GetSessionResponse.Descriptor));
    }

    private sealed record Answer(string Protocol, ListDetails Details, string? Applied);

    private static (int Total, bool IsExact, string? Applied) Seen(Answer answer)
    {
        Assert.True(answer.Details.HasTotalIsExact, answer.Protocol);
        return ((int)answer.Details.TotalResult, answer.Details.TotalIsExact, answer.Applied);
    }

    private static async Task<IReadOnlyList<Answer>> SearchEverywhereAsync(GatewayServer server, string token, string? prefer)
    {
        var http = server.Http(token: token);
        return
        [
            await HttpAsync(http, "REST", "/v2/sessions/search", Json("{}"), prefer),
            await HttpAsync(http, "Connect, JSON", ListSessions, Json("{}"), prefer),
            await HttpAsync(http, "Connect, protobuf", ListSessions, Proto(new ListSessionsRequest()), prefer),
            await GrpcAsync(server.Channel(), "gRPC", token, prefer),
            await GrpcAsync(server.Channel(GrpcWebMode.GrpcWeb), "gRPC-Web", token, prefer),
        ];
    }

    private static async Task<Answer> HttpAsync(HttpClient http, string protocol, string path, HttpContent content, string? prefer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (prefer is not null)
        {
            request.Headers.Add(Prefer, prefer);
        }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, protocol);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var answer =
            response.Content.Headers.ContentType?.MediaType == "application/json"
                ? ListSessionsResponse.Parser.ParseJson(Encoding.UTF8.GetString(body))
                : ListSessionsResponse.Parser.ParseFrom(body);
        return new Answer(protocol, answer.Details, AppliedIn(response));
    }

    private static async Task<Answer> GrpcAsync(GrpcChannel channel, string protocol, string token, string? prefer)
    {
        var headers = new CallMetadata { { "authorization", $"Bearer {token}" } };
        if (prefer is not null)
        {
            headers.Add("prefer", prefer);
        }

        using var call = new SessionService.SessionServiceClient(channel).ListSessionsAsync(new(), headers);
        var answer = await call;
        return new Answer(protocol, answer.Details, (await call.ResponseHeadersAsync).GetValue("preference-applied"));
    }

    private static string? AppliedIn(HttpResponseMessage response) =>
        response.Headers.TryGetValues(Applied, out var values) ? values.Single() : null;

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static ByteArrayContent Proto(IMessage message) =>
        new(message.ToByteArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/proto") } };
}
