using System.Text.Json;
using Orleans.Sessions.EndToEnd.Clients.Harness;
using Orleans.Sessions.EndToEnd.Saml.Harness;

namespace Orleans.Sessions.EndToEnd.Clients;

/// <summary><c>samlify</c> as a service provider, with signed requests and without.</summary>
public abstract class SamlifyTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_person_signs_in_and_out()
    {
        using var key = new SpKey();
        var human = await Admin.NewHumanAsync();
        var sessions = new List<object[]>();
        foreach (var signs in new[] { true, false })
        {
            var session = await Admin.OpenAsync(human);
            sessions.Add([signs, new { sessionId = session.Id, sessionToken = session.Token }]);
        }

        var output = await Tool.RunAsync(
            "node",
            ["samlify.mjs"],
            folder: await NodePackages.FolderAsync(),
            environment: new Dictionary<string, string>
            {
                ["ORIGIN"] = Admin.Host.Address.GetLeftPart(UriPartial.Authority),
                ["ADMIN_TOKEN"] = Admin.Token!,
                ["SP"] = $"https://{Unique("sp")}.example.com",
                ["KEY"] = key.KeyPem,
                ["CERTIFICATE"] = key.CertificatePem,
                ["SESSIONS"] = JsonSerializer.Serialize(sessions),
                ["USER_ID"] = human.Id,
                ["EMAIL"] = human.Email,
            }
        );

        Assert.EndsWith("signed in and out", output.Expected.TrimEnd(), StringComparison.Ordinal);
    }
}

public sealed class SamlifyTestsOnSqlite(SqliteHost host) : SamlifyTests(host);

public sealed class SamlifyTestsOnPostgreSql(PostgreSqlHost host) : SamlifyTests(host);
