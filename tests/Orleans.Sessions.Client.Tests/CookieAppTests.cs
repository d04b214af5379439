using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.Client.Tests;

/// <summary>The sample application, in a real process, stores its tickets in the cluster.</summary>
public sealed class CookieAppTests(TwoSilos cluster, SampleApp app) : IClassFixture<SampleApp>
{
    [Fact]
    [Asvs("7.4.1")]
    public async Task A_sign_in_that_is_ended_by_another_process_is_over_at_the_next_request()
    {
        var user = await cluster.NewHumanAsync();
        using var browser = await SignInAsync(user);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser));
        var ticket = Assert.Single(await SignedInAsync(browser));

        await cluster.Sessions.TerminateAsync(ticket);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(browser));
    }

    [Fact]
    [Asvs("7.5.2")]
    public async Task A_person_sees_and_ends_the_other_sign_ins_but_nobody_elses()
    {
        var user = await cluster.NewHumanAsync();
        using var there = await SignInAsync(user);
        var elsewhere = Assert.Single(await SignedInAsync(there));
        using var here = await SignInAsync(user);
        using var stranger = await SignInAsync(await cluster.NewHumanAsync());
        Assert.Equal(2, (await SignedInAsync(here)).Count);

        using var refused = await stranger.PostAsync($"/signed-in/{elsewhere}/end", null);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(there));
        using var done = await here.PostAsync($"/signed-in/{elsewhere}/end", null);
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(there));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(here));
    }

    [Fact]
    public async Task Locking_the_person_signs_out_everywhere_and_a_locked_person_cannot_sign_in()
    {
        var user = await cluster.NewHumanAsync();
        using var browser = await SignInAsync(user);

        await cluster.Grains.GetGrain<IUserGrain>(GrainKeys.User(user)).LockAsync(Caller.InCluster);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(browser));
        var (again, reply) = await app.LogInAsync($"{user}@example.com", TwoSilos.Password);
        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        again.Dispose();
    }

    [Fact]
    public async Task Who_signs_in_over_somebody_elses_cookie_gets_a_session_of_their_own()
    {
        var (first, second) = (await cluster.NewHumanAsync(), await cluster.NewHumanAsync());
        using var browser = await SignInAsync(first);
        var old = Assert.Single(await SignedInAsync(browser));

        await SignInOverAsync(browser, second);

        var own = Assert.Single(await SignedInAsync(browser));
        Assert.NotEqual(old, own);
        Assert.Equal(second, (await cluster.Sessions.GetAsync(own))!.Factors!.User.Id);
        Assert.Null(await cluster.Sessions.GetAsync(old));
        Assert.Empty(await SessionsOfAsync(first));

        await cluster.Grains.GetGrain<IUserGrain>(GrainKeys.User(first)).LockAsync(Caller.InCluster);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser));
        await cluster.Grains.GetGrain<IUserGrain>(GrainKeys.User(second)).LockAsync(Caller.InCluster);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(browser));
    }

    [Fact]
    public async Task The_same_person_who_signs_in_again_has_one_session_and_a_new_one()
    {
        var user = await cluster.NewHumanAsync();
        using var browser = await SignInAsync(user);
        var old = Assert.Single(await SignedInAsync(browser));

        await SignInOverAsync(browser, user);

        Assert.NotEqual(old, Assert.Single(await SignedInAsync(browser)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser));
    }

    [Fact]
    public async Task Who_cannot_sign_in_leaves_the_one_who_is_signed_in_alone()
    {
        var user = await cluster.NewHumanAsync();
        using var browser = await SignInAsync(user);

        using var refused = await SampleApp.LogInAsync(browser, $"{user}@example.com", "wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser));
    }

    [Fact]
    public async Task A_ticket_that_slides_stays_in_its_session()
    {
        var user = await cluster.NewHumanAsync();
        using var browser = await SignInAsync(user);
        var session = Assert.Single(await SignedInAsync(browser));
        var ends = (await cluster.Sessions.GetAsync(session))!.ExpirationDate;

        using var reply = await browser.PostAsync("/renew", null);

        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
        Assert.Equal([session], await SignedInAsync(browser));
        Assert.True((await cluster.Sessions.GetAsync(session))!.ExpirationDate > ends);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        var user = await cluster.NewHumanAsync();
        using var browser = await SignInAsync(user);
        var ticket = Assert.Single(await SignedInAsync(browser));

        using var reply = await browser.PostAsync("/logout", null);

        Assert.True(reply.IsSuccessStatusCode);
        Assert.Null(await cluster.Sessions.GetAsync(ticket));
    }

    [Fact]
    public async Task The_ticket_is_not_readable_in_the_session()
    {
        var user = await cluster.NewHumanAsync();
        using var browser = await SignInAsync(user);
        var session = (await cluster.Sessions.GetAsync(Assert.Single(await SignedInAsync(browser))))!;

        var stored = System.Text.Encoding.Latin1.GetString([.. session.Metadata["aspnetcore.ticket"]]);

        Assert.DoesNotContain("Minnie", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(user, stored, StringComparison.Ordinal);
    }

    private async Task<HttpClient> SignInAsync(string user)
    {
        var (browser, reply) = await app.LogInAsync($"{user}@example.com", TwoSilos.Password);
        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
        return browser;
    }

    private static async Task SignInOverAsync(HttpClient browser, string user)
    {
        using var reply = await SampleApp.LogInAsync(browser, $"{user}@example.com", TwoSilos.Password);
        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
    }

    private ValueTask<List<SessionView>> SessionsOfAsync(string user) =>
        cluster
            .Sessions.ListAsync([new SessionFilter.User(user)], TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser)
    {
        using var reply = await browser.GetAsync("/me");
        return reply.StatusCode;
    }

    private static async Task<IReadOnlyList<string>> SignedInAsync(HttpClient browser) =>
        [.. (await browser.GetFromJsonAsync<JsonArray>("/signed-in"))!.Select(entry => entry!["id"]!.GetValue<string>())];
}
