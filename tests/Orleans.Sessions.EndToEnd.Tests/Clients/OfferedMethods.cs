namespace Orleans.Sessions.EndToEnd.Clients;

/// <summary>Of all methods that ZITADEL's own descriptors have, exactly these are not offered; src/Orleans.Sessions.Protocol/README.md names them.</summary>
public sealed class OfferedMethods(SqliteHost host) : ContractTests(host)
{
    private static readonly string[] s_missing =
    [
        "zitadel.feature.v2.FeatureService/ResetInstanceFeatures",
        "zitadel.feature.v2.FeatureService/ResetOrganizationFeatures",
        "zitadel.feature.v2.FeatureService/ResetSystemFeatures",
        "zitadel.feature.v2.FeatureService/ResetUserFeatures",
        "zitadel.feature.v2.FeatureService/SetInstanceFeatures",
        "zitadel.feature.v2.FeatureService/SetOrganizationFeatures",
        "zitadel.feature.v2.FeatureService/SetSystemFeatures",
        "zitadel.feature.v2.FeatureService/SetUserFeatures",
        "zitadel.settings.v2.SettingsService/SetHostedLoginTranslation",
        "zitadel.settings.v2.SettingsService/SetSecuritySettings",
    ];

    [Fact]
    public async Task Every_method_of_the_contract_answers_or_is_listed_as_missing()
    {
        var output = await Tool.RunAsync("node", ["methods.mjs"], folder: await NodePackages.FolderAsync());
        var methods = output.Expected.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(methods.Length > 90, output.Text);

        // Of users that do not exist, so that nothing happens; whatever is wrong with a request, a method that is there does not answer that it is not.
        var refused = new List<string>();
        foreach (var method in methods)
        {
            var id = new { userId = "nobody", organizationId = "nowhere", sessionId = "none" };
            var (connect, empty) = (await Admin.PostAsync($"/{method}", id), await Admin.PostAsync($"/{method}"));
            if (connect["code"]?.GetValue<string>() == "unimplemented" || empty["code"]?.GetValue<string>() == "unimplemented")
            {
                refused.Add(method);
            }
        }

        Assert.Equal(s_missing, refused.Order(StringComparer.Ordinal));
    }
}
