using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Clients.Harness;

namespace Orleans.Sessions.EndToEnd.LoginPage;

/// <summary>The ten calls of LOGIN-PAGE.md, and those of a person's own sessions, pasted into a shell as they stand there.</summary>
public abstract class GuideTests(SharedHost host) : ContractTests(host)
{
    private const string Address = "http://localhost:8080";

    [Fact]
    public async Task The_calls_work()
    {
        await Tool.NeedAsync("curl", "curl");
        await Tool.NeedAsync("jq", "jq");
        await Tool.NeedAsync("oathtool", "oathtool");
        var folder = Directory.CreateTempSubdirectory("guide-");
        try
        {
            folder.CreateSubdirectory("data");
            await File.WriteAllTextAsync($"{folder.FullName}/data/admin.pat", Admin.Token, TestContext.Current.CancellationToken);

            var output = (await Tool.RunAsync("bash", ["-euo", "pipefail", "-c", Calls()], folder: folder.FullName)).Expected;

            var answers = Answers(output);
            Assert.Equal(11, answers.Count);
            Assert.All(answers, answer => Assert.Null((answer as JsonObject)?["code"]));
            var request = answers[0];
            Assert.Equal(("Shop window", "aal2"), ((string?)request["appName"], (string?)request["requiredAcr"]));
            Assert.Equal("http://localhost:5000/logo.png", (string?)request["appLogoUri"]);
            Assert.NotNull(request["expirationDate"]);
            Assert.Equal("OIDC-Acr01", (string?)answers[1]["refusalId"]);
            Assert.Equal(["PASSWORD", "TOTP"], Methods(answers[1]["next"]!));
            Assert.Equal(("aal1", "OIDC-Acr04"), ((string?)answers[2]["acr"], (string?)answers[2]["refusalId"]));
            Assert.Equal(["TOTP"], Methods(answers[2]["ways"]![0]!["methods"]!));
            Assert.True((bool)answers[3]["sufficient"]!);
            Assert.StartsWith("http://localhost:5000/signin?code=", (string?)answers[4], StringComparison.Ordinal);
            var chooser = answers[5]["sessions"]!.AsArray();
            Assert.Equal("Firefox, Linux", (string?)chooser[0]!["session"]!["deviceName"]);
            Assert.Equal(("1", "QUERY-SFeaa"), ((string?)chooser[1]!["sessionId"], (string?)chooser[1]!["errorId"]));
            var own = Assert.Single(answers[7]["sessions"]!.AsArray())!;
            Assert.Equal("Daisys notebook", (string?)own["deviceName"]);
            Assert.Equal("daisy", (string?)own["factors"]!["user"]!["loginName"]);
            Assert.NotNull(answers[10]["details"]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Methods(JsonNode list) =>
        list.AsArray().Select(method => ((string?)method)!.Replace("AUTHENTICATION_METHOD_TYPE_", "", StringComparison.Ordinal));

    /// <summary>The values that <c>jq</c> printed, one after the other.</summary>
    private static List<JsonNode> Answers(string output)
    {
        var answers = new List<JsonNode>();
        var text = "";
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            text += line;
            if (line is "}" or "{}" || line.StartsWith('"'))
            {
                answers.Add(JsonNode.Parse(text)!);
                text = "";
            }
        }

        return answers;
    }

    /// <summary>The first block, and in it before the logout the second one.</summary>
    private string Calls()
    {
        var guide = Checkout.Read("src/Orleans.Sessions.Gateway/LOGIN-PAGE.md");
        var calls = Block(guide, "## Ten calls");
        for (var call = 1; call <= 10; call++)
        {
            Assert.Contains($"\n# {call}. ", calls, StringComparison.Ordinal);
        }

        return calls
            .Replace("\n# 10. ", $"\n{Block(guide, "## My sessions")}\n# 10. ", StringComparison.Ordinal)
            .Replace(Address, Admin.Host.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
    }

    /// <summary>The first block of shell commands under a heading.</summary>
    private static string Block(string guide, string heading)
    {
        const string Fence = "```sh\n";
        var begin = guide.IndexOf(Fence, guide.IndexOf(heading, StringComparison.Ordinal), StringComparison.Ordinal) + Fence.Length;
        return guide[begin..guide.IndexOf("```", begin, StringComparison.Ordinal)];
    }
}

public sealed class GuideTestsOnSqlite(SqliteHost host) : GuideTests(host);

public sealed class GuideTestsOnPostgreSql(PostgreSqlHost host) : GuideTests(host);
