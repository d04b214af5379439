using Orleans.Sessions.EndToEnd.Clients.Harness;

namespace Orleans.Sessions.EndToEnd.Clients;

/// <summary>
/// ZITADEL's packages of npm, unmodified, in every area of the API that they have, and what its packages for other languages send, byte for
/// byte. Each script asserts every step. The host is of these tests alone, because scripts change settings of the instance.
/// </summary>
public abstract class ZitadelPackageTests(Installation installation)
{
    [Theory]
    [InlineData("sessions")]
    [InlineData("users")]
    [InlineData("providers")]
    [InlineData("settings")]
    [InlineData("web-keys")]
    [InlineData("errors")]
    public Task The_client_package_works_in(string area) => RunAsync(area);

    [Theory]
    [InlineData("accounts")]
    [InlineData("organizations")]
    [InlineData("projects")]
    [InlineData("applications")]
    [InlineData("authorizations")]
    public Task The_node_package_works_in(string area) => RunAsync(area);

    [Theory]
    [InlineData("python")]
    [InlineData("java")]
    [InlineData("go")]
    [InlineData("terraform")]
    public Task The_service_answers_what_is_sent_by(string package) => RunAsync(package);

    [Fact]
    public Task Every_request_is_read_however_a_generator_writes_it() => RunAsync("generated");

    private async Task RunAsync(string script)
    {
        var admin = await installation.AdminAsync();
        var output = await Tool.RunAsync(
            "node",
            [$"zitadel/{script}.mjs"],
            folder: await NodePackages.FolderAsync(),
            environment: new Dictionary<string, string>
            {
                ["SESSIONS_URL"] = admin.Host.Address.GetLeftPart(UriPartial.Authority),
                ["SESSIONS_TOKEN"] = admin.Token!,
            }
        );
        Assert.Equal("done", output.Expected.Trim());
    }
}

public sealed class ZitadelPackageTestsOnSqlite(SqliteInstallation installation)
    : ZitadelPackageTests(installation),
        IClassFixture<SqliteInstallation>;

public sealed class ZitadelPackageTestsOnPostgreSql(PostgreSqlInstallation installation)
    : ZitadelPackageTests(installation),
        IClassFixture<PostgreSqlInstallation>;
