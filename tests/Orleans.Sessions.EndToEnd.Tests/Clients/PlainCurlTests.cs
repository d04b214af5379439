using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orleans.Sessions.EndToEnd.Clients.Harness;

namespace Orleans.Sessions.EndToEnd.Clients;

/// <summary><c>curl</c> over REST and Connect, with both versions of HTTP.</summary>
public sealed partial class PlainCurlTests(SqliteHost host) : ContractTests(host)
{
    [Theory, InlineData("--http1.1"), InlineData("--http2-prior-knowledge")]
    public Task Runs_the_scenario_over_Rest(string version) => CommandLineScenario.RunAsync(Admin, async (method, request, token) =>
        {
            var (verb, path) = Route(method, request);
            var answer = await CurlAsync(version, verb, path, verb == "GET" ? null : request, token);
            return answer.Status == (method == "CreateSession" ? 201 : 200)
                ? answer.Body
                : throw new RefusedException(
                    new Refusal(
                        (int)answer.Body["code"]!,
                        (string)answer.Body["message"]!,
                        (string?)answer.Body["details"]![0]!["id"],
                        (int?)answer.Body["details"]![0]!["failedAttempts"],
                        answer.RequestId
                    )
                );
        });

    [Theory, InlineData("--http1.1"), InlineData("--http2-prior-knowledge")]
    public Task Runs_the_scenario_over_Connect(string version) => CommandLineScenario.RunAsync(Admin, async (method, request, token) =>
        {
            var answer = await CurlAsync(version, "POST", $"/zitadel.session.v2.SessionService/{method}", request, token);
            return answer.Status == 200 ? answer.Body : throw new RefusedException(ConnectFailure.Read(answer.Body, answer.RequestId));
        });

    private static (string Verb, string Path) Route(string method, JsonObject request) =>
        method switch
        {
            "CreateSession" => ("POST", "/v2/sessions"),
            "ListSessions" => ("POST", "/v2/sessions/search"),
            "SetSession" => ("PATCH", $"/v2/sessions/{request["sessionId"]}"),
            "GetSession" => ("GET", $"/v2/sessions/{request["sessionId"]}"),
            _ => ("DELETE", $"/v2/sessions/{request["sessionId"]}"),
        };

    private async Task<(int Status, string RequestId, JsonNode Body)> CurlAsync(
        string version,
        string verb,
        string path,
        JsonObject? request,
        string token
    )
    {
        await Tool.NeedAsync("curl", "curl");
        List<string> arguments =
        [
            version,
            "-sS",
            "-i",
            "--compressed",
            "-X",
            verb,
            "-H",
            $"Authorization: Bearer {token}",
            new Uri(Admin.Host.Address, path).ToString(),
        ];
        if (request is not null)
        {
            arguments.AddRange(["-H", "Content-Type: application/json", "-d", request.ToJsonString()]);
        }

        var output = (await Tool.RunAsync("curl", arguments)).Expected;
        var end = output.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (
            int.Parse(Status().Match(output).Groups[1].Value, CultureInfo.InvariantCulture),
            RequestId().Match(output[..end]).Groups[1].Value,
            JsonNode.Parse(output[end..])!
        );
    }

    [GeneratedRegex(@"^HTTP/\S+ (\d+)")]
    private static partial Regex Status();

    [GeneratedRegex(@"x-request-id: (\S+)", RegexOptions.IgnoreCase)]
    private static partial Regex RequestId();
}
