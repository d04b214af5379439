using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Clients.Harness;

namespace Orleans.Sessions.EndToEnd.Clients;

/// <summary>The five calls of the root README, pasted into a shell as they stand there.</summary>
public sealed class ReadmeTourTests(SqliteHost host) : ContractTests(host)
{
    private const string Address = "http://localhost:8080";

    [Fact]
    public async Task The_five_calls_work()
    {
        await Tool.NeedAsync("curl", "curl");
        await Tool.NeedAsync("jq", "jq");
        await Tool.NeedAsync("oathtool", "oathtool");
        var folder = Directory.CreateTempSubdirectory("tour-");
        try
        {
            folder.CreateSubdirectory("data");
            await File.WriteAllTextAsync($"{folder.FullName}/data/admin.pat", Admin.Token, TestContext.Current.CancellationToken);

            var output = (await Tool.RunAsync("bash", ["-euo", "pipefail", "-c", Calls()], folder: folder.FullName)).Expected;

            var end = output.IndexOf("\n}\n", StringComparison.Ordinal) + 2;
            var (factors, deleted) = (JsonNode.Parse(output[..end])!, JsonNode.Parse(output[end..])!);
            Assert.Equal("minnie", (string?)factors["user"]!["loginName"]);
            Assert.NotNull(factors["password"]);
            Assert.NotNull(factors["totp"]);
            Assert.NotNull(deleted["details"]!["sequence"]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private string Calls()
    {
        var readme = Checkout.Read("README.md");
        var begin = readme.IndexOf("api() {", StringComparison.Ordinal);
        var calls = readme[begin..readme.IndexOf("```", begin, StringComparison.Ordinal)];
        Assert.Equal(5, calls.Split('\n').Count(line => line.StartsWith('#')));
        Assert.Contains(Address, calls, StringComparison.Ordinal);
        return calls.Replace(Address, Admin.Host.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
    }
}
