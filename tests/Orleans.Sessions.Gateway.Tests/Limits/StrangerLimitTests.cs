using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.Protocol.SessionV2;

namespace Orleans.Sessions.Gateway.Tests.Limits;

/// <summary>The limits for strangers on a node, and that they affect no other caller. A proxy on this machine names the sources.</summary>
public sealed class StrangerLimitTests
{
    private const string Path = "/v2/sessions/a";
    private const string Bad = "Bearer nonsense";
    private const string Stranger = "203.0.113.1";
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    [Asvs("6.3.1")]
    public async Task Wrong_tokens_of_a_source_are_refused_on_every_surface_until_time_has_passed()
    {
        await using var server = await StartAsync(("Failures:Burst", "4"), ("Failures:PerMinute", "6"));
        using var http = server.Http();
        for (var failure = 0; failure < 4; failure++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(http, Stranger, Bad)).StatusCode);
        }

        foreach (
            var (type, body) in new[]
            {
                ("application/json", "{}"u8.ToArray()),
                ("application/proto", new GetSessionRequest { SessionId = "a" }.ToByteArray()),
            }
        )
        {
            using var connect = await SendAsync(
                http,
                HttpMethod.Post,
                Surfaces.GetPath,
                Stranger,
                Bad,
                new ByteArrayContent(body) { Headers = { { "Content-Type", type } } }
            );
            Assert.Equal("resource_exhausted", (string?)await MemberAsync(connect, "code"));
            Assert.Equal("10", connect.Headers.RetryAfter?.ToString());
        }

        using var rest = await GetAsync(http, Stranger, Bad);
        Assert.Equal(HttpStatusCode.TooManyRequests, rest.StatusCode);
        Assert.Equal(8, (int?)await MemberAsync(rest, "code"));
        Assert.Equal("10", rest.Headers.RetryAfter?.ToString());
        foreach (var mode in new GrpcWebMode?[] { null, GrpcWebMode.GrpcWeb, GrpcWebMode.GrpcWebText })
        {
            var client = new SessionService.SessionServiceClient(server.Channel(mode));
            var failure = await Assert.ThrowsAsync<RpcException>(async () =>
                await client.GetSessionAsync(
                    new GetSessionRequest { SessionId = "a" },
                    new CallMetadata { { "authorization", Bad }, { "x-forwarded-for", Stranger } }
                )
            );
            Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
            Assert.Equal("10", failure.Trailers.GetValue("retry-after"));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(http, "203.0.113.2", Bad)).StatusCode);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(http, Stranger, Bad)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await GetAsync(http, Stranger, Bad)).StatusCode);
    }

    [Fact]
    public async Task Whoever_has_many_addresses_of_IPv6_is_one_source()
    {
        await using var server = await StartAsync(("Failures:Burst", "3"), ("Failures:PerMinute", "1"));
        using var http = server.Http();
        var statuses = new List<HttpStatusCode>();
        for (var address = 1; address <= 6; address++)
        {
            statuses.Add((await GetAsync(http, $"2001:db8:1:2::{address:x}", Bad)).StatusCode);
        }

        Assert.Equal(3, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(http, "2001:db8:1:3::1", Bad)).StatusCode);
    }

    [Fact]
    public async Task A_token_that_was_good_is_heard_from_a_source_that_fails()
    {
        await using var server = await StartAsync(("Failures:Burst", "2"), ("Failures:PerMinute", "1"));
        using var http = server.Http();
        var (known, other) = (Token("person"), Token("other"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(http, Stranger, Bad)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(http, Stranger, known)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(http, Stranger, Bad)).StatusCode);

        // The cache no longer knows the caller of the token. The gateway only remembers that the token was good.
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(http, Stranger, known)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await GetAsync(http, Stranger, other)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(http, "203.0.113.2", other)).StatusCode);
    }

    [Fact]
    public async Task A_login_frontend_is_refused_by_no_limit_by_its_source_or_token()
    {
        await using var server = await StartAsync(
            ("Failures:Burst", "1"),
            ("Failures:PerMinute", "1"),
            ("Visits:Burst", "1"),
            ("Visits:PerMinute", "1")
        );
        using var http = server.Http();
        for (var round = 0; round < 20; round++)
        {
            // The frontend passes on the tokens of its users, good and bad, and sends its own token.
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(http, null, $"Bearer {GatewayServer.Token}")).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(http, null, Bad)).StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(http, HttpMethod.Get, "/idps/callback", null, null)).StatusCode);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task A_browser_whose_address_a_login_frontend_passes_on_is_not_exempt_by_that()
    {
        await using var server = await StartAsync(("Failures:Burst", "1"), ("Failures:PerMinute", "1"));
        using var http = server.Http();
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(http, Stranger, $"Bearer {GatewayServer.Token}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(http, Stranger, Bad)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await GetAsync(http, Stranger, Bad)).StatusCode);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(http, Stranger, $"Bearer {GatewayServer.Token}")).StatusCode);
    }

    [Theory]
    [InlineData("GET", "/oauth/v2/authorize?client_id=a", "temporarily_unavailable")]
    [InlineData("GET", "/oidc/v1/end_session", "temporarily_unavailable")]
    [InlineData("GET", "/oauth/v2/device", "temporarily_unavailable")]
    [InlineData("GET", "/idps/callback", "SESSION-Limit")]
    [InlineData("GET", "/idps/start/ticket", "SESSION-Limit")]
    [InlineData("GET", "/saml/v2/SSO", "Please try again later")]
    [InlineData("POST", "/saml/v2/SLO", "Please try again later")]
    public async Task Visits_of_a_source_are_refused_in_the_words_of_the_protocol(string method, string path, string words)
    {
        await using var server = await StartAsync(("Visits:Burst", "2"), ("Visits:PerMinute", "2"));
        using var http = server.Http();
        for (var visit = 0; visit < 2; visit++)
        {
            Assert.NotEqual(
                HttpStatusCode.TooManyRequests,
                (await SendAsync(http, new HttpMethod(method), path, Stranger, null)).StatusCode
            );
        }

        using var refused = await SendAsync(http, new HttpMethod(method), path, Stranger, null);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("30", refused.Headers.RetryAfter?.ToString());
        Assert.Contains(words, await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.NotEqual(
            HttpStatusCode.TooManyRequests,
            (await SendAsync(http, new HttpMethod(method), path, "203.0.113.2", null)).StatusCode
        );
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task Of_messages_between_servers_only_the_refused_ones_count(string? envelope)
    {
        await using var server = await StartAsync(
            ("Visits:Burst", "1"),
            ("Visits:PerMinute", "1"),
            ("Failures:Burst", "3"),
            ("Failures:PerMinute", "2")
        );
        using var http = server.Http();
        async Task<HttpResponseMessage> PostAsync(string path) =>
            await SendAsync(
                http,
                HttpMethod.Post,
                path,
                Stranger,
                authorization: null,
                new StringContent(envelope ?? new string(' ', 300 * 1024), Encoding.UTF8, "text/xml")
            );

        var expected = envelope is null ? HttpStatusCode.RequestEntityTooLarge : HttpStatusCode.BadRequest;
        foreach (var path in new[] { "/saml/v2/artifact", "/saml/v2/attribute", "/saml/v2/artifact" })
        {
            Assert.Equal(expected, (await PostAsync(path)).StatusCode);
        }

        using var refused = await PostAsync("/saml/v2/artifact");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("30", refused.Headers.RetryAfter?.ToString());
        var body = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("<soap:Fault>", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Enabled", "false")]
    [InlineData("ExemptSources:0", "203.0.113.0/24")]
    [InlineData("Visits:PerMinute", "0")]
    public async Task Limits_can_be_switched_off(string key, string value)
    {
        await using var server = await StartAsync(("Visits:Burst", "1"), ("Visits:PerMinute", "1"), (key, value));
        using var http = server.Http();
        for (var visit = 0; visit < 10; visit++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(http, HttpMethod.Get, "/idps/callback", Stranger, null)).StatusCode);
        }
    }

    [Fact]
    public async Task Health_has_no_limit()
    {
        await using var server = await StartAsync(
            ("Visits:Burst", "1"),
            ("Visits:PerMinute", "1"),
            ("Failures:Burst", "1"),
            ("Failures:PerMinute", "1")
        );
        using var http = server.Http();
        for (var visit = 0; visit < 20; visit++)
        {
            Assert.Equal(HttpStatusCode.OK, (await SendAsync(http, HttpMethod.Get, "/debug/healthz", Stranger, Bad)).StatusCode);
        }
    }

    [Theory]
    [InlineData("MaxPartitions", "1")]
    [InlineData("ExemptSources:0", "everybody")]
    [InlineData("Failures:Burst", "0")]
    [InlineData("ChecksOfUser:PerMinute", "-1")]
    public async Task Settings_that_make_no_sense_stop_the_start(string key, string value)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync((key, value)));
        Assert.Contains($"Sessions:Limits:{key.Split(':')[0]}", failure.ToString(), StringComparison.Ordinal);
    }

    private static string Token(string user) => $"Bearer {PersonalAccessToken.Create(user, "2")}";

    private Task<GatewayServer> StartAsync(params (string Key, string Value)[] limits) =>
        GatewayServer.StartAsync(configure: builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(_clock);
            foreach (var (key, value) in limits)
            {
                builder.Configuration[$"Sessions:Limits:{key}"] = value;
            }
        });

    private static Task<HttpResponseMessage> GetAsync(HttpClient http, string? source, string authorization) =>
        SendAsync(http, HttpMethod.Get, Path, source, authorization);

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient http,
        HttpMethod method,
        string path,
        string? source,
        string? authorization,
        HttpContent? content = null
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        http.DefaultRequestHeaders.Authorization = null;
        if (authorization is not null)
        {
            request.Headers.Add("Authorization", authorization);
        }

        if (source is not null)
        {
            request.Headers.Add("X-Forwarded-For", source);
        }

        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<JsonNode?> MemberAsync(HttpResponseMessage response, string name) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))![name];
}
