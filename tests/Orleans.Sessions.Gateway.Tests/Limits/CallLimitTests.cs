using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Orleans.Sessions.Gateway.Tests.Limits;

/// <summary>That the calls which have limits ask for them. What a call comes to otherwise is other tests' concern.</summary>
public sealed class CallLimitTests
{
    private const string Intent = """{"idpId":"idp","urls":{"successUrl":"https://app.example/","failureUrl":"https://app.example/"}}""";

    [Theory]
    [InlineData("ChangesOfCaller", false, "DELETE", "/v2/sessions/a", "{}")]
    [InlineData("ChecksOfAddress", false, "PATCH", "/v2/sessions/a", """{"checks":{"password":{"password":"x"}}}""")]
    [InlineData("ChecksOfUser", true, "POST", "/v2/sessions", """{"checks":{"user":{"userId":"u"},"password":{"password":"x"}}}""")]
    [InlineData(
        "SessionsOfAddress",
        true,
        "POST",
        "/v2/sessions",
        """{"checks":{"user":{"userId":"u"}},"userAgent":{"ip":"203.0.113.1"}}"""
    )]
    [InlineData("IntentsOfCaller", true, "POST", "/v2/idp_intents", Intent)]
    public async Task A_call_that_comes_too_often_is_refused_and_others_are_not(
        string limit,
        bool byLoginFrontend,
        string method,
        string path,
        string json
    )
    {
        await using var server = await GatewayServer.StartAsync(configure: builder =>
        {
            builder.Configuration[$"Sessions:Limits:{limit}:Burst"] = "2";
            builder.Configuration[$"Sessions:Limits:{limit}:PerMinute"] = "1";
        });
        var http = server.Http(token: byLoginFrontend ? GatewayServer.Token : PersonalAccessToken.Create("person", "2"));
        for (var time = 0; time < 2; time++)
        {
            Assert.NotEqual(HttpStatusCode.TooManyRequests, await SendAsync(http, method, path, json));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await SendAsync(http, method, path, json));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(http, "GET", "/v2/sessions/a", null));
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient http, string method, string path, string? json)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (json is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            };
        }

        // With a key of the caller's own the id needs no grain.
        request.Headers.Add("Idempotency-Key", $"{Guid.NewGuid():N}");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
