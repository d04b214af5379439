using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.Gateway.Tests.OpenApi;

/// <summary>What the description forbids is refused, as the description says.</summary>
public sealed class ForbiddenRequestTests
{
    [Fact]
    public async Task Every_body_that_does_not_follow_its_schema_is_refused_with_the_described_error()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var server = await GatewayServer.StartAsync(configure: builder =>
            builder.Configuration["Sessions:Limits:Enabled"] = "false"
        );
        var http = server.Http();
        var description = new ApiDescription(JsonNode.Parse(await http.GetStringAsync("/openapi/v2.json", cancellation))!);
        var failures = new List<string>();
        var count = 0;
        foreach (var operation in description.Operations)
        {
            foreach (var (fault, body) in description.InvalidBodies(operation))
            {
                count++;
                using var request = new HttpRequestMessage(new HttpMethod(operation.Verb.ToUpperInvariant()), operation.Target)
                {
                    Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
                };
                using var response = await http.SendAsync(request, cancellation);
                var text = await response.Content.ReadAsStringAsync(cancellation);
                if (response.StatusCode != HttpStatusCode.BadRequest)
                {
                    failures.Add($"{operation.Id} {fault}: {(int)response.StatusCode}");
                }
                else if (description.Violation(description.Answer(operation, 400)!, JsonNode.Parse(text)) is { } violation)
                {
                    failures.Add($"{operation.Id} {fault}: {violation}");
                }
            }
        }

        Assert.Empty(failures);
        Assert.True(count > 400, $"Only {count} bodies were tried.");
    }
}
