namespace Orleans.Sessions.EndToEnd.Protocol;

/// <summary>A service that does not publish a description of its API.</summary>
public sealed class UndescribedApiTests : OwnHosts
{
    [Fact]
    public async Task The_description_of_the_api_can_be_switched_off()
    {
        var host = await StartAsync(HostSettings.Shared.With("Sessions__ApiDescription__Enabled", "false"));
        var stranger = new Api(host, null);

        foreach (var path in new[] { "/docs", "/docs/scalar.js", "/openapi/v2.json" })
        {
            (await stranger.GetAsync(path)).Expect(404);
        }

        foreach (var version in new[] { "v1", "v1alpha" })
        {
            (await stranger.PostAsync($"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo")).Expect(404);
        }

        (await stranger.GetAsync("/debug/ready")).Expect(200);
        await Admin(host).NewHumanAsync();
    }
}
