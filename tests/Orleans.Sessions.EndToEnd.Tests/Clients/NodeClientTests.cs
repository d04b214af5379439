using System.Text.Json;
using Orleans.Sessions.EndToEnd.Clients.Harness;

namespace Orleans.Sessions.EndToEnd.Clients;

/// <summary>Unmodified clients in Node.js: ZITADEL's own with both of its transports, connect-es, and grpc-js.</summary>
public abstract class NodeClientTests(SharedHost host) : ContractTests(host)
{
    [Theory]
    [InlineData("connect-es.mjs", "node")]
    [InlineData("connect-es.mjs", "web")]
    [InlineData("connect-es.mjs", "connect-json")]
    [InlineData("connect-es.mjs", "connect-proto")]
    [InlineData("grpc-js.mjs", "")]
    public async Task Run_the_scenario(string script, string transport)
    {
        var folder = await NodePackages.FolderAsync();
        var human = await Admin.NewHumanAsync(withTotp: true);
        var output = await Tool.RunAsync(
            "node",
            [script, transport],
            folder: folder,
            environment: new Dictionary<string, string>
            {
                ["SESSIONS_URL"] = Admin.Host.Address.ToString().TrimEnd('/'),
                ["SESSIONS_TOKEN"] = Admin.Token!,
                ["LOGIN_NAME"] = human.LoginName,
                ["PASSWORD"] = human.Password,
                // This code is already accepted and stays so for a while, because a busy machine may need time to start Node.js.
                ["TOTP_CODE"] = TotpCode.Next(human.TotpSecret),
            }
        );
        JsonSerializer.Deserialize<ClientResult>(output.Expected, JsonSerializerOptions.Web)!.Check(human);
    }
}

public sealed class NodeClientTestsOnSqlite(SqliteHost host) : NodeClientTests(host);

public sealed class NodeClientTestsOnPostgreSql(PostgreSqlHost host) : NodeClientTests(host);
