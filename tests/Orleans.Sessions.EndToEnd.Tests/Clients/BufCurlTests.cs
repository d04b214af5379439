using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orleans.Sessions.EndToEnd.Clients.Harness;

namespace Orleans.Sessions.EndToEnd.Clients;

/// <summary><c>buf curl</c>, which knows about the service only what server reflection tells it.</summary>
public sealed partial class BufCurlTests(SqliteHost host) : ContractTests(host)
{
    [Theory, InlineData("grpc"), InlineData("grpcweb"), InlineData("connect")]
    public async Task Runs_the_scenario(string protocol)
    {
        var buf = System.IO.Path.Combine(await NodePackages.FolderAsync(), "node_modules", ".bin", "buf");
        await CommandLineScenario.RunAsync(Admin, async (method, request, token) =>
        {
            var output = await Tool.RunAsync(
                buf,
                [
                    "curl",
                    "--verbose",
                    "--protocol",
                    protocol,
                    "--header",
                    $"Authorization: Bearer {token}",
                    "--data",
                    request.ToJsonString(),
                    new Uri(Admin.Host.Address, $"/zitadel.session.v2.SessionService/{method}").ToString(),
                ]
            );
            if (output.ExitCode == 0)
            {
                return JsonNode.Parse(output.Text)!;
            }

            // The output has several lines about the call. The error is the only JSON among them.
            var error = Error().Match(output.Errors);
            Assert.True(error.Success, output.Errors);
            throw new RefusedException(
                ConnectFailure.Read(JsonNode.Parse(error.Value)!, RequestId().Matches(output.Errors)[^1].Groups[1].Value)
            );
        });
    }

    [GeneratedRegex(@"^\{$.*?^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Error();

    [GeneratedRegex(@"X-Request-Id: (\S+)", RegexOptions.IgnoreCase)]
    private static partial Regex RequestId();
}
