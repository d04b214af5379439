using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>Limits on what strangers can make the service store, without cost to other callers.</summary>
public sealed class Limits : OwnHosts
{
    private const string Prefix = "Sessions__Limits__";

    [Fact]
    public async Task Strangers_have_just_so_much_stored_and_the_application_hears_of_it()
    {
        var admin = Admin(await StartAsync(HostSettings.Shared.With($"{Prefix}BytesOfSource__Burst", "12000").With($"{Prefix}BytesOfSource__PerMinute", "1")));
        var client = await RelyingParty.RegisterPublicAsync(admin, ("grantTypes", new[] { RelyingParty.AuthorizationCode, RelyingParty.DeviceCode }));
        var stranger = admin.As(null).With("X-Forwarded-For", "203.0.113.1");
        var authorize = $"/oauth/v2/authorize?client_id={client.Id}&redirect_uri={Uri.EscapeDataString(RelyingParty.RedirectUri)}&response_type=code&scope=openid"
            + $"&code_challenge={new string('a', 43)}&code_challenge_method=S256&state={new string('s', 3000)}";

        var stored = 0;
        Reply reply;
        while ((reply = (await stranger.GetAsync(authorize)).Expect(302)).Header("location")!.Contains("authRequest=", StringComparison.Ordinal))
        {
            stored++;
            Assert.True(stored < 10);
        }

        Assert.Equal(2, stored);
        var answer = RelyingParty.QueryOf(new Uri(reply.Header("location")!));
        Assert.Equal(("temporarily_unavailable", 3000), (answer["error"], answer["state"].Length));
        await TakeDevicesAsync(stranger, client, until: 429);

        // Another source, and every known caller, is still served.
        var other = admin.As(null).With("X-Forwarded-For", "203.0.113.2");
        Assert.Contains("authRequest=", (await other.GetAsync(authorize)).Expect(302).Header("location"), StringComparison.Ordinal);
        await client.CodeAsync(await admin.OpenAsync(await admin.NewHumanAsync()), ("code_challenge", new string('a', 43)), ("code_challenge_method", "S256"));
    }

    [Fact]
    public async Task Six_hundred_people_log_in_at_once_by_one_login_frontend_and_no_limit_refuses_any()
    {
        const int People = 600;
        var admin = Admin(await StartAsync(HostSettings.Shared));
        var people = new Human[People];
        await Parallel.ForAsync(0, People, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (person, _) => people[person] = await admin.NewHumanAsync());

        await Task.WhenAll(people.Select(async (person, number) =>
        {
            var userAgent = new { ip = $"203.0.{number / 250}.{number % 250}" };
            await ServedAsync(200, () => admin.PostAsync("/v2/users", new { queries = new[] { new { loginNameQuery = new { loginName = person.LoginName } } } }));
            var session = await ServedAsync(201, () => admin.CreateSessionAsync(new { checks = person.OnlyUser, userAgent }));
            await ServedAsync(200, () => admin.PatchAsync($"/v2/sessions/{session.Text("sessionId")}", new { checks = person.OnlyPassword }));
        }));
    }

    /// <summary>
    /// Repeats a call while the machine is too slow for so many calls at once. The service reports that as an overload, and it does not
    /// count as a limit.
    /// </summary>
    private static Task<Reply> ServedAsync(int status, Func<Task<Reply>> call) => Eventually.StatusAsync(
        status,
        async () =>
        {
            var reply = await call();
            Assert.DoesNotContain("SESSION-Limit", reply.Body, StringComparison.Ordinal);
            return reply;
        },
        TimeSpan.FromMinutes(2));

    private static async Task TakeDevicesAsync(Api stranger, RelyingParty client, int until)
    {
        for (var device = 0; device < 20; device++)
        {
            using var form = new FormUrlEncodedContent([new("client_id", client.Id), new("scope", "openid")]);
            var reply = await stranger.SendAsync(HttpMethod.Post, "/oauth/v2/device_authorization", form);
            if (reply.Status == until)
            {
                Assert.Equal("temporarily_unavailable", reply.Text("error"));
                Assert.Matches("^[1-9][0-9]*$", reply.Header("retry-after") ?? "");
                return;
            }

            reply.Expect(200);
        }

        Assert.Fail("There was no end of device logins.");
    }
}
