using System.Net;
using System.Net.Http.Json;

namespace Orleans.Sessions.Gateway.Tests.Limits;

/// <summary>A session that is changed faster than it can be.</summary>
public sealed class HotSessionTests
{
    private const int MaxOfSession = 256;

    [Fact]
    public async Task Who_changes_a_session_faster_than_it_can_be_changed_is_told_so_and_nobody_else()
    {
        var hot = new Gate();
        await using var server = await GatewayServer.StartAsync(id => id == "hot" ? hot.PassAsync(id) : Task.CompletedTask);
        using var http = server.Http();

        var changes = Enumerable.Range(0, MaxOfSession + 4).Select(_ => ChangeAsync(http, "hot")).ToList();
        List<HttpResponseMessage> refused = [];
        for (var i = 0; i < 4; i++)
        {
            var answered = await Task.WhenAny(changes).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            changes.Remove(answered);
            refused.Add(await answered);
        }

        foreach (var response in refused)
        {
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(
                (HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(1)),
                (response.StatusCode, response.Headers.RetryAfter?.Delta)
            );
            Assert.Contains("SESSION-Busy2", body, StringComparison.Ordinal);
            response.Dispose();
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(ChangeAsync(http, "other")));
        Assert.DoesNotContain(changes, change => change.IsCompleted);
        hot.Open();
        Assert.All(await Task.WhenAll(changes.Select(StatusAsync)), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(ChangeAsync(http, "hot")));
    }

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient http, string session) =>
        http.PatchAsJsonAsync($"/v2/sessions/{session}", new { metadata = new { a = "AQ==" } }, TestContext.Current.CancellationToken);

    private static async Task<HttpStatusCode> StatusAsync(Task<HttpResponseMessage> change)
    {
        using var response = await change;
        return response.StatusCode;
    }
}
