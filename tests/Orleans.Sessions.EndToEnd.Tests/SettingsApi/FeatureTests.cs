namespace Orleans.Sessions.EndToEnd.SettingsApi;

/// <summary>The reported features match the behaviour of the service.</summary>
public abstract class FeatureTests(bool onPostgreSql) : OwnHosts
{
    [Fact]
    public async Task They_are_told_with_where_the_login_frontend_is()
    {
        var settings = HostSettings.Shared.With("Sessions__Oidc__LoginUri", "https://login.example.com/ui/v2/login/login");
        var admin = Admin(await StartAsync(onPostgreSql ? settings.OnPostgreSql(await Databases.CreateAsync()) : settings));
        foreach (var level in new[] { "system", "instance?inheritance=true" })
        {
            var features = (await admin.GetAsync($"/v2/features/{level}")).Expect(200);
            Assert.True(features["loginV2.required"]!.GetValue<bool>());
            Assert.Equal("https://login.example.com/ui/v2/login", features.Text("loginV2.baseUri"));
            Assert.True(features["enableBackChannelLogout.enabled"]!.GetValue<bool>());
            Assert.False(features.Has("userSchema.enabled"));
        }

        var human = await admin.NewHumanAsync();
        var (self, stranger) = (admin.As((await admin.OpenAsync(human)).Token), await admin.NewMachineAsync());
        (await self.GetAsync($"/v2/features/user/{human.Id}")).Expect(200);
        (await admin.GetAsync($"/v2/features/organization/{human.OrganizationId}")).Expect(200);
        (await stranger.Api.GetAsync($"/v2/features/user/{human.Id}")).Expect(Failures.NoPermission);
        (await stranger.Api.GetAsync($"/v2/features/organization/{human.OrganizationId}")).Expect(Failures.NoPermission);
        (await stranger.Api.GetAsync("/v2/features/instance")).Expect(Failures.NoPermission);
    }
}

public sealed class FeatureTestsOnSqlite() : FeatureTests(onPostgreSql: false);

public sealed class FeatureTestsOnPostgreSql() : FeatureTests(onPostgreSql: true);
