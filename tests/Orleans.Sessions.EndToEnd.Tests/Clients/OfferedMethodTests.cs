using Orleans.Sessions.EndToEnd.Clients.Harness;

namespace Orleans.Sessions.EndToEnd.Clients;

/// <summary>
/// Of all methods in ZITADEL's own descriptors, exactly these are not offered. src/Orleans.Sessions.Protocol/README.md lists them.
/// </summary>
public abstract class OfferedMethodTests(SharedHost host) : ContractTests(host)
{
    private static readonly string[] s_missing =
    [
        "zitadel.feature.v2.FeatureService/ResetOrganizationFeatures",
        "zitadel.feature.v2.FeatureService/ResetUserFeatures",
        "zitadel.feature.v2.FeatureService/SetOrganizationFeatures",
        "zitadel.feature.v2.FeatureService/SetUserFeatures",
    ];

    [Fact]
    public async Task Every_method_of_the_contract_answers_or_is_listed_as_missing()
    {
        var output = await Tool.RunAsync("node", ["methods.mjs"], folder: await NodePackages.FolderAsync());
        var methods = output.Expected.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(methods.Length > 90, output.Text);

        // The calls name users that do not exist, so nothing happens. An offered method may refuse the request, but never answers that it
        // is not offered.
        var refused = new List<string>();
        foreach (var method in methods)
        {
            var id = new
            {
                userId = "nobody",
                organizationId = "nowhere",
                sessionId = "none",
            };
            var (connect, empty) = (await Admin.PostAsync($"/{method}", id), await Admin.PostAsync($"/{method}"));
            if (connect["code"]?.GetValue<string>() == "unimplemented" || empty["code"]?.GetValue<string>() == "unimplemented")
            {
                refused.Add(method);
            }
        }

        Assert.Equal(s_missing, refused.Order(StringComparer.Ordinal));
    }
}

public sealed class OfferedMethodTestsOnSqlite(SqliteHost host) : OfferedMethodTests(host);

public sealed class OfferedMethodTestsOnPostgreSql(PostgreSqlHost host) : OfferedMethodTests(host);
